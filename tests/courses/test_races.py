"""What only threads on PostgreSQL can show."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.domain import playing, reference
from courses.domain.counting import Claim
from courses.models import LessonProgress, PlaySession, StudyDay
from tests.factories.courses import LessonFactory
from tests.factories.people import PersonFactory
from tests.together import at_once

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]


def test_two_beats_at_once_count_the_stretch_once():
    reference.load()
    person, lesson = PersonFactory(), LessonFactory(is_video=True)
    start = timezone.now()
    session = playing.begin(person, lesson, at=start)
    at = start + timedelta(seconds=15)
    claim = Claim(15_000, 15_000, True)

    at_once(*[lambda: playing.beat(person, session.pk, 1, claim, at=at)] * 4)

    assert LessonProgress.objects.get().counted_ms == 15_000
    assert StudyDay.objects.get().counted_ms == 15_000
    assert PlaySession.objects.get().seq == 1


def test_two_devices_starting_at_once_leave_one_sitting():
    reference.load()
    person, lesson = PersonFactory(), LessonFactory(is_video=True)
    at = timezone.now()

    at_once(*[lambda: playing.begin(person, lesson, at=at)] * 4)

    assert PlaySession.objects.filter(ended_at=None).count() == 1
    assert LessonProgress.objects.count() == 1
