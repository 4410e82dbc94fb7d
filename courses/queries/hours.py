"""Hours against requirements: of one person, and of bodies. Everything is summed by the database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from courses.enums import Account
from courses.models import HourEntry
from hanlin.kernel.queries.policy import policy
from hanlin.people.enums import PersonStatus
from hanlin.people.models import Person, Post

ZERO = Value(Decimal(0), output_field=DecimalField(max_digits=10, decimal_places=2))
TIER = Coalesce("level__training_tier", "grade__training_tier", Value(""))
FIVE_YEARS = 5


@dataclass(frozen=True)
class Requirement:
    """What a post asks of its holder: online every year; in class every year (tier B) or in five years (tier A)."""

    tier: str
    online: Decimal
    offline: Decimal
    offline_years: int


@dataclass(frozen=True)
class Standing:
    """A person's hours against the requirement on a day; `pace` is the share of the year that is over."""

    requirement: Requirement | None
    online: Decimal
    offline: Decimal
    year: int
    pace: float

    @property
    def online_missing(self) -> Decimal:
        return max(Decimal(0), self.requirement.online - self.online) if self.requirement else Decimal(0)

    @property
    def offline_missing(self) -> Decimal:
        return max(Decimal(0), self.requirement.offline - self.offline) if self.requirement else Decimal(0)


@dataclass(frozen=True)
class BodyHours:
    """One body's year: how many cadres it has, their hours, and how many meet which requirement."""

    organisation: int
    name: str
    path: str
    region: str
    people: int
    online: Decimal
    offline: Decimal
    online_met: int
    offline_met: int
    met: int


def requirement_of_tier(tier: str, *, on: date, region: str = "") -> Requirement | None:
    """The dated policy for a training tier; None for people without one."""
    if tier not in ("A", "B"):
        return None
    online = policy("courses.hours.online_yearly", on=on, region=region)
    if tier == "A":
        return Requirement("A", online, policy("courses.hours.offline_five_years_a", on=on, region=region), FIVE_YEARS)
    return Requirement("B", online, policy("courses.hours.offline_yearly_b", on=on, region=region), 1)


def required_hours(person: Person, *, on: date) -> Requirement | None:
    """What the person's main post on a day asks for; None where the post belongs to no tier."""
    posts = Post.objects.current(on).filter(person=person, is_main=True).annotate(tier=TIER)
    found = posts.values_list("tier", "organisation__region__code").order_by("-started_on").first()
    return requirement_of_tier(found[0], on=on, region=found[1]) if found else None


def standing(person: Person, *, on: date) -> Standing:
    """The two rings of a person: five queries at most."""
    requirement = required_hours(person, on=on)
    since = on.year - (requirement.offline_years - 1 if requirement else 0)
    sums = HourEntry.objects.filter(person=person, year__gte=since, year__lte=on.year).aggregate(
        online=Coalesce(Sum("hours", filter=Q(account=Account.ONLINE, year=on.year)), ZERO),
        offline=Coalesce(Sum("hours", filter=Q(account=Account.OFFLINE)), ZERO),
    )
    begin = date(on.year, 1, 1)
    pace = ((on - begin).days + 1) / ((date(on.year + 1, 1, 1) - begin).days)
    return Standing(requirement, sums["online"], sums["offline"], on.year, pace)


def _sum_of(account: Account, since: int, until: int) -> Coalesce:
    rows = HourEntry.objects.filter(person=OuterRef("person"), account=account, year__gte=since, year__lte=until)
    totals = rows.order_by().values("person").annotate(total=Sum("hours")).values("total")
    return Coalesce(Subquery(totals), ZERO)


def hours_by_organisation(year: int) -> list[BodyHours]:
    """Bodies with cadres of a training tier today, in tree order: four queries, whatever their number.

    The nation's requirement is used for all, so that bodies compare; a year that is over is judged by its last day.
    """
    today = timezone.localdate()
    on = min(today, date(year, 12, 31))
    a, b = requirement_of_tier("A", on=on), requirement_of_tier("B", on=on)
    assert a is not None
    assert b is not None
    posts = (
        Post.objects.current()
        .filter(is_main=True, person__status=PersonStatus.ACTIVE)
        .annotate(
            tier=TIER,
            online=_sum_of(Account.ONLINE, year, year),
            offline_year=_sum_of(Account.OFFLINE, year, year),
            offline_long=_sum_of(Account.OFFLINE, year - FIVE_YEARS + 1, year),
        )
        .filter(tier__in=["A", "B"])
        .annotate(
            online_ok=Case(When(online__gte=a.online, then=1), default=0),
            offline_ok=Case(
                When(tier="A", offline_long__gte=a.offline, then=1), When(tier="B", offline_year__gte=b.offline, then=1), default=0
            ),
        )
    )
    rows = posts.values("organisation", "organisation__name", "organisation__path", "organisation__region__code").annotate(
        people=Count("pk"),
        online_sum=Sum("online"),
        offline_sum=Sum("offline_year"),
        online_met=Sum("online_ok"),
        offline_met=Sum("offline_ok"),
        met=Sum(F("online_ok") * F("offline_ok")),
    )
    return [
        BodyHours(
            row["organisation"],
            row["organisation__name"],
            row["organisation__path"],
            row["organisation__region__code"],
            row["people"],
            row["online_sum"],
            row["offline_sum"],
            row["online_met"],
            row["offline_met"],
            row["met"],
        )
        for row in rows.order_by("organisation__path")
    ]
