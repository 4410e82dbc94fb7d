"""Who is behind with an assignment, by body."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from courses.enums import DutyState
from courses.models import Assignment, Duty


@dataclass(frozen=True)
class BodyCompliance:
    organisation: int
    name: str
    people: int
    done: int
    late: int


def by_body(assignment: Assignment, *, on: date) -> list[BodyCompliance]:
    """Bodies with people who were assigned, in tree order; one query."""
    rows = Duty.objects.filter(assignment=assignment).exclude(state=DutyState.EXEMPTED)
    totals = rows.values("organisation", "organisation__name", "organisation__path").annotate(
        people=Count("pk"),
        done=Count("pk", filter=Q(state=DutyState.DONE)),
        late=Count("pk", filter=Q(state=DutyState.OPEN, due_on__lt=on)),
    )
    return [
        BodyCompliance(row["organisation"], row["organisation__name"], row["people"], row["done"], row["late"])
        for row in totals.order_by("organisation__path")
    ]


def behind(assignment: Assignment, organisation: int | None = None) -> QuerySet[Duty]:
    """Duties that are still open, the body's people together; `organisation` narrows to one body."""
    rows = Duty.objects.filter(assignment=assignment, state=DutyState.OPEN).select_related("person", "organisation")
    if organisation is not None:
        rows = rows.filter(organisation=organisation)
    return rows.order_by("organisation__path", "person__pinyin", "pk")


def counted(rows: QuerySet[Assignment], *, on: date) -> QuerySet[Assignment]:
    """Assignments with `people`, `finished` and `late`."""
    return rows.annotate(
        people=Count("duties", filter=~Q(duties__state=DutyState.EXEMPTED)),
        finished=Count("duties", filter=Q(duties__state=DutyState.DONE)),
        late=Count("duties", filter=Q(duties__state=DutyState.OPEN, duties__due_on__lt=on)),
    )
