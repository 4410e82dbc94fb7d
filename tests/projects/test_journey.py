"""Steps 3 and 4 of the journey through the domain: from the register to the last item struck off."""

import pytest

from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditEntry, OfficialDocument
from hanlin.people.models import Notice
from projects.domain import declarations, findings, invitations, meetings, panels
from projects.enums import FindingState, OpinionState, ReviewState, SeatState, Verdict
from projects.models import Finding
from tests.projects.flow import Flow, paper

pytestmark = pytest.mark.django_db


def test_a_review_runs_from_the_application_to_the_last_item_struck_off(flow, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        flow.issued(must=2)
    review, opinion = flow.review, flow.opinion
    assert review.state == ReviewState.RECTIFYING
    assert opinion.state == OpinionState.ISSUED
    assert opinion.number == "示专委论〔2026〕1号"
    assert opinion.score == 80
    assert opinion.verdict == Verdict.PASS
    assert OfficialDocument.objects.get(pk=opinion.paper_id).is_ready

    rows = list(Finding.objects.filter(review=review).order_by("number"))
    assert [row.state for row in rows] == [FindingState.NOTIFIED] * 2
    assert Notice.objects.filter(person=flow.owner, key=f"projects.finding.answer:{review.pk}").exists()
    for row in rows:
        findings.reply(row, "已在附表补齐。", files=[paper("修改说明.pdf")], actor=flow.owner)
        findings.recheck(row, accepted=True, actor=flow.secretary)
    review.refresh_from_db()
    assert review.state == ReviewState.CLOSED
    assert AuditEntry.objects.filter(action="projects.review.close", object_id=str(review.pk)).count() == 1


def test_one_declines_and_is_replaced(flow):
    flow.invited()
    leaver = flow.seats[2]
    invitations.answer(leaver, will_come=False, reason="当日有课", actor=leaver.expert.person)
    assert leaver.state == SeatState.DECLINED
    successor = panels.replace(leaver, flow.experts[5], "法规专业", actor=flow.secretary)
    leaver.refresh_from_db()
    assert leaver.replaced_by == successor
    assert successor.state == SeatState.INVITED
    assert len(flow.seats) == 5
    assert Notice.objects.filter(person=flow.secretary, subject__contains=leaver.expert.person.name).exists()


def test_declaring_a_conflict_recuses_at_once(flow):
    flow.confirmed()
    seat = flow.seats[0]
    declarations.declare(seat, has_conflict=True, text="配偶在承建单位任职", actor=seat.expert.person)
    assert seat.state == SeatState.RECUSED
    assert len(flow.seats) == 4


def test_a_conflict_found_late_voids_what_was_handed_in_and_the_substitute_starts_again(flow):
    flow.assessed()
    assert flow.review.state == ReviewState.MEETING
    seat = flow.seats[1]
    declarations.recuse(seat, "三年内任承建单位监事", actor=flow.secretary)
    seat.assessment.refresh_from_db()
    flow.fresh()
    assert (seat.state, seat.assessment.state, flow.review.state) == ("recused", "voided", ReviewState.ASSESSING)
    assert seat.assessment.ratings.count() == 24  # void, never deleted
    successor = panels.replace(seat, flow.experts[6], "候补", actor=flow.secretary)
    invitations.answer(successor, will_come=True, actor=successor.expert.person)
    declarations.declare(successor, has_conflict=False, actor=successor.expert.person)
    flow.hand_in(successor)
    assert flow.fresh().review.state == ReviewState.MEETING


def test_sending_back_gives_new_days_and_keeps_the_review_open(flow):
    flow.issued(must=1)
    row = Finding.objects.get(review=flow.review)
    findings.reply(row, "已修改。", actor=flow.owner)
    with pytest.raises(Refused):
        findings.recheck(row, accepted=False, text="", actor=flow.secretary)
    findings.recheck(row, accepted=False, text="附件缺盖章页", actor=flow.secretary)
    row.refresh_from_db()
    assert row.state == FindingState.RECHECKED
    assert [step.state for step in row.steps.order_by("pk")] == ["notified", "replied", "rechecked"]
    findings.reply(row, "已补盖章页。", actor=flow.owner)
    findings.recheck(row, accepted=True, actor=flow.secretary)
    assert flow.fresh().review.state == ReviewState.CLOSED


def test_without_must_items_the_issue_closes_the_review(flow):
    flow.issued(value=5, must=0)
    assert flow.review.state == ReviewState.CLOSED
    assert flow.review.rounds.get().closed_at is not None


def test_a_session_can_be_moved_and_the_calendar_entry_counts_on(flow):
    flow.scheduled()
    first = flow.review.rounds.get().meetings.get()
    moved = flow.book(first.starts_at.replace(minute=0) + (first.ends_at - first.starts_at) * 12)
    assert (moved.pk, moved.sequence) == (first.pk, 1)
    flow.fresh()
    meetings.cancel(moved, actor=flow.secretary)
    assert flow.fresh().review.state == ReviewState.COMPOSING


def test_two_projects_have_two_numbers(world):
    flow = Flow.begin(world)
    flow.applied()
    first = flow.review.number
    flow.registered("示例省政务云扩容").filed()
    flow.applied()
    assert [first, flow.review.number] == ["示专委评〔2026〕1号", "示专委评〔2026〕2号"]
