"""Making the board's roll-ups again from the rows of the rooms below."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from committees.models import ExpertCommittee, Seat
from hanlin.kernel.domain.audit import Actor, log
from hanlin.talent.enums import IndicatorCode, StageCode
from hanlin.talent.models import Indicator, IndicatorValue
from hanlin.talent.queries.echelon import above, people_at, posts_at
from hanlin.talent.queries.hours import cadres, with_hours
from hanlin.talent.queries.works import bucket_of, issued_ratings, open_findings, step_of
from projects.enums import ENDED
from projects.models import ExpertReview

Row = tuple[int, str, Decimal | int, Decimal | int]  # organisation, part, value, base


def _hours(on: date) -> Iterator[Row]:
    rows = (
        with_hours(cadres(on), on)
        .values("organisation")
        .annotate(
            people=Count("pk"),
            both=Count("pk", filter=Q(met=True)),
            recorded=Count("pk", filter=Q(online__gt=0) | Q(in_class__gt=0)),
        )
    )
    for row in rows.order_by():
        yield row["organisation"], "met", row["both"], row["people"]
        yield row["organisation"], "recorded", row["recorded"], row["people"]


def _echelon(on: date) -> Iterator[Row]:
    for stage in StageCode:
        before = above(stage)
        came = Q(person__in=people_at(before, on)) if before else Q()
        rows = posts_at(stage, on).values("organisation").annotate(n=Count("person", distinct=True))
        rows = rows.annotate(came=Count("person", distinct=True, filter=came)) if before else rows.annotate(came=F("n"))
        for row in rows.order_by():
            yield row["organisation"], stage.value, row["n"], row["came"]


def _reviews(on: date) -> Iterator[Row]:
    rows = ExpertReview.objects.exclude(state__in=ENDED).order_by().values_list("project__owner", "state").annotate(n=Count("pk"))
    steps: Counter[tuple[int, str]] = Counter()
    for owner, state, n in rows:
        steps[owner, step_of(state)] += n
    for (owner, step), n in steps.items():
        yield owner, step, n, 0


def _attributes(on: date) -> Iterator[Row]:
    owner = "assessment__seat__panel__round__review__project__owner"
    rows = issued_ratings().order_by().values_list(owner, "criterion__parent__code")
    yield from rows.annotate(points=Sum(F("value") * F("criterion__weight")), weights=Sum("criterion__weight"))


def _findings(on: date) -> Iterator[Row]:
    counted: Counter[tuple[int, str]] = Counter()
    for owner, state, due_on in open_findings().values_list("review__project__owner", "state", "due_on").order_by():
        counted[owner, bucket_of(state, due_on, on)] += 1
    for (owner, bucket), n in counted.items():
        yield owner, bucket, n, 0


def _committees(on: date) -> Iterator[Row]:
    filled = dict(
        Seat.objects.believed().held_on(on).filter(votes=True).order_by().values_list("term__committee").annotate(n=Count("pk"))
    )
    for committee, organisation, planned in ExpertCommittee.objects.values_list("pk", "organisation", "seats_planned").order_by():
        yield organisation, "filled", filled.get(committee, 0), planned


MAKERS: dict[str, Callable[[date], Iterator[Row]]] = {
    IndicatorCode.HOURS: _hours,
    IndicatorCode.ECHELON: _echelon,
    IndicatorCode.REVIEWS: _reviews,
    IndicatorCode.ATTRIBUTES: _attributes,
    IndicatorCode.FINDINGS: _findings,
    IndicatorCode.COMMITTEES: _committees,
}


@transaction.atomic
def refresh(code: str, *, on: date, actor: Actor | None) -> int:
    """Make one figure's roll-up again; returns how many rows it has. Safe to run at any time."""
    indicator = Indicator.objects.select_for_update().get(code=code)
    rows = [
        IndicatorValue(indicator=indicator, organisation_id=body, part=part, value=value, base=base)
        for body, part, value, base in MAKERS[code](on)
    ]
    indicator.values.all().delete()
    IndicatorValue.objects.bulk_create(rows, batch_size=500)
    indicator.refreshed_at = timezone.now()
    indicator.save(update_fields=["refreshed_at"])
    log(indicator, "talent.indicator.refresh", actor=actor, after={"code": code, "rows": len(rows)})
    return len(rows)


def refresh_all(*, on: date, actor: Actor | None) -> int:
    """Every figure, each in a transaction of its own."""
    return sum(refresh(code, on=on, actor=actor) for code in MAKERS)
