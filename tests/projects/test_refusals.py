"""What is refused, in words, and that nothing is half-written then."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hanlin.kernel.errors import IllegalMove, Refused, StaleState
from hanlin.people.enums import Role
from hanlin.people.models import Employment
from projects.domain import assessments, declarations, dossiers, findings, invitations, opinions, panels, projects, reviews
from projects.enums import DocumentKind, ProjectLevel, ReviewKind, SeatState, Stage, Verdict
from projects.models import Assessment, Consent, Document, ExpertReview, GovProject, PanelOpinion, PanelSeat, Rating, ReviewMeeting
from tests.factories.people import GrantFactory
from tests.projects.flow import draft, paper

pytestmark = pytest.mark.django_db


def test_the_same_project_is_not_registered_twice(flow):
    flow.registered("甲项目")
    with pytest.raises(Refused):
        flow.registered("甲项目")
    assert GovProject.objects.count() == 1


def test_a_negative_budget_is_refused_in_words(flow):
    owner = flow.world.bodies["bureau"]
    with pytest.raises(Refused):
        projects.register(
            "乙项目", owner=owner, region=owner.region, level=ProjectLevel.CITY, stage=Stage.DESIGN, budget=Decimal(-1), goal="",
            actor=flow.owner,
        )  # fmt: skip
    assert not GovProject.objects.exists()


def test_an_incomplete_dossier_is_not_taken_and_the_missing_papers_are_named(flow):
    flow.registered().filed(DocumentKind.FEASIBILITY)
    with pytest.raises(Refused) as refused:
        reviews.apply(flow.project, ReviewKind.APPRAISAL, actor=flow.owner)
    assert str(DocumentKind.CATALOGUE.label) in str(refused.value)
    assert not ExpertReview.objects.exists()


def test_a_false_extension_leaves_no_document(flow):
    flow.registered()
    with pytest.raises(Refused):
        dossiers.file_document(
            flow.project, DocumentKind.FEASIBILITY, SimpleUploadedFile("可研.pdf", b"MZ" + b"0" * 400), actor=flow.owner
        )
    assert not Document.objects.exists()


def test_the_very_same_file_is_no_new_version(flow):
    flow.registered().filed(DocumentKind.FEASIBILITY)
    with pytest.raises(Refused):
        flow.filed(DocumentKind.FEASIBILITY)
    assert Document.objects.get().versions.count() == 1


def test_versions_count_without_gaps(flow):
    flow.registered()
    for text in ("一", "二", "三"):
        from tests.kernel.files import docx, upload

        dossiers.file_document(flow.project, DocumentKind.FEASIBILITY, upload("可研.docx", docx(text)), actor=flow.owner)
    assert list(Document.objects.get().versions.order_by("number").values_list("number", flat=True)) == [1, 2, 3]


def test_one_review_of_a_kind_runs_at_a_time(flow):
    flow.applied()
    with pytest.raises(Refused):
        reviews.apply(flow.project, ReviewKind.APPRAISAL, actor=flow.owner)


def test_an_expert_of_the_owners_own_unit_must_withdraw_and_the_words_say_so(flow):
    flow.accepted()
    expert = flow.experts[0]
    post = expert.person.posts.get()
    post.organisation = flow.world.bodies["bureau"]
    post.save()
    with pytest.raises(Refused) as refused:
        panels.propose(flow.review, expert, "专业对口", actor=flow.secretary)
    assert expert.person.name in str(refused.value)
    assert not PanelSeat.objects.exists()


def test_four_experts_are_too_few_and_an_even_number_is_refused(flow):
    flow.composed(count=4)
    with pytest.raises(Refused):
        panels.convene(flow.review, actor=flow.secretary, override_reason="时间紧")
    for expert in flow.experts[4:6]:
        panels.propose(flow.review, expert, "专业对口", actor=flow.secretary)
    with pytest.raises(Refused):
        panels.convene(flow.review, actor=flow.secretary, override_reason="时间紧")
    assert set(PanelSeat.objects.values_list("state", flat=True)) == {SeatState.PROPOSED}


def test_a_proposal_may_be_overridden_with_a_reason_but_not_without(flow):
    flow.accepted()
    chosen = [flow.experts[n] for n in (0, 1, 2, 4, 5)]  # nobody for security
    for expert in chosen:
        panels.propose(flow.review, expert, "专业对口", actor=flow.secretary)
    with pytest.raises(Refused):
        panels.convene(flow.review, actor=flow.secretary)
    panel = panels.convene(flow.review, actor=flow.secretary, override_reason="安全专家由省厅另行书面把关")
    assert panel.override_reason


def test_a_draw_takes_nobody_against_whom_something_speaks(flow):
    flow.accepted()
    for expert in flow.experts:
        if expert is not flow.experts[3]:
            Employment.objects.create(
                person=expert.person, organisation=flow.world.bodies["centre"], role="顾问", started_on="2025-01-01", source="测试"
            )
    projects.set_parties(flow.project, [("contractor", flow.world.bodies["centre"])], actor=flow.owner)
    seat = panels.draw(flow.review, "", actor=flow.secretary)
    assert seat.expert == flow.experts[3]


def test_declining_needs_a_reason_and_an_answer_counts_once(flow):
    flow.invited()
    seat = flow.seats[0]
    with pytest.raises(Refused):
        invitations.answer(seat, will_come=False, actor=seat.expert.person)
    invitations.answer(seat, will_come=True, actor=seat.expert.person)
    with pytest.raises(Refused):
        invitations.answer(seat, will_come=False, reason="改主意", actor=seat.expert.person)


def test_an_answer_after_the_deadline_is_refused(flow, time_machine):
    flow.invited()
    seat = flow.seats[0]
    time_machine.move_to(seat.invitation.expires_at + timedelta(minutes=1))
    with pytest.raises(Refused):
        invitations.answer(seat, will_come=True, actor=seat.expert.person)


def test_a_room_and_an_expert_are_not_booked_twice(flow):
    flow.scheduled()
    start = ReviewMeeting.objects.get().starts_at
    flow.registered("示例省政务云扩容").filed()
    flow.confirmed()
    with pytest.raises(Refused) as refused:
        flow.book(start + timedelta(minutes=30))
    assert "301室" in str(refused.value)
    assert flow.experts[0].person.name in str(refused.value)
    assert ReviewMeeting.objects.count() == 1
    flow.book(start + timedelta(hours=2))  # touching ends do not clash


def test_a_session_in_the_past_or_without_everybodys_yes_is_refused(flow):
    flow.invited()
    with pytest.raises(Refused):
        flow.book()
    for seat in flow.seats:
        invitations.answer(seat, will_come=True, actor=seat.expert.person)
    with pytest.raises(Refused):
        flow.book(timezone.now() - timedelta(hours=1))
    assert not ReviewMeeting.objects.exists()


def test_papers_and_form_stay_shut_before_the_declaration(flow):
    flow.scheduled()
    seat = flow.seats[0]
    with pytest.raises(Refused):
        assessments.open_draft(seat, actor=seat.expert.person)


def test_handing_in_an_unfinished_form_names_what_is_open_and_writes_nothing(flow):
    flow.assessing()
    seat = flow.seats[0]
    assessment = assessments.open_draft(seat, actor=seat.expert.person)
    data = draft(flow.review.definition.form, value=3, part="SECURITY")
    data["ratings"]["SEC1"]["reason"] = ""
    assessments.save_draft(assessment, "SECURITY", data, edition=0, page="t", actor=seat.expert.person)
    with pytest.raises(assessments.Incomplete) as refused:
        assessments.submit(assessment, actor=seat.expert.person)
    assert [code for code, _words in refused.value.lacking].count("SECURITY") == 1
    assert len(refused.value.lacking) == 5 + 1 + 3
    assert not Rating.objects.exists()


def test_a_page_left_open_elsewhere_cannot_write_over_a_newer_draft(flow):
    flow.assessing()
    seat = flow.seats[0]
    actor = seat.expert.person
    assessment = assessments.open_draft(seat, actor=actor)
    data = draft(flow.review.definition.form, part="SECURITY")
    assessments.save_draft(assessment, "SECURITY", data, edition=0, page="desk", actor=actor)
    assessments.save_draft(assessment, "SECURITY", data, edition=0, page="desk", actor=actor)  # the same page goes on
    with pytest.raises(StaleState):
        assessments.save_draft(assessment, "SECURITY", {}, edition=0, page="phone", actor=actor)
    assert Assessment.objects.get().draft["ratings"]["SEC1"]["value"] == 4


def test_values_outside_the_scale_are_dropped(flow):
    flow.assessing()
    seat = flow.seats[0]
    assessment = assessments.open_draft(seat, actor=seat.expert.person)
    wild = {"ratings": {"SEC1": {"value": 9}, "SEC2": {"value": True}, "XXX": {"value": 4}}, "items": ["x", {"text": "  "}]}
    assessments.save_draft(assessment, "SECURITY", wild, edition=0, page="t", actor=seat.expert.person)
    assert assessment.draft["ratings"] == {"SEC1": {"value": None, "reason": ""}, "SEC2": {"value": None, "reason": ""}}
    assert assessment.draft["items"] == []


def test_nobody_fills_in_or_signs_for_another(flow):
    flow.circulated()
    first, second = flow.seats[:2]
    with pytest.raises(Refused):
        opinions.sign(flow.opinion, first, agrees=True, actor=second.expert.person)
    assert not Consent.objects.exists()


def test_a_dissent_needs_reasons_and_a_word_counts_once(flow):
    flow.circulated()
    seat = flow.seats[0]
    with pytest.raises(Refused):
        opinions.sign(flow.opinion, seat, agrees=False, reason=" ", actor=seat.expert.person)
    opinions.sign(flow.opinion, seat, agrees=False, reason="概算依据不足", actor=seat.expert.person)
    with pytest.raises(IllegalMove):
        opinions.sign(flow.opinion, seat, agrees=True, actor=seat.expert.person)


def test_the_opinion_waits_for_the_last_signature_or_the_deadline_and_silence_agrees(flow, time_machine):
    flow.circulated()
    for seat in flow.seats[:4]:
        opinions.sign(flow.opinion, seat, agrees=True, actor=seat.expert.person)
    with pytest.raises(Refused):
        opinions.issue(flow.opinion, actor=flow.secretary)
    time_machine.move_to(flow.opinion.sign_by + timedelta(minutes=1))
    issued = opinions.issue(flow.opinion, actor=flow.secretary)
    assert sorted(issued.consents.values_list("kind", flat=True)) == ["agree"] * 4 + ["silent"]


def test_without_two_thirds_the_opinion_is_not_issued(flow):
    flow.circulated()
    for n, seat in enumerate(flow.seats):
        opinions.sign(flow.opinion, seat, agrees=n > 1, reason="依据不足", actor=seat.expert.person)
    with pytest.raises(Refused):
        opinions.issue(flow.opinion, actor=flow.secretary)
    opinions.recall(flow.opinion, "重新合议", actor=flow.secretary)
    assert not Consent.objects.exists()
    assert {seat.state for seat in flow.seats} == {SeatState.ASSESSED}


def test_another_verdict_than_the_rules_needs_its_reason(flow):
    flow.drafted()
    opinion = flow.opinion
    fields = {"body": opinion.body, "items": [], "edition": opinion.edition, "actor": flow.secretary}
    with pytest.raises(Refused):
        opinions.save(opinion, verdict=Verdict.FAIL, **fields)
    opinions.save(opinion, verdict=Verdict.FAIL, verdict_reason="可由既有平台满足", **fields)
    with pytest.raises(StaleState):
        opinions.save(opinion, verdict=Verdict.PASS, **fields)


def test_an_issued_opinion_cannot_be_changed_by_any_way(flow):
    flow.issued(must=1)
    opinion = flow.opinion
    opinion.body = {"head": "改过"}
    item, consent = opinion.items.get(), opinion.consents.first()
    for act in (
        opinion.save,
        lambda: PanelOpinion.objects.filter(pk=opinion.pk).update(score=1),
        lambda: opinion.items.all().delete(),
        lambda: opinion.items.update(text="x"),
        item.save,
        lambda: Consent.objects.filter(pk=consent.pk).update(kind="dissent"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    with pytest.raises(IllegalMove):
        opinions.recall(opinion, "想改", actor=flow.secretary)


def test_an_answer_without_words_or_with_a_bad_file_writes_nothing(flow):
    flow.issued(must=1)
    row = flow.review.findings.get()
    with pytest.raises(Refused):
        findings.reply(row, "", actor=flow.owner)
    with pytest.raises(Refused):
        findings.reply(row, "已经修改。", files=[paper("a.pdf"), SimpleUploadedFile("b.svg", b"<svg/>")], actor=flow.owner)
    row.refresh_from_db()
    assert row.state == "notified"
    assert row.steps.count() == 1


def test_late_findings_move_once(flow, time_machine):
    flow.issued(must=1)
    time_machine.move_to(timezone.now() + timedelta(days=40))
    assert [findings.mark_overdue(), findings.mark_overdue()] == [1, 0]


def test_going_on_without_a_member_waits_for_the_deadline_and_keeps_the_quorum(flow, time_machine):
    flow.assessing()
    seats = flow.seats
    for seat in seats[:3]:
        flow.hand_in(seat)
    with pytest.raises(Refused):
        assessments.mark_absent(seats[3], "未交", actor=flow.secretary)
    time_machine.move_to(timezone.now() + timedelta(days=20))
    assessments.mark_absent(seats[3], "未交", actor=flow.secretary)
    with pytest.raises(Refused):  # three of five are fewer than two thirds
        assessments.mark_absent(seats[4], "未交", actor=flow.secretary)


def test_a_conflict_needs_words(flow):
    flow.confirmed()
    with pytest.raises(Refused):
        declarations.declare(flow.seats[0], has_conflict=True, actor=flow.seats[0].expert.person)


def test_a_second_secretary_of_the_province_may_keep_the_review(flow):
    flow.applied()
    helper = GrantFactory(role=Role.SECRETARY, organisation=flow.world.bodies["province"]).person
    assert ExpertReview.objects.kept_by(helper).exists()
