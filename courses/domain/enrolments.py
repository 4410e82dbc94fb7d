"""People entering courses and finishing them."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import assignments
from courses.enums import EnrolmentState
from courses.models import Course, Enrolment, Lesson, LessonProgress
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.people.models import Person
from hanlin.records.domain.statements import record
from hanlin.records.enums import Verb


@transaction.atomic
def enrol(person: Person, course: Course, *, actor: Person, at: datetime | None = None) -> Enrolment:
    """The person's enrolment in a course: the live one, else the finished one, else a new one, open at once.

    Raises Refused where the course is not open.
    """
    mine = Enrolment.objects.filter(person=person, course=course)
    if found := mine.live().first() or mine.filter(state=EnrolmentState.COMPLETED).order_by("-completed_at").first():
        return found
    if not course.live:
        raise Refused(_("This course is not open for study. Choose another one from the catalogue."))
    try:
        with transaction.atomic():
            enrolment = Enrolment.objects.create(
                person=person, course=course, state=EnrolmentState.ACTIVE, started_at=at or timezone.now()
            )
    except IntegrityError:  # the same click twice
        return mine.live().get()
    log(enrolment, "courses.enrolment.start", actor=actor)
    return enrolment


@transaction.atomic
def withdraw(enrolment: Enrolment, *, actor: Person) -> None:
    """Leave a course before its end; hours already posted stay. Raises IllegalMove, StaleState."""
    move(enrolment, EnrolmentState.WITHDRAWN)
    log(enrolment, "courses.enrolment.withdraw", actor=actor)


@transaction.atomic
def settle(enrolment: Enrolment, *, at: datetime, actor: Person | None) -> bool:
    """Complete an enrolment whose published lessons are all done; True where it was completed just now."""
    if enrolment.state != EnrolmentState.ACTIVE:
        return False
    lessons = set(Lesson.objects.filter(course=enrolment.course_id, live=True).values_list("pk", flat=True))
    done = set(LessonProgress.objects.filter(enrolment=enrolment, completed_at__isnull=False).values_list("lesson_id", flat=True))
    if not lessons or lessons - done:
        return False
    move(enrolment, EnrolmentState.COMPLETED, completed_at=at)
    log(enrolment, "courses.enrolment.complete", actor=actor)
    course = enrolment.course
    record(
        enrolment.person,
        Verb.COMPLETED,
        f"/courses/{course.slug}/",
        at=at,
        object={"name": {"zh-CN": course.title}, "type": "http://adlnet.gov/expapi/activities/course"},
        result={"completion": True},
        occasion=f"enrolment:{enrolment.pk}",
    )
    assignments.fulfil(enrolment.person, course, at=at)
    return True
