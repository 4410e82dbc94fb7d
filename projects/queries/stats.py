"""Figures for the rooms above: reviews by step, the portfolio's six attributes, how old the open findings are."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Avg, Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast
from django.utils import timezone

from projects.enums import STEP_STATES, AssessmentState, FindingState, Step
from projects.models import ExpertReview, Finding, Rating
from projects.models.review import ExpertReviewQuerySet
from projects.queries.scoring import rounded


@dataclass(frozen=True)
class AttributeFigure:
    """Mean of an attribute over the assessments that were handed in: 1.00 to 5.00, and how many ratings it rests on."""

    code: str
    name: str
    mean: Decimal
    ratings: int
    reviews: int


def reviews_by_step(reviews: ExpertReviewQuerySet) -> dict[str, int]:
    """Running reviews per column of the board, every column named. One query."""
    cases = [When(state__in=[s.value for s in states], then=Value(step)) for step, states in STEP_STATES.items()]
    counted = reviews.running().order_by().values_list(Case(*cases, default=Value(Step.PANEL.value))).annotate(n=Count("pk"))
    found = dict(counted)
    return {step.value: found.get(step.value, 0) for step in Step}


def attribute_profile(reviews: QuerySet[ExpertReview], *, since: date | None = None) -> list[AttributeFigure]:
    """The six attributes of a portfolio, in the order of the rubric, weighted within each attribute. One query."""
    ratings = Rating.objects.filter(
        assessment__state=AssessmentState.SUBMITTED, assessment__seat__panel__round__review__in=reviews.order_by().values("pk")
    )
    if since is not None:
        ratings = ratings.filter(assessment__submitted_at__date__gte=since)
    weight = F("criterion__weight")
    whole: DecimalField[Decimal, Decimal] = DecimalField(max_digits=14, decimal_places=4)
    rows = (
        ratings.values_list("criterion__parent__code", "criterion__parent__name")
        .annotate(
            points=Sum(Cast(F("value"), whole) * weight, output_field=whole),
            weights=Sum(weight, output_field=whole),
            n=Count("pk"),
            reviews=Count("assessment__seat__panel__round__review", distinct=True),
            place=Avg("criterion__parent__order"),
        )
        .order_by("place")
    )
    return [
        AttributeFigure(code, name, rounded(Decimal(points) / Decimal(weights)), n, count)
        for code, name, points, weights, n, count, _place in rows
    ]


def findings_ageing(reviews: QuerySet[ExpertReview], *, on: date | None = None) -> dict[str, int]:
    """Open findings by how far their deadline lies back or ahead. One query."""
    day = on or timezone.localdate()
    open_ones = Finding.objects.filter(review__in=reviews.order_by().values("pk")).exclude(state=FindingState.CLOSED)
    waiting = ~Q(state=FindingState.REPLIED)
    return open_ones.aggregate(
        open=Count("pk"),
        replied=Count("pk", filter=Q(state=FindingState.REPLIED)),
        overdue=Count("pk", filter=waiting & Q(due_on__lt=day)),
        on_time=Count("pk", filter=waiting & (Q(due_on__gte=day) | Q(due_on=None))),
    )
