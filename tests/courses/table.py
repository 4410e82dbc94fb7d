"""Who may open which address of this room."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.utils import timezone

from courses.domain import quizzes, reference
from courses.domain.outline import freeze
from courses.models import Assignment, Enrolment, LessonNote, LessonProgress
from tests.factories.courses import AssignmentFactory, CourseFactory, LessonFactory, QuestionFactory
from tests.permissions import Row

TRAINERS = "training_admin"
FOLLOWERS = "training_admin leader"


def build(world):
    """A course with a video, an article and a quiz; the learner's attempt and note; a draft and an issued assignment."""
    reference.load()
    course = CourseFactory(organisation=world.bodies["province"])
    video = LessonFactory(course=course, is_video=True)
    for field, words in ((video.video, b"a film"), (video.captions, b"WEBVTT")):
        if not field.storage.exists(field.name):
            field.storage.save(field.name, ContentFile(words))
    article = LessonFactory(course=course)
    quiz = LessonFactory(course=course, is_quiz=True)
    QuestionFactory(lesson=quiz)
    learner = world.people["learner"]
    attempt = quizzes.start(learner, quiz, at=timezone.now())
    enrolment = Enrolment.objects.get(person=learner, course=course)
    LessonProgress.objects.create(person=learner, lesson=video, enrolment=enrolment, revision=freeze(video))
    note = LessonNote.objects.create(person=learner, lesson=video, text="记一条")
    owner = world.bodies["province"]
    issued = AssignmentFactory(course=course, owner=owner)
    draft = AssignmentFactory(course=course, owner=owner, state="draft", issued_at=None)
    for row in (issued, draft):
        row.organisations.add(owner)
    assert Assignment.objects.count() == 2
    return {"course": course, "video": video, "article": article, "quiz": quiz, "attempt": attempt, "note": note,
            "issued": issued, "draft": draft}  # fmt: skip


def _lesson(kind):
    return lambda things: [things["course"].slug, things[kind].uid]


def _pk(name):
    return lambda things: [things[name].pk]


def _due(things):
    return {
        "course": things["course"].pk,
        "organisations": [things["province"].pk],
        "due_on": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }


def _slug(things):
    return [things["course"].slug]


HIDDEN = {"hidden": "other_learner secretary other_secretary expert other_expert owner system_admin security_admin audit_admin "
                    "training_admin leader"}  # fmt: skip

ROWS = {
    "courses:index": Row("members"),
    "courses:course": Row("members", args=_slug),
    "courses:course_start": Row("members", ok=302, method="post", args=_slug),
    "courses:lesson": Row("members", args=_lesson("video")),
    "courses:sitting": Row("members", method="post", args=_lesson("video")),
    "courses:lesson_read": Row("members", ok=302, method="post", args=_lesson("article")),
    "courses:note_add": Row(
        "members", ok=302, method="post", args=_lesson("video"), data=lambda things: {"text": "好", "at_ms": 0}
    ),
    "courses:quiz_start": Row("members", ok=302, method="post", args=_lesson("quiz")),
    "courses:video": Row("members", args=_lesson("video")),
    "courses:captions": Row("members", args=_lesson("video")),
    "courses:beat": Row(deny=400, method="post"),  # no beat in the body: nobody gets further
    "courses:leave": Row("members", ok=204, method="post"),
    "courses:note_delete": Row("learner", ok=302, method="post", args=_pk("note"), **HIDDEN),
    "courses:attempt": Row("learner", args=_pk("attempt"), **HIDDEN),
    "courses:attempt_save": Row("learner", method="post", args=_pk("attempt"), **HIDDEN),
    "courses:attempt_submit": Row("learner", ok=422, method="post", args=_pk("attempt"), **HIDDEN),  # nothing is answered
    "courses:archive": Row("members"),
    "courses:ledger_file": Row("members"),
    "courses:records": Row("members"),
    "courses:transcript": Row("members", ok=302, method="post"),
    "courses:assignments": Row(FOLLOWERS),
    "courses:assignment_new": Row(TRAINERS),
    "courses:assignment_preview": Row(TRAINERS, method="post", data=_due),
    "courses:assignment": Row(FOLLOWERS, args=_pk("issued")),
    "courses:assignment_people": Row(FOLLOWERS, args=_pk("issued")),
    "courses:assignment_issue": Row(TRAINERS, ok=302, method="post", args=_pk("draft")),
    "courses:assignment_remind": Row(TRAINERS, ok=302, method="post", args=_pk("issued")),
    "courses:assignment_withdraw": Row(TRAINERS, ok=302, method="post", args=_pk("issued")),
}
