"""Every figure of the board, reckoned again by hand from the rows below it."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from committees.domain import reference as committees_reference
from committees.enums import SeatRole
from courses.domain import reference as courses_reference
from courses.models import Certificate
from hanlin.kernel.models import Job
from hanlin.kernel.queries.calendar import add_working_days
from hanlin.people.enums import RegionLevel, Role
from hanlin.talent.domain import reference, rollups
from hanlin.talent.enums import Bucket
from hanlin.talent.models import Indicator, IndicatorValue
from hanlin.talent.queries.board import board_for, by_province, paths_of
from hanlin.talent.queries.works import bucket_of
from projects.enums import AssessmentState, OpinionState
from projects.models import Assessment, Criterion, Finding, Panel, PanelOpinion, PanelSeat, Rating
from tests.factories import papers
from tests.factories.committees import ExpertCommitteeFactory, ExpertFactory, PoolAdmissionFactory, SeatFactory, TermFactory
from tests.factories.courses import EnrolmentFactory, HourEntryFactory
from tests.factories.people import GrantFactory, OrganisationFactory, PersonFactory, PostFactory, RankFactory, RegionFactory
from tests.factories.projects import ExpertReviewFactory, GovProjectFactory, RoundFactory

ON = date(2026, 11, 23)


@pytest.fixture
def house(db, time_machine):
    """A province with two bodies and a leader; another province beside it. 23 November 2026, a Monday."""
    time_machine.move_to("2026-11-23 10:00+08:00")
    courses_reference.load()
    committees_reference.load()
    reference.load()
    root = OrganisationFactory(name="示例省人民政府")
    city = RegionFactory(code="990100", name="云澜市", level=RegionLevel.CITY, parent=root.region)
    there = RegionFactory(code="980000", name="样例省", level=RegionLevel.PROVINCE)
    house = {
        "root": root,
        "bureau": OrganisationFactory(name="示例省数据局", parent=root),
        "city": OrganisationFactory(name="云澜市数据局", parent=root, region=city),
        "abroad": OrganisationFactory(name="样例省数据局", region=there),
        "leader": PersonFactory(name="程璟"),
    }
    GrantFactory(person=house["leader"], role=Role.LEADER, organisation=root, started_on=date(2026, 1, 1))
    return house


def cadre(body, *, tier="B", online=0, offline=0, offline_before=0, **fields):
    code, name = ("141", "乡科级正职") if tier == "B" else ("132", "县处级副职")
    post = PostFactory(organisation=body, level=RankFactory(code=code, name=name, training_tier=tier), **fields)
    for account, hours, day in (
        ("online", online, ON),
        ("offline", offline, ON),
        ("offline", offline_before, date(2024, 5, 1)),
    ):
        if hours:
            HourEntryFactory(person=post.person, account=account, hours=hours, earned_on=day)
    return post.person


def figures(house):
    rollups.refresh_all(on=ON, actor=None)
    return board_for(house["leader"], on=ON)


def test_hours_count_who_meets_both_by_tier_and_only_in_scope(house):
    cadre(house["bureau"], online=50, offline=90)  # meets both
    cadre(house["bureau"], online=49.9, offline=90)  # online short
    cadre(house["bureau"], online=50, offline=60, offline_before=40)  # tier B looks at this year alone
    cadre(house["city"], tier="A", online=50, offline=300, offline_before=250)  # tier A looks at five
    cadre(house["city"], tier="A", online=50, offline_before=549)
    cadre(house["abroad"], online=50, offline=90)
    cadre(house["bureau"], online=50, offline=90, ended_on=ON)  # has left
    part = figures(house)["hours"].parts[0]
    assert (part.value, part.base, part.share) == (2, 5, Decimal("40.0"))
    assert part.by_level == (1, 1, 0)
    behind = IndicatorValue.objects.filter(indicator__code="hours", part="met").values_list("organisation__name", "value", "base")
    assert sorted(behind) == [("云澜市数据局", 1, 2), ("样例省数据局", 1, 1), ("示例省数据局", 1, 3)]


@pytest.mark.parametrize(("reported", "silent", "quality"), [(2, 0, "A"), (2, 1, "B"), (1, 1, "C"), (0, 2, "C"), (0, 0, "C")])
def test_the_quality_mark_counts_bodies_without_any_record(house, reported, silent, quality):
    for _n in range(reported):
        cadre(OrganisationFactory(parent=house["root"]), online=1)
    for _n in range(silent):
        cadre(OrganisationFactory(parent=house["root"]))
    mark = figures(house)["hours"].mark
    assert mark.quality == quality
    assert (str(silent) in mark.note) is bool(silent)


def test_a_figure_that_nobody_has_refreshed_is_for_reference_only(house):
    cadre(house["bureau"], online=1)
    assert figures(house)["hours"].mark.quality == "A"
    Indicator.objects.update(refreshed_at=timezone.now() - timedelta(hours=49))
    assert {f.mark.quality for f in board_for(house["leader"], on=ON).values()} == {"C"}
    Indicator.objects.update(refreshed_at=None)
    assert {f.mark.quality for f in board_for(house["leader"], on=ON).values()} == {"C"}


def certify(monkeypatch, enrolment):
    paper = papers.issue(papers.register(monkeypatch), about=enrolment)
    return Certificate.objects.create(
        enrolment=enrolment, person=enrolment.person, course=enrolment.course, document=paper, number=paper.number_text,
        hours=1, issued_on=ON,
    )  # fmt: skip


def test_the_echelon_counts_people_and_the_conversion_those_at_both_stages(house, monkeypatch):
    committee = ExpertCommitteeFactory(seats_planned=4)
    term = TermFactory(committee=committee)
    people = [cadre(house["bureau"]) for _n in range(4)]
    for person in people[:3]:
        enrolment = EnrolmentFactory(person=person, state="completed", completed_at=timezone.now())
        if person in people[:2]:
            certify(monkeypatch, enrolment)
    PoolAdmissionFactory(person=people[0], committee=committee, state="appointed")
    PoolAdmissionFactory(person=people[1], committee=committee, state="refused")
    outsider = PostFactory(organisation=house["city"], level=None).person  # no cadre of a tier
    for person in (people[0], outsider):
        ExpertFactory(person=person, committee=committee)
        SeatFactory(term=term, person=person)
    SeatFactory(term=term, person=PostFactory(organisation=house["root"], level=None).person, role=SeatRole.CHAIR)
    parts = {part.code: (part.value, part.share) for part in figures(house)["echelon"].parts}
    assert parts == {
        "cadre": (4, None),
        "trained": (3, Decimal("75.0")),
        "certified": (2, Decimal("66.7")),
        "candidate": (1, Decimal("50.0")),
        "expert": (2, Decimal("100.0")),
        "member": (3, Decimal("100.0")),
        "chair": (1, Decimal("33.3")),
    }


def test_reviews_stand_at_their_step_and_ended_ones_nowhere(house):
    for state in ("registered", "composing", "composing", "issued", "closed", "cancelled"):
        ExpertReviewFactory(project=GovProjectFactory(owner=house["bureau"]), state=state)
    ExpertReviewFactory(project=GovProjectFactory(owner=house["abroad"]))
    assert {part.code: part.value for part in figures(house)["reviews"].parts} == {
        "intake": 1, "panel": 2, "assessment": 0, "opinion": 0, "issue": 1,
    }  # fmt: skip


def rated(body, values, *, opinion=OpinionState.ISSUED):
    """A review whose one expert rated the criteria under 可共享性 and 安全性."""
    turn = RoundFactory(review__project=GovProjectFactory(owner=body))
    seat = PanelSeat.objects.create(
        panel=Panel.objects.create(round=turn, size=5), expert=ExpertFactory(), origin="appointed", reason="x"
    )
    issued = opinion == OpinionState.ISSUED
    PanelOpinion.objects.create(
        round=turn, state=opinion, score=60, verdict="revise", proposed_verdict="revise",
        number=f"示专委论〔2026〕{turn.pk}号" if issued else "", issued_at=timezone.now() if issued else None,
    )  # fmt: skip
    handed = Assessment.objects.create(seat=seat, state=AssessmentState.SUBMITTED, score=60, submitted_at=timezone.now())
    form = turn.review.definition.form
    for code, value in values.items():
        for criterion in Criterion.objects.filter(form=form, parent__code=code):
            Rating.objects.create(assessment=handed, criterion=criterion, value=value, reason="说明")


def test_the_profile_is_the_weighted_mean_of_issued_opinions_and_names_the_lowest(house):
    rated(house["bureau"], {"SHAREABILITY": 2, "SECURITY": 4})
    rated(house["city"], {"SHAREABILITY": 3, "SECURITY": 5})
    rated(house["city"], {"SHAREABILITY": 5}, opinion=OpinionState.DRAFT)
    rated(house["abroad"], {"SHAREABILITY": 5})
    figure = figures(house)["attributes"]
    assert {part.code: part.value for part in figure.parts} == {"SECURITY": Decimal("4.50"), "SHAREABILITY": Decimal("2.50")}
    assert figure.extra["lowest"].code == "SHAREABILITY"
    assert figure.extra["alarming"] is True


@pytest.mark.parametrize(
    ("days", "bucket"),
    [(0, Bucket.AHEAD), (1, Bucket.LATE_5), (5, Bucket.LATE_5), (6, Bucket.LATE_10), (10, Bucket.LATE_10),
     (11, Bucket.LATE_20), (20, Bucket.LATE_20), (21, Bucket.LATE_MORE)],
)  # fmt: skip
def test_lateness_is_counted_in_working_days(db, days, bucket):
    due = date(2026, 3, 2)
    assert bucket_of("notified", due, add_working_days(due, days)) == bucket
    assert bucket_of("replied", due, add_working_days(due, days)) == Bucket.AHEAD
    assert bucket_of("notified", None, due) == Bucket.AHEAD


def test_open_findings_age_and_closed_ones_do_not(house):
    review = ExpertReviewFactory(project=GovProjectFactory(owner=house["bureau"]))
    for number, (state, due) in enumerate(
        [("notified", ON), ("notified", date(2026, 11, 20)), ("overdue", date(2026, 9, 1)), ("closed", date(2026, 9, 1))], start=1
    ):
        Finding.objects.create(review=review, number=number, text="共享目录缺三项", state=state, due_on=due)
    figure = figures(house)["findings"]
    assert {part.code: part.value for part in figure.parts if part.value} == {"ahead": 1, "late5": 1, "late99": 1}
    assert (figure.extra["late"], figure.extra["worst"]) == (2, 1)


def test_seats_filled_of_those_planned(house):
    node = OrganisationFactory(parent=house["root"])
    committee = ExpertCommitteeFactory(organisation=node, seats_planned=4)
    SeatFactory(term=TermFactory(committee=committee))
    part = figures(house)["committees"].parts[0]
    assert (part.value, part.base, part.share) == (1, 4, Decimal("25.0"))


def test_a_province_without_rows_has_not_reported(house):
    cadre(house["bureau"], online=50, offline=90)
    cadre(house["city"])
    cadre(house["abroad"])
    rollups.refresh_all(on=ON, actor=None)
    assert by_province("hours", paths_of(house["leader"])) == {"990000": ("示例省", Decimal("50.0"))}
    assert by_province("findings", paths_of(house["leader"])) == {}


def test_refreshing_twice_changes_nothing(house):
    cadre(house["bureau"], online=1)
    assert rollups.refresh("hours", on=ON, actor=None) == rollups.refresh("hours", on=ON, actor=None) == 2
    assert IndicatorValue.objects.count() == 2


@pytest.fixture
def board(house, client):
    client.force_login(house["leader"], backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("rows", [1, 3])
def test_the_board_and_its_lists_cost_the_same_for_one_row_or_three(house, board, rows):
    for _n in range(rows):
        cadre(OrganisationFactory(parent=house["root"]), online=1)
        review = ExpertReviewFactory(project=GovProjectFactory(owner=house["bureau"]))
        Finding.objects.create(review=review, number=1, text="x", state="notified", due_on=ON)
        rated(house["bureau"], {"SHAREABILITY": 2})
    rollups.refresh_all(on=ON, actor=None)
    body = OrganisationFactory(parent=house["root"])
    for _n in range(rows):
        cadre(body)
    board.get(reverse("talent:board"))
    counted = {}
    for name, args in (
        ("board", []), ("hours", []), ("hours_of", [body.pk]), ("echelon", ["cadre"]), ("reviews", ["intake"]),
        ("attributes", ["SHAREABILITY"]), ("findings", ["ahead"]),
    ):  # fmt: skip
        with CaptureQueriesContext(connection) as queries:
            assert board.get(reverse(f"talent:{name}", args=args)).status_code == 200, name
        counted[name] = len(queries)
    assert counted == QUERIES


QUERIES = {"board": 24, "hours": 7, "hours_of": 11, "echelon": 8, "reviews": 7, "attributes": 9, "findings": 8}


def test_the_title_is_a_sentence_with_the_facts(house, board):
    assert "还没有学时记录" in board.get(reverse("talent:board")).content.decode()
    cadre(house["bureau"], online=50, offline=90)
    cadre(house["bureau"], online=1)
    review = ExpertReviewFactory(project=GovProjectFactory(owner=house["bureau"]))
    Finding.objects.create(review=review, number=1, text="x", state="overdue", due_on=date(2026, 9, 1))
    rollups.refresh_all(on=ON, actor=None)
    page = board.get(reverse("talent:board")).content.decode()
    assert "截至11月23日，50.0%的干部学时达标，1项整改逾期，其中1项逾期20个工作日以上" in page


def test_the_rows_behind_a_figure_stay_in_scope(house, board):
    cadre(house["abroad"], person__name="外省人")
    cadre(house["bureau"], person__name="本省人")
    page = board.get(reverse("talent:echelon", args=["cadre"])).content.decode()
    assert "本省人" in page
    assert "外省人" not in page
    assert board.get(reverse("talent:hours_of", args=[house["abroad"].pk])).status_code == 404
    assert board.get(reverse("talent:echelon", args=["nonsense"])).status_code == 404
    assert board.get(reverse("talent:findings", args=["nonsense"])).status_code == 404


def test_each_figure_leaves_as_a_workbook_with_its_definition(house, board):
    cadre(house["bureau"], online=50, offline=90)
    rollups.refresh_all(on=ON, actor=None)
    for code in ("hours", "echelon", "reviews", "attributes", "findings", "committees"):
        reply = board.get(reverse("talent:export", args=[code]))
        assert reply.status_code == 200
        assert reply.content.startswith(b"PK")
    assert board.get(reverse("talent:export", args=["salaries"])).status_code == 404


def test_a_leader_has_the_figures_reckoned_again(house, board, django_capture_on_commit_callbacks):
    cadre(house["bureau"], online=50, offline=90)
    with django_capture_on_commit_callbacks(execute=True):
        assert board.post(reverse("talent:refresh")).status_code == 302
    assert Job.objects.get().state == "done"
    assert board_for(house["leader"], on=ON)["hours"].parts[0].value == 1
