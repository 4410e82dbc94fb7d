import json
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from courses.domain import assignments, quizzes
from courses.models import Duty, HourEntry, LessonProgress, PlaySession, QuizAttempt, Suspicion
from hanlin.people.models import Notice
from tests.factories.courses import (
    AssignmentFactory,
    CourseFactory,
    DutyFactory,
    HourEntryFactory,
    LessonFactory,
    QuestionFactory,
)
from tests.factories.people import GrantFactory, OrganisationFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db


def enter(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def learner(client):
    person = PersonFactory()
    PostFactory(person=person)
    enter(client, person)
    return person


@pytest.fixture
def trainer(client, rules):
    person = PersonFactory()
    grant = GrantFactory(person=person)
    enter(client, person)
    person.body = grant.organisation
    return person


def url(lesson, name="lesson"):
    return reverse(f"courses:{name}", args=[lesson.course.slug, lesson.uid])


# ── the catalogue ──
@pytest.mark.parametrize("rows", [1, 3])
def test_the_catalogue_costs_the_same_for_one_row_or_three(client, learner, rows, django_assert_num_queries):
    for _n in range(rows):
        LessonFactory()

    with django_assert_num_queries(4):  # session, person, count, page
        reply = client.get(reverse("courses:index"), headers={"HX-Request": "true"})

    assert len(reply.context["page"]) == rows


def test_words_and_facets_narrow_the_catalogue(client, learner):
    wanted = LessonFactory(course=CourseFactory(title="政务数据目录编制实务", theme="data", form="required")).course
    LessonFactory(course=CourseFactory(title="等级保护三级要点", theme="infra_security"))

    for query in ("q=数据 目录", "theme=data", "form=required", "theme=data&ability=steer&length=short"):
        page = client.get(reverse("courses:index") + f"?{query}").context["page"]
        assert list(page) == [wanted]
    assert not list(client.get(reverse("courses:index") + "?ability=guide").context["page"])
    assert len(client.get(reverse("courses:index") + "?theme=nonsense&page=99").context["page"]) == 2


def test_a_draft_course_is_not_there(client, learner):
    course = LessonFactory(course=CourseFactory(live=False)).course

    assert client.get(reverse("courses:course", args=[course.slug])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_a_course_costs_the_same_for_one_lesson_or_three(client, learner, rules, rows, django_assert_num_queries):
    course = CourseFactory()
    for _n in range(rows):
        LessonFactory(course=course)

    with django_assert_num_queries(15):
        reply = client.get(reverse("courses:course", args=[course.slug]))

    assert len(reply.context["outline"].steps) == rows


# ── the player ──
def sitting(client, lesson):
    return client.post(url(lesson, "sitting")).json()["key"]


def beat(client, key, seq, playhead=15_000, played=15_000, visible=True):
    body = {"key": key, "seq": seq, "playhead": playhead, "played": played, "visible": visible}
    return client.post(reverse("courses:beat"), json.dumps(body), content_type="application/json")


def test_the_server_counts_what_its_clock_allows(client, learner, rules):
    lesson = LessonFactory(is_video=True)
    key = sitting(client, lesson)
    PlaySession.objects.update(last_beat_at=timezone.now() - timedelta(seconds=15))

    told = beat(client, key, 1).json()

    assert told["counted"] == 15_000
    assert told["completed"] is False


def test_forged_seconds_right_after_the_start_bring_nothing_much(client, learner, rules):
    lesson = LessonFactory(is_video=True)

    told = beat(client, sitting(client, lesson), 1, playhead=600_000, played=600_000).json()

    assert told["counted"] < 2_000
    assert Suspicion.objects.get().kind == "faster"
    assert not HourEntry.objects.exists()


@pytest.mark.parametrize("key", ["", "forged", None])
def test_a_forged_key_opens_nothing(client, learner, rules, key):
    lesson = LessonFactory(is_video=True)
    sitting(client, lesson)

    assert beat(client, key, 1).status_code == 409


def test_the_key_of_another_person_opens_nothing(client, learner, rules):
    lesson = LessonFactory(is_video=True)
    key = sitting(client, lesson)
    enter(client, PersonFactory())

    assert beat(client, key, 1).status_code == 409
    assert LessonProgress.objects.get().counted_ms == 0


UNREADABLE = [
    "",
    "[]",
    "{}",
    '{"key":"a","seq":"1","playhead":0,"played":0,"visible":true}',
    '{"key":"a","seq":1,"playhead":1e9,"played":0,"visible":true}',
    '{"key":"a","seq":true,"playhead":0,"played":0}',
    "x" * 3000,
]


@pytest.mark.parametrize("body", UNREADABLE)
def test_a_beat_that_cannot_be_read_is_refused(client, learner, rules, body):
    reply = client.post(reverse("courses:beat"), body, content_type="application/json")

    assert reply.status_code == 400
    assert "error" in reply.json()


def test_the_first_device_is_told_when_a_second_takes_over(client, learner, rules):
    lesson = LessonFactory(is_video=True)
    first = sitting(client, lesson)
    sitting(client, lesson)

    reply = beat(client, first, 1)

    assert (reply.status_code, reply.json()["over"]) == (409, True)
    assert "另一台设备" in reply.json()["error"]


def test_the_video_comes_in_parts(client, learner, rules, settings, tmp_path):
    name = storages["private"].save("courses/video/test.mp4", ContentFile(b"0123456789"))
    lesson = LessonFactory(is_video=True, video=name)

    part = client.get(url(lesson, "video"), headers={"Range": "bytes=2-5"})

    assert (part.status_code, b"".join(part.streaming_content), part["Content-Range"]) == (206, b"2345", "bytes 2-5/10")
    storages["private"].delete(name)


def test_an_article_cannot_be_closed_before_its_time(client, learner, rules):
    lesson = LessonFactory(body=[("paragraph", "<p>" + "字" * 500 + "</p>")])
    client.get(url(lesson))

    reply = client.post(url(lesson, "lesson_read"), follow=True)

    assert "还需阅读60秒" in reply.content.decode()
    assert LessonProgress.objects.get().completed_at is None


def test_notes_are_ones_own(client, learner, rules):
    lesson = LessonFactory(is_video=True)
    client.post(url(lesson, "note_add"), {"text": "责任人还空着", "at_ms": 712_000})
    assert "11:52" in client.get(url(lesson)).content.decode()

    enter(client, PersonFactory())

    assert "责任人还空着" not in client.get(url(lesson)).content.decode()


# ── the quiz ──
@pytest.fixture
def quiz(rules):
    lesson = LessonFactory(is_quiz=True)
    for n in range(3):
        QuestionFactory(lesson=lesson, why=f"因为第{n}条", choices=[("甲", False), ("乙对", True), ("丙", False)])
    return lesson


def answers(attempt, right=True):
    found = {}
    for number, question in enumerate(attempt.paper, 1):
        place = question["correct"][0]
        found[f"q{number}"] = place if right else (place + 1) % 3
    return found


def test_the_key_does_not_leave_before_the_paper_is_handed_in(client, learner, quiz):
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()
    page = reverse("courses:attempt", args=[attempt.pk])

    before = client.get(page).content.decode()
    client.post(reverse("courses:attempt_submit", args=[attempt.pk]), answers(attempt))
    after = client.get(page).content.decode()

    assert "因为" not in before
    assert "correct" not in before
    assert "right" not in before.split('id="main"')[1].split("</main>")[0]
    assert "因为第0条" in after


def test_a_pass_brings_half_an_hour_and_a_miss_nothing(client, learner, quiz):
    client.post(url(quiz, "quiz_start"))
    first = QuizAttempt.objects.get()
    client.post(reverse("courses:attempt_submit", args=[first.pk]), answers(first, right=False))
    assert not HourEntry.objects.exists()

    client.post(url(quiz, "quiz_start"))
    second = QuizAttempt.objects.get(number=2)
    client.post(reverse("courses:attempt_submit", args=[second.pk]), answers(second))

    entry = HourEntry.objects.get()
    assert (str(entry.hours), entry.rule.code, entry.evidence["score"]) == ("0.50", "test-passed", 100)


def test_answers_are_kept_one_by_one_and_a_blank_is_named(client, learner, quiz):
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()
    client.post(reverse("courses:attempt_save", args=[attempt.pk]), {"q1": "1"})

    reply = client.post(reverse("courses:attempt_submit", args=[attempt.pk]), {"q3": "0"})

    assert reply.status_code == 422
    assert "第2题" in reply.content.decode()
    assert {a.number: a.chosen for a in attempt.answers.all()} == {1: [1], 3: [0]}


@pytest.mark.parametrize("bad", [{"q1": "7"}, {"q1": "-1"}, {"q1": ["0", "1"]}, {"q1": "x"}, {"q1": "999999999999999999999"}])
def test_an_impossible_answer_is_refused_and_nothing_is_kept(client, learner, quiz, bad):
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()

    reply = client.post(reverse("courses:attempt_save", args=[attempt.pk]), bad)

    assert reply.status_code == 409
    assert not attempt.answers.exists()


def test_a_handed_in_paper_stays(client, learner, quiz):
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()
    client.post(reverse("courses:attempt_submit", args=[attempt.pk]), answers(attempt, right=False))

    reply = client.post(reverse("courses:attempt_save", args=[attempt.pk]), answers(attempt))

    assert reply.status_code == 409
    attempt.refresh_from_db()
    assert attempt.score == 0


def test_three_attempts_a_day(learner, quiz):
    now = timezone.now()
    for n in range(3):
        attempt = quizzes.start(learner, quiz, at=now)
        for number, place in answers(attempt, right=False).items():
            quizzes.save_answer(attempt, int(number[1:]), [place], at=now)
        quizzes.submit(attempt, at=now)
        assert attempt.number == n + 1

    from hanlin.kernel.errors import Refused

    with pytest.raises(Refused, match="3次机会已用完"):
        quizzes.start(learner, quiz, at=now)
    assert quizzes.start(learner, quiz, at=now + timedelta(days=1)).number == 4


# ── the archive ──
@pytest.mark.parametrize("rows", [1, 3])
def test_the_archive_costs_the_same_for_one_row_or_three(client, learner, rules, rows, django_assert_num_queries):
    HourEntryFactory.create_batch(rows, person=learner)

    with django_assert_num_queries(12):
        reply = client.get(reverse("courses:archive"))

    assert len(reply.context["entries"]) == rows


def test_the_ledger_leaves_as_a_workbook_without_formulas(client, learner, rules):
    HourEntryFactory(person=learner, title="=cmd|' /C calc'!A0")

    reply = client.get(reverse("courses:ledger_file"))

    assert reply.status_code == 200
    assert reply.content.startswith(b"PK")


def test_records_are_ones_own(client, learner, quiz):
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()
    client.post(reverse("courses:attempt_submit", args=[attempt.pk]), answers(attempt))

    mine = client.get(reverse("courses:records")).json()["statements"]
    enter(client, PersonFactory())
    theirs = client.get(reverse("courses:records")).json()["statements"]

    assert {s["verb"]["display"]["en"] for s in mine} == {"passed", "completed"}
    assert theirs == []


# ── assignments ──
def test_an_assignment_reaches_those_who_are_meant_and_nobody_else(client, trainer, django_capture_on_commit_callbacks):
    inside = PostFactory(organisation=OrganisationFactory(parent=trainer.body))
    outside = PostFactory()
    course = LessonFactory().course
    due = timezone.localdate() + timedelta(days=9)
    form = {"course": course.pk, "organisations": [trainer.body.pk], "ranks": [inside.level.pk], "due_on": due.isoformat()}

    shown = client.post(reverse("courses:assignment_preview"), form)
    reply = client.post(reverse("courses:assignment_new"), form)
    assert shown.context["total"] == 1
    assert not Duty.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reply.url + "issue")

    duty = Duty.objects.get()
    assert (duty.person, duty.due_on) == (inside.person, due)
    assert Notice.objects.get(person=inside.person).due_on == due
    assert not Notice.objects.filter(person=outside.person).exists()


def test_the_past_and_other_bodies_are_refused(client, trainer):
    course, other = LessonFactory().course, OrganisationFactory()
    form = {"course": course.pk, "organisations": [other.pk], "due_on": "2020-01-01"}

    reply = client.post(reverse("courses:assignment_new"), form)

    assert reply.status_code == 422
    assert set(reply.context["form"].errors) == {"organisations", "due_on"}


def test_a_finished_course_closes_the_duty_and_its_notice(client, learner, quiz):
    assignment = AssignmentFactory(course=quiz.course)
    duty = assignments.impose(assignment, learner, assignment.owner, actor=None)
    client.post(url(quiz, "quiz_start"))
    attempt = QuizAttempt.objects.get()

    client.post(reverse("courses:attempt_submit", args=[attempt.pk]), answers(attempt))

    duty.refresh_from_db()
    assert duty.state == "done"
    assert Notice.objects.get(person=learner).done_at is not None


def test_one_click_reminds_everyone_behind_once_a_day(client, trainer, django_capture_on_commit_callbacks):
    assignment = AssignmentFactory(owner=trainer.body, course=LessonFactory().course)
    duties = [DutyFactory(assignment=assignment) for _n in range(2)]
    DutyFactory(assignment=assignment, state="done", done_at=timezone.now())
    remind = reverse("courses:assignment_remind", args=[assignment.pk])

    for _n in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(remind)

    assert set(Notice.objects.values_list("person", flat=True)) == {duty.person_id for duty in duties}
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_assignments_costs_the_same_for_one_row_or_three(client, trainer, rows, django_assert_num_queries):
    for _n in range(rows):
        AssignmentFactory(owner=trainer.body).organisations.add(trainer.body)

    with django_assert_num_queries(7):
        reply = client.get(reverse("courses:assignments"))

    assert len(reply.context["page"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_compliance_list_costs_the_same_for_one_row_or_three(client, trainer, rows, django_assert_num_queries):
    assignment = AssignmentFactory(owner=trainer.body)
    for _n in range(rows):
        DutyFactory(assignment=assignment, organisation=OrganisationFactory())

    with django_assert_num_queries(11):
        reply = client.get(reverse("courses:assignment", args=[assignment.pk]))

    assert (len(reply.context["bodies"]), len(reply.context["page"])) == (rows, rows)
