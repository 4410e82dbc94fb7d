"""Which rule turns minutes into hours: by form, day and region, and why."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Q

from courses.enums import HourForm, LessonKind
from courses.models import HourRule
from hanlin.people.models import Person, Post

FORM_OF = {
    LessonKind.VIDEO: HourForm.ONLINE_VIDEO,
    LessonKind.ARTICLE: HourForm.ONLINE_ARTICLE,
    LessonKind.QUIZ: HourForm.TEST_PASSED,
}


def minutes_of(milliseconds: int) -> Decimal:
    """Minutes with two decimals."""
    return (Decimal(milliseconds) / 60000).quantize(Decimal("0.01"), ROUND_HALF_UP)


def region_of(person: Person) -> str:
    """The code of the region where a person's main post is today; empty where there is none."""
    codes = Post.objects.current().filter(person=person, is_main=True).values_list("organisation__region__code", flat=True)
    return codes.order_by("-started_on").first() or ""


def rules_in_force(*, on: date, region: str = "") -> list[HourRule]:
    """All rules in force on a day for a region and everywhere; the nearest region first, then the highest band."""
    regions = {"", region, region[:4] + "00", region[:2] + "0000"} if region else {""}
    rows = HourRule.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), region__in=regions, valid_from__lte=on)
    order = [region, region[:4] + "00", region[:2] + "0000", ""]
    return sorted(rows, key=lambda rule: (order.index(rule.region), -rule.over_minutes, -rule.valid_from.toordinal()))


def rule_for(form: str, minutes: Decimal, rules: Iterable[HourRule]) -> HourRule | None:
    """The first rule of `rules` (as `rules_in_force` orders them) whose form and band fit; None where nothing is given.

    A region that has rules for a form of its own does not fall back on the nation's for that form.
    """
    same = [rule for rule in rules if rule.form == form]
    for rule in same:
        if rule.region != same[0].region:
            return None
        above = minutes > rule.over_minutes or (rule.inclusive and minutes == rule.over_minutes)
        if above and (rule.to_minutes is None or minutes <= rule.to_minutes):
            return rule
    return None
