"""An expert's side: seats, invitation, declaration, review room."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from projects.domain import declarations, invitations
from projects.enums import AssessmentState, OpinionState, SeatState
from projects.models import Assessment, PanelOpinion, PanelSeat
from projects.queries.dossier import changed_since_read, documents_of
from projects.queries.merge import submitted
from projects.views.base import attempt, need, seat_of

PAGE = 20
OPENED = (SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED)


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """My seats, those that wait for me first."""
    rows = PanelSeat.objects.of(request.user).select_related(
        "panel__round__review__project", "panel__round__review__definition", "invitation"
    )
    page = Paginator(rows.order_by("panel__round__review__closed_at", "-proposed_at", "-pk"), PAGE)
    return render(request, "projects/seats.html", {"page": page.get_page(request.GET.get("page"))})


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The review room: what is asked of me now, papers once I have declared, others' views once mine is in."""
    return page(request, seat_of(request, pk))


def page(request: HttpRequest, seat: PanelSeat, *, error: Refused | None = None, status: int = 200) -> HttpResponse:
    """The room, with what was refused on top of it."""
    if error is not None:
        seat.refresh_from_db()
    review = seat.panel.round.review
    opened = seat.state in OPENED
    documents = documents_of(review.project, review.stage) if opened else []
    opinion = PanelOpinion.objects.filter(round=seat.panel.round_id).first()
    context: dict[str, Any] = {
        "seat": seat,
        "review": review,
        "project": review.project,
        "meeting": seat.panel.round.meetings.standing().select_related("room").first(),
        "invitation": getattr(seat, "invitation", None),
        "opened": opened,
        "documents": documents,
        "changed": changed_since_read(documents, request.user) if documents else set(),
        "statement": declarations.statement(),
        "assessment": Assessment.objects.filter(seat=seat).first(),
        "others": others(seat),
        "opinion": opinion if opinion and opinion.state != OpinionState.DRAFT and opened else None,
        "error": error,
        "now": timezone.now(),
    }
    return render(request, "projects/seat.html", context, status=status)


def others(seat: PanelSeat) -> list[Assessment]:
    """Other members' views: only once mine is in, so that nobody writes after another."""
    mine = Assessment.objects.filter(seat=seat, state=AssessmentState.SUBMITTED).exists()
    return [paper for paper in submitted(seat.panel.round) if paper.seat_id != seat.pk] if mine else []


@login_required
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline on the site."""
    seat = seat_of(request, pk)
    will_come, reason = request.POST.get("answer") == "yes", request.POST.get("reason", "")

    def act() -> None:
        invitations.answer(seat, will_come=will_come, reason=reason, actor=request.user)

    return attempt(request, act, lambda r, **more: page(r, seat, **more), "seat", pk)


def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline through the signed link of the letter, without log-in. Shows nothing of the papers."""
    invitation = invitations.by_token(token)
    if invitation is None:
        raise Http404
    seat, error, status = invitation.seat, None, 200
    if request.method == "POST":
        try:
            invitations.answer(
                seat, will_come=request.POST.get("answer") == "yes", reason=request.POST.get("reason", ""), actor=seat.expert.person
            )
        except Refused as refused:
            error, status = refused, 409
        else:
            return redirect("projects:invitation", token)
    over = timezone.now() > invitation.expires_at
    context = {"seat": seat, "review": seat.panel.round.review, "invitation": invitation, "error": error, "is_over": over}
    # the site's own policy (same-origin) keeps the token from other sites; a stricter one would send "Origin: null" and
    # have the answer refused as forged
    return render(request, "projects/invitation.html", context, status=status)


@login_required
@require_POST
def declare(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare no conflict, or which."""
    seat = seat_of(request, pk)
    need(request, "sit", seat)
    answer_, text = request.POST.get("conflict", ""), request.POST.get("text", "")

    def act() -> None:
        if answer_ not in ("no", "yes"):
            raise Refused(_("Choose whether there is a conflict."))
        if answer_ == "no" and not request.POST.get("agreed"):
            raise Refused(_("Tick that you have read the discipline and keep it."))
        declarations.declare(seat, has_conflict=answer_ == "yes", text=text, actor=request.user)

    return attempt(request, act, lambda r, **more: page(r, seat, **more), "seat", pk)
