from datetime import date
from decimal import Decimal

import pytest
from django.core.management import call_command

from hanlin.kernel.domain.policies import set_policy, withdraw_policy
from hanlin.kernel.domain.reference import load, load_reference
from hanlin.kernel.enums import PolicyMark
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditEntry, PolicyValue, Workday
from hanlin.kernel.queries.policy import PolicyMissing, policy

pytestmark = pytest.mark.django_db
CODE = "training.day.hours"


@pytest.fixture(autouse=True)
def facts():
    load()


def put(value, day, region="", **more):
    fields = {"source": "示例省规定第1条", "mark": PolicyMark.SECONDARY, "actor": None, "region": region, **more}
    return set_policy(CODE, value=Decimal(value), valid_from=day, **fields)


def test_loading_twice_changes_nothing_and_keeps_what_a_hand_has_changed():
    PolicyValue.objects.filter(code=CODE).update(value=6)
    before = list(PolicyValue.objects.order_by("pk").values())
    days = Workday.objects.count()
    load_reference()
    call_command("load_reference", verbosity=0)

    after = PolicyValue.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk")
    assert (list(after.values()), Workday.objects.count()) == (before, days)


def test_every_fact_names_its_source():
    assert not PolicyValue.objects.filter(source="").exists()
    assert not PolicyValue.objects.exclude(mark__in=PolicyMark.values).exists()


def test_a_new_value_ends_the_old_one_on_its_day():
    put("6", date(2027, 1, 1))

    assert policy(CODE, on=date(2026, 12, 31)) == Decimal("7.5")
    assert policy(CODE, on=date(2027, 1, 1)) == 6
    entry = AuditEntry.objects.get(action="kernel.policy.set")
    assert (entry.before["value"], entry.after["value"]) == ("7.5000", "6")


def test_a_region_has_its_own_before_its_province_before_the_nation():
    put("6", date(2026, 1, 1), region="990000")
    put("5", date(2026, 1, 1), region="990100")
    on = date(2026, 6, 1)

    found = [policy(CODE, on=on, region=code) for code in ("990121", "990200", "110000", "")]
    assert found == [5, 6, Decimal("7.5"), Decimal("7.5")]


def test_a_value_before_its_first_day_is_missing():
    with pytest.raises(PolicyMissing, match=CODE):
        policy(CODE, on=date(2022, 12, 31))
    with pytest.raises(PolicyMissing):
        policy("no.such.code")


@pytest.mark.parametrize("day", [date(2027, 1, 1), date(2026, 6, 1), date(2023, 1, 1), date(2020, 1, 1)])
def test_dates_that_would_overlap_are_refused_and_nothing_changes(day):
    put("6", date(2027, 1, 1))
    before = list(PolicyValue.objects.filter(code=CODE).values())
    with pytest.raises(Refused):
        put("5", day)

    assert list(PolicyValue.objects.filter(code=CODE).values()) == before


def test_an_unknown_code_a_missing_source_and_no_change_are_refused():
    with pytest.raises(Refused):
        set_policy("no.such", value=Decimal(1), valid_from=date(2027, 1, 1), source="x", mark=PolicyMark.LAW, actor=None)
    with pytest.raises(Refused):
        put("6", date(2027, 1, 1), source="  ")
    put("6", date(2027, 1, 1))
    with pytest.raises(Refused):
        put("6", date(2027, 2, 1))


def test_a_value_that_does_not_hold_yet_can_be_withdrawn():
    row = put("6", date(2027, 1, 1))
    withdraw_policy(row, actor=None, today=date(2026, 11, 22))

    assert policy(CODE, on=date(2027, 6, 1)) == Decimal("7.5")
    assert AuditEntry.objects.filter(action="kernel.policy.withdraw").exists()


def test_a_value_that_has_held_stays():
    row = put("6", date(2026, 1, 1))
    with pytest.raises(Refused):
        withdraw_policy(row, actor=None, today=date(2026, 11, 22))
