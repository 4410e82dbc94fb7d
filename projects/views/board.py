"""The board of reviews and its list."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from hanlin.kernel.errors import Refused
from hanlin.people.enums import Role
from hanlin.people.queries.scope import has_role
from projects.domain import reviews
from projects.enums import ReviewKind, ReviewState, Stage
from projects.forms import ReviewForm
from projects.models import ExpertReview, ReviewMeeting
from projects.queries import board as queries
from projects.views.base import need

LARGE = Decimal(1000)
PAGE = 20


def _asked(request: HttpRequest) -> dict[str, Any]:
    stage = request.GET.get("stage", "")
    return {
        "who": request.GET.get("who", ""),
        "stage": stage if stage in Stage.values else "",
        "large": request.GET.get("large") == "1",
        "q": request.GET.get("q", "").strip(),
    }


def _rows(request: HttpRequest, asked: dict[str, Any]) -> Any:
    least = LARGE if asked["large"] else None
    experts = has_role(request.user, Role.SECRETARY)
    rows = ExpertReview.objects.visible_to(request.user)
    return queries.filtered(rows, words=asked["q"], stage=asked["stage"], least=least, experts=experts)


def _chosen(cards: list[queries.Card], who: str, person: Any) -> list[queries.Card]:
    tests = {
        "mine": lambda card: card.review.secretary_id == person.pk,
        "late": lambda card: card.is_late,
        "blocked": lambda card: bool(card.blockers),
    }
    return [card for card in cards if tests[who](card)] if who in tests else cards


@login_required
def board(request: HttpRequest) -> HttpResponse:
    """Running reviews by step. The project owner sees no names of the panel on the cards."""
    need(request, "see_room")
    asked = _asked(request)
    cards = queries.cards(list(queries.reviews_for_board(_rows(request, asked))))
    if not has_role(request.user, Role.SECRETARY):
        for card in cards:
            card.blockers = [] if card.step != "intake" else card.blockers
    week = timezone.now() + timedelta(days=7)
    sessions = ReviewMeeting.objects.standing().filter(
        round__review__in=[card.review.pk for card in cards], starts_at__gte=timezone.now(), starts_at__lt=week
    )
    counts = {who: len(_chosen(cards, who, request.user)) for who in ("", "mine", "late", "blocked")}
    context = {
        "columns": queries.columns(_chosen(cards, asked["who"], request.user)),
        "count": counts[""],
        "mine": counts["mine"],
        "late": counts["late"],
        "blocked": counts["blocked"],
        "sessions": sessions.count(),
        "asked": asked,
        "stages": Stage.choices,
        "may_open": request.user.has_perm("projects.open_review"),
    }
    return render(request, "projects/board.html", context)


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """The same as a table, closed reviews included, 20 a page."""
    need(request, "see_room")
    asked = _asked(request)
    state = request.GET.get("state", "")
    rows = _rows(request, asked).select_related("project__owner", "definition", "secretary")
    if state in ReviewState.values:
        rows = rows.filter(state=state)
    if asked["who"] == "mine":
        rows = rows.filter(secretary=request.user)
    if asked["who"] == "late":
        rows = rows.running().filter(due_on__lt=timezone.localdate())
    page = Paginator(rows.order_by("-created_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "asked": asked, "stages": Stage.choices, "states": ReviewState.choices, "state": state}
    return render(request, "projects/reviews.html", context)


@login_required
def open_review(request: HttpRequest) -> HttpResponse:
    """A secretary enters a review that came on paper or by order."""
    need(request, "open_review")
    form = ReviewForm(request.POST or None, person=request.user, initial={"project": request.GET.get("project")})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            review = reviews.open_by_secretary(
                data["project"], ReviewKind(data["kind"]), actor=request.user, question=data["question"]
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("projects:review", review.pk)
    return render(request, "projects/review_form.html", {"form": form}, status=422 if form.errors else 200)
