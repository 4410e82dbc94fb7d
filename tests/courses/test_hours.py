from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from courses.domain import hours
from courses.models import HourEntry
from courses.queries.conversion import rule_for, rules_in_force
from courses.queries.hours import hours_by_organisation, required_hours, standing
from hanlin.kernel.errors import Refused
from tests.factories.courses import HourEntryFactory, HourRuleFactory
from tests.factories.people import OrganisationFactory, PersonFactory, PostFactory, RankFactory

pytestmark = pytest.mark.django_db


def cadre(code="141", tier="B", **fields):
    rank = RankFactory(code=code, name="乡科级正职" if tier == "B" else "县处级副职", training_tier=tier)
    return PostFactory(level=rank, **fields)


@pytest.mark.parametrize(
    ("minutes", "expected"), [("0.5", "0.25"), ("15", "0.25"), ("15.01", "0.5"), ("29.99", "0.5"), ("30", "1"), ("90", "1")]
)
def test_the_table_of_the_default_region(rules, minutes, expected):
    found = rule_for("online_video", Decimal(minutes), rules_in_force(on=date(2026, 11, 23)))

    assert found.hours == Decimal(expected)


def test_a_regions_own_table_comes_first(rules):
    HourRuleFactory(code="own", region="990000", hours=2, valid_from=date(2026, 1, 1))

    here = rule_for("online_video", Decimal(5), rules_in_force(on=date(2026, 11, 23), region="990121"))
    before = rule_for("online_video", Decimal(5), rules_in_force(on=date(2025, 11, 23), region="990121"))

    assert (here.hours, before.hours) == (2, Decimal("0.25"))


def test_each_tier_has_its_requirement(rules):
    today = timezone.localdate()

    b, a = required_hours(cadre().person, on=today), required_hours(cadre("132", "A").person, on=today)

    assert (b.online, b.offline, b.offline_years) == (50, 90, 1)
    assert (a.online, a.offline, a.offline_years) == (50, 550, 5)
    assert required_hours(PersonFactory(), on=today) is None


def test_the_upper_tier_looks_back_five_years(rules):
    today = timezone.localdate()
    person = cadre("132", "A").person
    for back in (0, 4, 5):
        HourEntryFactory(person=person, account="offline", hours=100, earned_on=date(today.year - back, 1, 5))

    assert standing(person, on=today).offline == 200


def test_a_posting_is_taken_back_by_a_second_one_and_may_be_posted_again(rules):
    entry = HourEntryFactory()
    admin = PersonFactory()

    reversal = hours.reverse(entry, actor=admin, reason="重复登记", on=timezone.localdate())

    assert (reversal.hours, sum(e.hours for e in HourEntry.objects.all())) == (-1, 0)
    assert HourEntryFactory(person=entry.person, source=entry.source).live
    with pytest.raises(Refused):
        hours.reverse(entry, actor=admin, reason="再来一次", on=timezone.localdate())


@pytest.mark.parametrize(("own", "reason"), [(True, "重复"), (False, " ")])
def test_nobody_corrects_their_own_hours_or_without_saying_why(rules, own, reason):
    entry = HourEntryFactory()

    with pytest.raises(Refused):
        hours.reverse(entry, actor=entry.person if own else PersonFactory(), reason=reason, on=timezone.localdate())

    assert HourEntry.objects.count() == 1


@pytest.mark.parametrize("bodies", [1, 3])
def test_bodies_are_summed_by_the_database(rules, bodies, django_assert_num_queries):
    for _n in range(bodies):
        body = OrganisationFactory()
        met, behind = cadre(organisation=body).person, cadre(organisation=body).person
        HourEntryFactory(person=met, hours=50)
        HourEntryFactory(person=met, account="offline", hours=90)
        HourEntryFactory(person=behind, hours=20)

    with django_assert_num_queries(5):
        rows = hours_by_organisation(timezone.localdate().year)

    assert [(r.people, r.online, r.offline, r.online_met, r.offline_met, r.met) for r in rows] == [(2, 70, 90, 1, 1, 1)] * bodies
