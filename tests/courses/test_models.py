import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import HourEntry, PlaySession
from hanlin.records.models import Statement
from tests.factories.courses import CourseFactory, EnrolmentFactory, HourEntryFactory, LessonFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_a_person_has_one_live_enrolment_per_course():
    first = EnrolmentFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        EnrolmentFactory(person=first.person, course=first.course)


def test_hours_of_a_source_are_posted_once_a_year():
    entry = HourEntryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        HourEntryFactory(person=entry.person, source=entry.source)


def test_a_posting_can_neither_be_changed_nor_deleted():
    entry = HourEntryFactory()

    with pytest.raises(PermissionDenied):
        HourEntry.objects.update(hours=9)
    with pytest.raises(PermissionDenied):
        entry.delete()
    with pytest.raises(PermissionDenied):
        HourEntry.objects.all().delete()


def test_a_statement_can_neither_be_changed_nor_deleted():
    Statement.objects.create(actor=PersonFactory(), verb="v", object_id="o", timestamp=timezone.now())

    with pytest.raises(PermissionDenied):
        Statement.objects.update(verb="w")
    with pytest.raises(PermissionDenied):
        Statement.objects.all().delete()


def test_the_database_itself_refuses_more_counted_time_than_the_clock_gave(rules):
    from courses.domain.outline import freeze
    from courses.models import LessonProgress

    lesson = LessonFactory()
    enrolment = EnrolmentFactory(course=lesson.course)
    progress = LessonProgress.objects.create(person=enrolment.person, lesson=lesson, enrolment=enrolment, revision=freeze(lesson))
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        PlaySession.objects.create(
            person=enrolment.person, progress=progress, started_at=now, last_beat_at=now, clock_ms=1000, counted_ms=1001
        )


def test_a_course_without_lessons_is_not_in_the_catalogue():
    from courses.models import Course

    CourseFactory()
    shown = LessonFactory().course

    assert list(Course.objects.in_catalogue()) == [shown]
