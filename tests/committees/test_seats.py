from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from committees.domain import committees, seats
from committees.enums import SeatRole
from committees.models import Seat
from committees.queries.seats import history, who_sat
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditEntry
from tests.factories.committees import ExpertCommitteeFactory, SeatFactory, SpecialistGroupFactory, TermFactory, rules
from tests.factories.people import PersonFactory

START = date(2026, 1, 15)


@pytest.fixture
def term(db):
    rules()
    return TermFactory(number=2)


def names(committee, on, known_on=None):
    return [(seat.person.name, seat.role) for seat in who_sat(committee, on, known_on)]


def test_a_seat_is_held_from_its_first_day_until_before_its_last(term):
    person, actor = PersonFactory(name="林祎"), PersonFactory()
    held = seats.seat(term, person, SeatRole.MEMBER, actor=actor, on=START)
    seats.unseat(held, actor=actor, on=date(2026, 6, 1), reason="调离")
    assert names(term.committee, START - timedelta(days=1)) == []
    assert names(term.committee, START) == names(term.committee, date(2026, 5, 31)) == [("林祎", "member")]
    assert names(term.committee, date(2026, 6, 1)) == []


def test_what_we_believed_before_a_correction_stays_readable(term):
    person, actor = PersonFactory(name="周堃"), PersonFactory()
    with time_machine.travel(datetime(2026, 2, 1, 9, tzinfo=timezone.get_default_timezone()), tick=False):
        held = seats.seat(term, person, SeatRole.MEMBER, actor=actor, on=START)
    with time_machine.travel(datetime(2026, 3, 10, 9, tzinfo=timezone.get_default_timezone()), tick=False):
        seats.correct(held, actor=actor, role=SeatRole.VICE_CHAIR, reason="任命文件为副主任委员")
    on = date(2026, 2, 20)
    assert names(term.committee, on, known_on=date(2026, 1, 31)) == []
    assert names(term.committee, on, known_on=date(2026, 2, 1)) == [("周堃", "member")]
    assert names(term.committee, on, known_on=date(2026, 3, 9)) == [("周堃", "member")]
    assert names(term.committee, on, known_on=date(2026, 3, 10)) == [("周堃", "vice_chair")]
    assert names(term.committee, on) == [("周堃", "vice_chair")]
    assert history(term.committee).count() == 2
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "committees.seat.take",
        "committees.seat.correct",
    ]


def test_a_seat_ends_with_its_term(term):
    SeatFactory(term=term, valid_from=START)
    assert len(names(term.committee, date(2028, 12, 31))) == 1
    assert names(term.committee, date(2029, 1, 1)) == []


def test_a_term_has_one_chair_at_a_time(term):
    actor, first, second = PersonFactory(), PersonFactory(name="解昇"), PersonFactory()
    chair = seats.seat(term, first, SeatRole.CHAIR, actor=actor, on=START)
    with pytest.raises(Refused, match="解昇"):
        seats.seat(term, second, SeatRole.CHAIR, actor=actor, on=date(2026, 5, 1))
    assert Seat.objects.count() == 1
    seats.unseat(chair, actor=actor, on=date(2026, 5, 1), reason="年龄")
    seats.seat(term, second, SeatRole.CHAIR, actor=actor, on=date(2026, 5, 1))


def test_nobody_sits_twice_in_the_same_days_of_a_term(term):
    actor, person = PersonFactory(), PersonFactory()
    seats.seat(term, person, SeatRole.MEMBER, actor=actor, on=date(2026, 6, 1))
    with pytest.raises(Refused):
        seats.seat(term, person, SeatRole.VICE_CHAIR, actor=actor, on=START)
    seats.seat(term, person, SeatRole.VICE_CHAIR, actor=actor, on=START, until=date(2026, 6, 1))


@pytest.mark.parametrize(
    ("on", "until"),
    [(date(2025, 12, 31), None), (date(2029, 1, 1), None), (START, START), (START, date(2029, 1, 2))],
)
def test_a_seat_lies_inside_its_term(term, on, until):
    with pytest.raises(Refused):
        seats.seat(term, PersonFactory(), SeatRole.MEMBER, actor=None, on=on, until=until)


def test_a_chair_serves_two_terms_in_a_row_and_not_a_third(term):
    person = PersonFactory()
    for number, year in ((3, 2029), (4, 2032)):
        TermFactory(committee=term.committee, number=number, started_on=date(year, 1, 1), ended_on=date(year + 3, 1, 1))
    second, third, fourth = term.committee.terms.order_by("number")
    seats.seat(second, person, SeatRole.CHAIR, actor=None, on=second.started_on)
    seats.seat(third, person, SeatRole.CHAIR, actor=None, on=third.started_on)
    with pytest.raises(Refused, match="2"):
        seats.seat(fourth, person, SeatRole.CHAIR, actor=None, on=fourth.started_on)


def test_the_secretary_general_has_no_vote(term):
    assert not seats.seat(term, PersonFactory(), SeatRole.SECRETARY_GENERAL, actor=None, on=START).votes


def test_a_replaced_record_is_not_mended_again(term):
    held = seats.seat(term, PersonFactory(), SeatRole.MEMBER, actor=None, on=START)
    seats.correct(held, actor=None, valid_from=date(2026, 2, 1), reason="日期有误")
    with pytest.raises(Refused):
        seats.correct(held, actor=None, valid_from=date(2026, 3, 1), reason="日期有误")
    with pytest.raises(Refused):
        seats.unseat(Seat.objects.get(recorded_to=None), actor=None, on=date(2026, 4, 1), reason=" ")


def test_a_group_of_another_committee_is_refused(term):
    with pytest.raises(Refused):
        seats.seat(term, PersonFactory(), SeatRole.MEMBER, actor=None, on=START, group=SpecialistGroupFactory())


@pytest.mark.parametrize(
    "fields",
    [
        {"role": SeatRole.CHAIR},
        {"person": "same"},
        {"valid_to": START},
        {"recorded_to": timezone.make_aware(datetime(2020, 1, 1))},
    ],
)
def test_the_database_itself_refuses(term, fields):
    first = SeatFactory(term=term, role=SeatRole.CHAIR, valid_from=START)
    if fields.get("person"):
        fields = {"person": first.person}
    with pytest.raises(IntegrityError), transaction.atomic():
        SeatFactory(term=term, valid_from=START, **fields)


def test_terms_follow_one_another(db):
    committee = ExpertCommitteeFactory()
    first = committees.open_term(committee, actor=None, started_on=date(2023, 1, 1), ended_on=date(2026, 1, 1))
    second = committees.open_term(committee, actor=None, started_on=date(2026, 1, 1), ended_on=date(2029, 1, 1))
    assert (first.number, second.number) == (1, 2)
    with pytest.raises(Refused):
        committees.open_term(committee, actor=None, started_on=date(2028, 12, 31), ended_on=date(2031, 1, 1))
    assert committee.current_term(date(2025, 12, 31)) == first
    assert committee.current_term(date(2026, 1, 1)) == second
