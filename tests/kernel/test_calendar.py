from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanlin.kernel.domain.reference import load
from hanlin.kernel.domain.workdays import remove_workday, set_workday
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Workday
from hanlin.kernel.queries.calendar import add_working_days, is_certain, is_working_day, working_days_left

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2025, 1, 1), date(2028, 12, 31))
relaxed = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


@pytest.fixture
def actor(world):
    return world.people["system_admin"]


@relaxed
@given(DAYS, st.integers(0, 60))
def test_days_added_are_days_left(day, count):
    assert working_days_left(add_working_days(day, count), day) == count


@relaxed
@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_a_working_day(day, count):
    assert is_working_day(add_working_days(day, count))


@relaxed
@given(DAYS, DAYS)
def test_late_is_the_mirror_of_left(one, two):
    assert working_days_left(one, two) == -working_days_left(two, one)


@relaxed
@given(DAYS, DAYS, DAYS)
def test_days_left_add_up(one, two, three):
    one, two, three = sorted((one, two, three))
    assert working_days_left(two, one) + working_days_left(three, two) == working_days_left(three, one)


def test_the_year_2026_has_248_working_days_from_the_stored_table():
    load()
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(365))

    assert sum(is_working_day(day) for day in days) == 248
    assert (is_working_day(date(2026, 2, 14)), is_working_day(date(2026, 10, 1))) == (True, False)


def test_a_year_without_a_notice_counts_monday_to_friday_and_says_so(actor, django_capture_on_commit_callbacks):
    new_year = date(2027, 1, 1)
    assert (is_working_day(new_year), is_certain(new_year)) == (True, False)
    with django_capture_on_commit_callbacks(execute=True):
        set_workday(new_year, works=False, name="元旦", source="国务院办公厅通知", actor=actor)

    assert (is_working_day(new_year), is_certain(new_year)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):
        remove_workday(Workday.objects.get(date=new_year), actor=actor)
    assert is_working_day(new_year)


def test_what_the_week_says_anyway_and_what_has_no_source_is_refused(actor):
    with pytest.raises(Refused):
        set_workday(date(2027, 1, 4), works=True, name="", source="通知", actor=actor)
    with pytest.raises(Refused):
        set_workday(date(2027, 1, 3), works=False, name="", source="通知", actor=actor)
    with pytest.raises(Refused):
        set_workday(date(2027, 1, 1), works=False, name="元旦", source=" ", actor=actor)
    assert not Workday.objects.exists()
