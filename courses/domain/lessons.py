"""Finishing lessons: hours, records, and the course when it was the last one."""

from datetime import datetime

from django.db import transaction

from courses.domain import certificates, enrolments, hours
from courses.domain.outline import freeze
from courses.models import Lesson, LessonProgress
from hanlin.kernel.domain.audit import log
from hanlin.people.models import Person
from hanlin.records.domain.statements import record
from hanlin.records.enums import Verb

VERB = {"video": Verb.EXPERIENCED, "article": Verb.EXPERIENCED, "quiz": Verb.PASSED}
ACTIVITY = {"video": "media", "article": "lesson", "quiz": "assessment"}


@transaction.atomic
def enter(person: Person, lesson: Lesson, *, at: datetime | None = None) -> LessonProgress:
    """Where the person stands in a lesson; the first entry enrols, and keeps the lesson as it is now.

    Raises Refused where course or lesson are not open.
    """
    enrolment = enrolments.enrol(person, lesson.course, actor=person, at=at)
    found = LessonProgress.objects.filter(enrolment=enrolment, lesson=lesson, person=person)
    if progress := found.select_related("revision", "enrolment").first():
        return progress
    progress, _new = LessonProgress.objects.get_or_create(
        person=person, lesson=lesson, enrolment=enrolment, defaults={"revision": freeze(lesson)}
    )
    return progress


@transaction.atomic
def complete(progress: LessonProgress, *, at: datetime) -> None:
    """Close a lesson that its own rule found done: the caller has checked. Safe to call twice."""
    if not LessonProgress.objects.filter(pk=progress.pk, completed_at=None).update(completed_at=at):
        return
    progress.completed_at = at
    lesson = progress.lesson
    log(progress, "courses.lesson.complete", actor=progress.person, after={"counted_ms": progress.counted_ms})
    hours.post_lesson(progress, at=at)
    result = {"completion": True, "duration": f"PT{progress.counted_ms / 1000:.0f}S"}
    if progress.score is not None:
        result |= {"success": True, "score": {"raw": progress.score, "min": 0, "max": 100, "scaled": progress.score / 100}}
    record(
        progress.person,
        VERB[lesson.kind],
        f"/courses/{lesson.course.slug}/lessons/{lesson.uid}/",
        at=at,
        object={"name": {"zh-CN": lesson.title}, "type": f"http://adlnet.gov/expapi/activities/{ACTIVITY[lesson.kind]}"},
        result=result,
        context={"contextActivities": {"parent": [{"id": f"/courses/{lesson.course.slug}/"}]}},
        occasion=f"progress:{progress.pk}",
    )
    if enrolments.settle(progress.enrolment, at=at, actor=progress.person):
        certificates.issue(progress.enrolment, actor=None)
