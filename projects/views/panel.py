"""Composing a panel: candidates with what speaks for and against them, draw, leader, convening, replacing."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from committees.enums import FieldFamily
from committees.models import Expert
from committees.queries.pool import in_family
from hanlin.kernel.errors import Refused
from projects.domain import declarations, panels
from projects.enums import LIVE_SEATS, ReviewState
from projects.forms import DrawForm
from projects.models import ExpertReview, PanelSeat
from projects.queries import candidates, preset
from projects.queries.review import panel_of
from projects.views.base import attempt, kept_review

PAGE = 20


@login_required
def compose(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel as it stands, what it lacks, and the pool beside it."""
    return page(request, kept_review(request, pk))


def page(request: HttpRequest, review: ExpertReview, *, error: Refused | None = None, status: int = 200) -> HttpResponse:
    """The page, with what was refused on top of it."""
    if error is not None:
        review.refresh_from_db()
    panel = panel_of(review)
    seats = list(_seats(panel.pk)) if panel else []
    unmet = preset.check(panel, review) if panel else []
    family = request.GET.get("family", "")
    pool = candidates.pool_of(review)
    if family in FieldFamily.values:
        pool = in_family(pool, family)
    judged = candidates.judge(review, list(pool))
    context: dict[str, Any] = {
        "review": review,
        "project": review.project,
        "panel": panel,
        "seats": seats,
        "live": [seat for seat in seats if seat.state in LIVE_SEATS],
        "empty": [seat for seat in seats if seat.state not in LIVE_SEATS and not seat.replaced_by_id],
        "needs_convening": any(seat.state == "proposed" for seat in seats),
        "unmet": [row for row in unmet if not row.is_hint],
        "hints": [row for row in unmet if row.is_hint],
        "may_override": bool(unmet) and all(row.may_override for row in unmet if not row.is_hint),
        "page": Paginator(judged, PAGE).get_page(request.GET.get("page")),
        "blocked": sum(candidate.is_blocked for candidate in judged),
        "free": sum(not candidate.is_blocked for candidate in judged),
        "families": FieldFamily.choices,
        "family": family,
        "family_names": dict(FieldFamily.choices),
        "replacing": _replacing(request, seats),
        "draw_form": DrawForm(),
        "error": error,
        "is_open": review.state in (ReviewState.ACCEPTED, ReviewState.COMPOSING, ReviewState.SCHEDULED, ReviewState.ASSESSING),
    }
    return render(request, "projects/panel.html", context, status=status)


def _seats(panel: int) -> Any:
    rows = PanelSeat.objects.filter(panel=panel).select_related(
        "expert__person", "expert__title", "invitation", "replaced_by__expert__person"
    )
    return rows.order_by("-is_leader", "pk")


def _replacing(request: HttpRequest, seats: list[PanelSeat]) -> PanelSeat | None:
    wanted = request.GET.get("replace", "")
    return next((seat for seat in seats if str(seat.pk) == wanted), None)


@login_required
@require_POST
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an expert on the panel, or into the chair that `replaces` names."""
    review = kept_review(request, pk)
    expert = _expert(request, review)
    reason = request.POST.get("reason", "")
    chair = request.POST.get("replaces", "")
    if chair.isdigit():
        seat = get_object_or_404(PanelSeat.objects.select_related("panel__round__review"), pk=chair, panel__round__review=review)
        return _do(request, review, lambda: panels.replace(seat, expert, reason, actor=request.user))
    return _do(request, review, lambda: panels.propose(review, expert, reason, actor=request.user))


def _expert(request: HttpRequest, review: ExpertReview) -> Expert:
    wanted = request.POST.get("expert", "")
    rows = Expert.objects.select_related("person").filter(committee__organisation=review.committee_id)
    return get_object_or_404(rows, pk=wanted if wanted.isdigit() else None)


@login_required
@require_POST
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    review = kept_review(request, pk)
    family = request.POST.get("family", "")
    family = family if family in FieldFamily.values else ""
    return _do(request, review, lambda: panels.draw(review, family, actor=request.user))


@login_required
@require_POST
def seat_action(request: HttpRequest, pk: int, seat: int, act: str) -> HttpResponse:
    """Take out, make leader, or recuse a seat."""
    review = kept_review(request, pk)
    row = get_object_or_404(
        PanelSeat.objects.select_related("expert__person", "panel__round__review"), pk=seat, panel__round__review=review
    )
    acts = {
        "remove": lambda: panels.take_out(row, actor=request.user),
        "leader": lambda: panels.set_leader(row, actor=request.user),
        "recuse": lambda: declarations.recuse(row, request.POST.get("reason", ""), actor=request.user),
    }
    return _do(request, review, acts[act])


@login_required
@require_POST
def convene(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the panel and send the invitations."""
    review = kept_review(request, pk)
    get_object_or_404(review.rounds, closed_at=None, panel__isnull=False)
    reason = request.POST.get("override_reason", "")
    return _do(request, review, lambda: panels.convene(review, actor=request.user, override_reason=reason))


def _do(request: HttpRequest, review: ExpertReview, act: Any) -> HttpResponse:
    return attempt(request, act, lambda r, **more: page(r, review, **more), "panel", review.pk)
