"""The page of one review, and what its secretary and owner do there."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from hanlin.kernel.models import OfficialDocument
from projects.domain import assessments, reviews
from projects.enums import ENDED, LIVE_SEATS, FindingState, OpinionState, SeatState
from projects.models import ExpertReview, PanelOpinion, PanelSeat
from projects.queries import board, opinions
from projects.queries.dossier import demands
from projects.queries.review import panel_of, steps
from projects.views.base import attempt, kept_review, need, review_of

_READY = (SeatState.ACCEPTED, SeatState.DECLARED)


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a review stands, what is next, who sits on it (for those who may know)."""
    return page(request, review_of(request, pk))


def page(request: HttpRequest, review: ExpertReview, *, error: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page, with what was refused on top of it."""
    if error is not None:
        review.refresh_from_db()
    keeps = request.user.has_perm("projects.keep_review", review)
    rows = demands(review.project, review.stage)
    panel = panel_of(review)
    sees_panel = request.user.has_perm("projects.see_panel", review)
    seats = (
        list(panel.seats.select_related("expert__person", "expert__title", "replaced_by__expert__person").order_by("pk"))
        if panel
        else []
    )
    opinion = PanelOpinion.objects.filter(round__review=review).order_by("-round__number").first()
    found = list(review.findings.order_by("number"))
    signing = opinions.signing(opinion) if opinion and keeps and opinion.state == OpinionState.CIRCULATING else None
    context: dict[str, Any] = {
        "review": review,
        "project": review.project,
        "keeps": keeps,
        "owns": request.user.has_perm("projects.answer_review", review),
        "error": error,
        "demands": rows,
        "missing": [row for row in rows if row.required and not row.met],
        "panel": panel,
        "seats": seats if sees_panel else [],
        "sees_panel": sees_panel,
        "card": board.cards([review])[0] if review.state not in ENDED else None,
        "meeting": panel and panel.round.meetings.standing().select_related("room").first(),
        "opinion": opinion if keeps or (opinion and opinion.state == OpinionState.ISSUED) else None,
        "signing": signing,
        "may_issue": bool(signing and opinion and (not signing.waiting or (opinion.sign_by and timezone.now() > opinion.sign_by))),
        "paper": OfficialDocument.objects.filter(pk=opinion.paper_id).first() if opinion and opinion.paper_id else None,
        "findings": found,
        "findings_closed": sum(row.state == FindingState.CLOSED for row in found),
        "steps": steps(review),
        "ready": bool(seats)
        and panel is not None
        and panel.convened_at is not None
        and all(s.state in _READY for s in seats if s.state in LIVE_SEATS),
        "cancellable": [state for state, after in ExpertReview.NEXT.items() if "cancelled" in after],
        "is_overdue": bool(review.due_on and review.due_on < timezone.localdate()),
    }
    return render(request, "projects/review.html", context, status=status)


@login_required
@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    review = kept_review(request, pk)
    return _do(request, review, lambda: reviews.accept(review, actor=request.user))


@login_required
@require_POST
def send_back(request: HttpRequest, pk: int) -> HttpResponse:
    review = kept_review(request, pk)
    return _do(request, review, lambda: reviews.send_back(review, request.POST.get("reason", ""), actor=request.user))


@login_required
@require_POST
def hand_in_again(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_of(request, pk)
    need(request, "answer_review", review)
    return _do(request, review, lambda: reviews.hand_in_again(review, actor=request.user))


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    review = kept_review(request, pk)
    return _do(request, review, lambda: reviews.cancel(review, request.POST.get("reason", ""), actor=request.user))


@login_required
@require_POST
def absent(request: HttpRequest, pk: int, seat: int) -> HttpResponse:
    """Go on without a member whose assessment has not come."""
    review = kept_review(request, pk)
    row = get_object_or_404(PanelSeat, pk=seat, panel__round__review=review)
    return _do(request, review, lambda: assessments.mark_absent(row, request.POST.get("reason", ""), actor=request.user))


def _do(request: HttpRequest, review: ExpertReview, act: Any) -> HttpResponse:
    return attempt(request, act, lambda r, **more: page(r, review, **more), "review", review.pk)
