"""The board of reviews: columns by step, a card per review. A constant number of queries whatever the number of cards."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from hanlin.kernel.queries.policy import policy
from projects.enums import (
    STEP_STATES,
    ConsentKind,
    FindingState,
    OpinionState,
    ReviewState,
    SeatState,
    Step,
)  # fmt: skip
from projects.models import ExpertReview, Finding, PanelOpinion, PanelSeat, ReviewMeeting
from projects.models.review import ExpertReviewQuerySet
from projects.queries.dossier import missing_of

SAID_YES = {SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED}
AWAY = {SeatState.RECUSED, SeatState.DECLINED, SeatState.ABSENT}
HANDED_IN = {SeatState.ASSESSED, SeatState.SIGNED}


@dataclass
class Card:
    """One review on the board. `dots`: c confirmed, i invited, x withdrawn, e empty."""

    review: ExpertReview
    step: str
    dots: str = ""
    seats: str = ""
    done: int = 0
    total: int = 0
    progress: str = ""
    due_label: str = ""
    due_on: date | None = None
    at: datetime | None = None
    blockers: list[str] = field(default_factory=list)
    is_late: bool = False


@dataclass(frozen=True)
class Column:
    step: Step
    rule: str
    cards: list[Card]


@dataclass
class Facts:
    """What the cards are made of, fetched for all reviews at once."""

    seats: dict[int, list[PanelSeat]]
    sizes: dict[int, int]
    meetings: dict[int, ReviewMeeting]
    opinions: dict[int, PanelOpinion]
    findings: dict[int, tuple[int, int]]
    missing: dict[int, list[Any]]


def reviews_for_board(reviews: ExpertReviewQuerySet) -> QuerySet[ExpertReview]:
    return reviews.running().select_related("project", "definition", "secretary").order_by("due_on", "pk")


def cards(reviews: Sequence[ExpertReview]) -> list[Card]:
    facts = _facts(reviews)
    steps = {state: Step(step) for step, states in STEP_STATES.items() for state in states}
    return [_card(review, steps[ReviewState(review.state)], facts) for review in reviews]


def columns(made: Iterable[Card]) -> list[Column]:
    """The five columns with their rule in words; cards keep their order."""
    by_step: dict[str, list[Card]] = defaultdict(list)
    for card in made:
        by_step[card.step].append(card)
    rules = _rules()
    return [Column(step, rules[step], by_step[step]) for step in Step]


def _rules() -> dict[Step, str]:
    days = int(policy("review.days.accept"))
    return {
        Step.INTAKE: ngettext("within %(days)d working day of receipt", "within %(days)d working days of receipt", days)
        % {"days": days},
        Step.PANEL: _("odd, at least %(size)d experts") % {"size": int(policy("review.panel.size"))},
        Step.ASSESSMENT: _("everybody judges alone"),
        Step.OPINION: _("two thirds present, two thirds agree"),
        Step.ISSUE: _("must-change items struck off one by one"),
    }


def _facts(reviews: Sequence[ExpertReview]) -> Facts:
    ids = [review.pk for review in reviews]
    seats: dict[int, list[PanelSeat]] = defaultdict(list)
    sizes: dict[int, int] = {}
    found = PanelSeat.objects.filter(panel__round__review__in=ids).select_related("expert__person", "panel__round")
    for seat in found.order_by("pk"):
        seats[seat.panel.round.review_id].append(seat)
        sizes[seat.panel.round.review_id] = seat.panel.size
    meetings = ReviewMeeting.objects.standing().filter(round__review__in=ids).select_related("room", "round")
    opinions = PanelOpinion.objects.filter(round__review__in=ids).select_related("round")
    opinions = opinions.annotate(signed=Count("consents", filter=~Q(consents__kind=ConsentKind.SILENT)))
    counted = Finding.objects.filter(review__in=ids).values_list("review")
    rows: Any = counted.annotate(done=Count("pk", filter=Q(state=FindingState.CLOSED)), total=Count("pk"))
    return Facts(
        seats=seats,
        sizes=sizes,
        meetings={meeting.round.review_id: meeting for meeting in meetings},
        opinions={opinion.round.review_id: opinion for opinion in opinions},
        findings={review: (done, total) for review, done, total in rows},
        missing=missing_of([r.project_id for r in reviews], {r.project_id: r.stage for r in reviews}),
    )


def _card(review: ExpertReview, step: Step, facts: Facts) -> Card:
    card = Card(review, step, due_on=review.due_on)
    _BY_STEP[step](card, facts)
    card.is_late = bool(card.due_on and card.due_on < timezone.localdate())
    return card


def _intake(card: Card, facts: Facts) -> None:
    returned = card.review.state == ReviewState.RETURNED
    card.due_label = _("Completion due") if returned else _("Acceptance due")
    lacking = facts.missing[card.review.project_id]
    if lacking:
        card.blockers.append(_("Missing: %(papers)s") % {"papers": _(", ").join(str(kind.label) for kind in lacking)})
    elif returned and card.review.return_reason:
        card.blockers.append(card.review.return_reason)


def _panel(card: Card, facts: Facts) -> None:
    card.due_label = _("Panel due")
    seats = facts.seats.get(card.review.pk, [])
    _draw_seats(card, seats, facts.sizes.get(card.review.pk, 0))
    words = _("%(name)s has withdrawn; the chair is empty")
    card.blockers += [words % {"name": s.expert.person.name} for s in seats if s.state in AWAY and s.replaced_by_id is None]


def _draw_seats(card: Card, seats: list[PanelSeat], size: int) -> None:
    yes = sum(seat.state in SAID_YES for seat in seats)
    asked = sum(seat.state in (SeatState.INVITED, SeatState.PROPOSED) for seat in seats)
    away = sum(seat.state in AWAY for seat in seats)
    empty = max(0, size - yes - asked)
    card.dots = "c" * yes + "i" * asked + "x" * away + "e" * empty
    if not seats:
        card.seats = _("nobody chosen yet")
    elif yes and not asked and not empty:
        card.seats = ngettext("%(count)d confirmed, nobody missing", "all %(count)d confirmed", yes) % {"count": yes}
    else:
        parts = (
            (yes, _("%(n)d confirmed")), (asked, _("%(n)d to answer")), (away, _("%(n)d withdrawn")), (empty, _("%(n)d empty")),
        )  # fmt: skip
        card.seats = pgettext("clause", ", ").join(words % {"n": count} for count, words in parts if count)


def _assessment(card: Card, facts: Facts) -> None:
    seats = facts.seats.get(card.review.pk, [])
    _draw_seats(card, seats, facts.sizes.get(card.review.pk, 0))
    live = [seat for seat in seats if seat.state in SAID_YES]
    if card.review.state == ReviewState.SCHEDULED:
        waiting = [seat.expert.person.name for seat in live if seat.state == SeatState.ACCEPTED]
        card.due_label, card.at = _("Session"), _start(facts, card)
        if waiting:
            card.blockers.append(_("To declare: %(names)s") % {"names": _(", ").join(waiting)})
        return
    card.done, card.total = sum(seat.state in HANDED_IN for seat in live), len(live)
    card.progress = _("%(done)d of %(total)d handed in") % {"done": card.done, "total": card.total}
    card.due_label = _("Own opinions")


def _start(facts: Facts, card: Card) -> datetime | None:
    meeting = facts.meetings.get(card.review.pk)
    return meeting.starts_at if meeting else None


def _opinion(card: Card, facts: Facts) -> None:
    seats = [seat for seat in facts.seats.get(card.review.pk, []) if seat.state in HANDED_IN]
    _draw_seats(card, seats, len(seats))
    meeting, opinion = facts.meetings.get(card.review.pk), facts.opinions.get(card.review.pk)
    if card.review.state == ReviewState.MEETING:
        ahead = meeting is not None and meeting.starts_at > timezone.now()
        card.due_label, card.at = (_session_words(meeting), meeting.starts_at) if meeting and ahead else (_("Merge due"), None)
    elif card.review.state == ReviewState.DRAFTING:
        card.due_label = _("Draft due")
    elif opinion is not None:
        card.done, card.total = opinion.signed, len(seats)  # type: ignore[attr-defined]
        card.progress = _("%(done)d of %(total)d signed") % {"done": card.done, "total": card.total}
        card.due_label = _("Signing")
        waiting = [seat.expert.person.name for seat in seats if seat.state == SeatState.ASSESSED]
        if waiting and opinion.state == OpinionState.CIRCULATING and len(waiting) <= 3:
            card.blockers.append(_("Waiting for the signature of %(names)s") % {"names": _(", ").join(waiting)})


def _session_words(meeting: ReviewMeeting) -> str:
    return _("Session, %(room)s") % {"room": meeting.room.name} if meeting.room else _("Session, online")


def _issue(card: Card, facts: Facts) -> None:
    card.done, card.total = facts.findings.get(card.review.pk, (0, 0))
    if card.total:
        card.progress = _("%(done)d of %(total)d struck off") % {"done": card.done, "total": card.total}
    card.due_label = _("Answers due")


_BY_STEP = {
    Step.INTAKE: _intake, Step.PANEL: _panel, Step.ASSESSMENT: _assessment, Step.OPINION: _opinion, Step.ISSUE: _issue,
}  # fmt: skip


def filtered(
    reviews: QuerySet[ExpertReview], *, words: str = "", stage: str = "", least: Decimal | None = None, experts: bool = False
) -> QuerySet[ExpertReview]:
    """Reviews of a stage, from a budget on, whose project (or, for secretaries, expert) bears the words."""
    if stage:
        reviews = reviews.filter(stage=stage)
    if least is not None:
        reviews = reviews.filter(project__budget__gte=least)
    if words:
        named = Q(project__name__icontains=words) | Q(number__icontains=words)
        if experts:
            seats = PanelSeat.objects.filter(expert__person__name__icontains=words)
            named |= Q(pk__in=seats.values("panel__round__review"))
        reviews = reviews.filter(named)
    return reviews
