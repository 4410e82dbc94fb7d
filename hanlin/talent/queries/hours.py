"""Cadres against their hours, person by person, in SQL. The roll-ups are sums of exactly these rows."""

from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DecimalField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from courses.enums import Account
from courses.models import HourEntry
from hanlin.kernel.queries.policy import policy
from hanlin.people.enums import PersonStatus
from hanlin.people.models import Post

TIER = Coalesce("level__training_tier", "grade__training_tier", Value(""))
LONG = 5  # years over which tier A is reckoned in class (条例 article 14)
WHOLE: DecimalField[Any, Any] = DecimalField(max_digits=10, decimal_places=2)


def cadres(on: date) -> QuerySet[Post]:
    """Main posts of a training tier, of people in service, on a day."""
    posts = Post.objects.current(on).filter(is_main=True, person__status=PersonStatus.ACTIVE)
    return posts.annotate(tier=TIER).filter(tier__in=["A", "B"])


def _total(account: str, since: int, until: int) -> Coalesce:
    rows = HourEntry.objects.filter(person=OuterRef("person"), account=account, year__gte=since, year__lte=until)
    sums = rows.order_by().values("person").annotate(total=Sum("hours")).values("total")
    return Coalesce(Subquery(sums, output_field=WHOLE), Value(0, output_field=WHOLE))


def with_hours(posts: QuerySet[Post], on: date) -> QuerySet[Post]:
    """Annotate `online`, `in_class`, what is asked of each (`online_due`, `class_due`) and `met`."""
    online = policy("courses.hours.online_yearly", on=on)
    long_class = policy("courses.hours.offline_five_years_a", on=on)
    year_class = policy("courses.hours.offline_yearly_b", on=on)
    posts = posts.annotate(
        online=_total(Account.ONLINE, on.year, on.year),
        in_class=Case(
            When(tier="A", then=_total(Account.OFFLINE, on.year - LONG + 1, on.year)),
            default=_total(Account.OFFLINE, on.year, on.year),
            output_field=WHOLE,
        ),
        online_due=Value(online, output_field=WHOLE),
        class_due=Case(When(tier="A", then=Value(long_class)), default=Value(year_class), output_field=WHOLE),
    )
    both = Q(online__gte=F("online_due")) & Q(in_class__gte=F("class_due"))
    return posts.annotate(met=ExpressionWrapper(both, output_field=BooleanField()))
