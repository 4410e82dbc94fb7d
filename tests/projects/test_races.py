"""Two people at the same moment, on PostgreSQL: no room is booked twice, no chair given twice, no word said twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from projects.domain import dossiers, findings, invitations, meetings, opinions, panels
from projects.enums import DocumentKind
from projects.models import Consent, DocumentVersion, Finding, PanelOpinion, PanelSeat, ReviewMeeting
from tests.projects.flow import POOL, Flow, paper
from tests.together import at_once, kinds

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def _second(flow: Flow, *shared) -> Flow:
    """A second review of the same committee and room, all coming; `shared` experts sit on both panels, the rest are new."""
    experts = [*shared, *[flow.expert(family) for family in POOL[len(shared) : 5]]]
    other = Flow(flow.world, flow.committee, experts, room=flow.room)
    other.registered("示例省政务服务一体机更新").filed()
    return other.confirmed()


def _book(flow, start):
    return meetings.schedule(flow.review, room=flow.room, starts_at=start, ends_at=start + timedelta(hours=2), actor=flow.secretary)


def test_one_room_is_given_to_one_of_two_sessions(flow):
    flow.confirmed()
    other = _second(flow)
    start = timezone.now() + timedelta(days=3)

    found = at_once(lambda: _book(flow, start), lambda: _book(other, start + timedelta(hours=1)))

    assert kinds(found) == ["Refused", "ReviewMeeting"]
    assert ReviewMeeting.objects.count() == 1


def test_one_expert_sits_in_one_of_two_sessions(flow):
    flow.confirmed()
    other = _second(flow, flow.experts[0])
    start = timezone.now() + timedelta(days=3)

    def online(one):
        return meetings.schedule(
            one.review, room=None, link="https://meet.example/1", starts_at=start, ends_at=start + timedelta(hours=2),
            actor=one.secretary,
        )  # fmt: skip

    assert kinds(at_once(lambda: online(flow), lambda: online(other))) == ["Refused", "ReviewMeeting"]


def test_a_chair_goes_to_one_of_two_successors(flow):
    flow.invited()
    empty = flow.seats[1]
    invitations.answer(empty, will_come=False, reason="出差", actor=empty.expert.person)

    found = at_once(
        lambda: panels.replace(PanelSeat.objects.get(pk=empty.pk), flow.experts[5], "同领域", actor=flow.secretary),
        lambda: panels.replace(PanelSeat.objects.get(pk=empty.pk), flow.experts[7], "同领域", actor=flow.secretary),
    )

    assert kinds(found) == ["PanelSeat", "Refused"]
    assert len(flow.seats) == 5


def test_an_invitation_is_answered_once(flow):
    flow.invited()
    seat = flow.seats[0]

    found = at_once(
        lambda: invitations.answer(PanelSeat.objects.get(pk=seat.pk), will_come=True, actor=seat.expert.person),
        lambda: invitations.answer(PanelSeat.objects.get(pk=seat.pk), will_come=False, reason="出差", actor=seat.expert.person),
    )

    assert len([one for one in found if isinstance(one, PanelSeat)]) == 1, found


def test_a_member_signs_once_and_members_sign_together(flow):
    flow.circulated()
    seats = flow.seats

    def sign(seat, agrees):
        return opinions.sign(
            flow.opinion, PanelSeat.objects.select_related("expert").get(pk=seat.pk), agrees=agrees, reason="依据不足，建议补正",
            actor=seat.expert.person,
        )  # fmt: skip

    twice = at_once(lambda: sign(seats[0], True), lambda: sign(seats[0], False))
    assert len([one for one in twice if isinstance(one, Consent)]) == 1, twice
    assert kinds(at_once(*[lambda seat=seat: sign(seat, True) for seat in seats[1:]])) == ["Consent"] * 4
    assert Consent.objects.count() == 5


def test_an_opinion_is_issued_once_with_one_number(flow):
    flow.signed()

    found = at_once(*[lambda: opinions.issue(flow.opinion, actor=flow.secretary)] * 2)

    assert kinds(found) == ["PanelOpinion", "Refused"]
    assert PanelOpinion.objects.get().number.endswith("1号")
    assert Finding.objects.count() == 1


def test_an_item_is_closed_once(flow):
    flow.issued()
    findings.reply(Finding.objects.get(), "已在第52页补齐", actor=flow.owner)

    found = at_once(*[lambda: findings.recheck(Finding.objects.get(), accepted=True, actor=flow.secretary)] * 2)

    assert len([one for one in found if isinstance(one, Finding)]) == 1, found
    assert Finding.objects.get().steps.filter(text="").count() <= 2


def test_two_versions_of_one_document_follow_each_other(flow):
    flow.registered()
    file = lambda: dossiers.file_document(flow.project, DocumentKind.FEASIBILITY, paper(), actor=flow.owner)  # noqa: E731

    found = at_once(file, file)

    numbers = DocumentVersion.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, len(numbers) + 1)), found
    assert len(numbers) >= 1
