from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from courses.domain import playing
from courses.domain.counting import Claim
from courses.models import Enrolment, HourEntry, PlaySession, StudyDay, Suspicion
from hanlin.kernel.errors import Refused
from hanlin.records.models import Statement
from tests.factories.courses import LessonFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def lesson(rules):
    return LessonFactory(is_video=True, duration_ms=60_000)


@pytest.fixture
def person():
    return PersonFactory()


def watch(person, session, *, until, since=0, step=15, seq=0, start=NOON):
    """Beats of an honest player from media second `since` to `until`; `start` is when the first stretch begins."""
    standing = None
    for n, head in enumerate(range(since + step, until + step, step), 1):
        end = min(head, until)
        at = start + timedelta(seconds=end - since)
        claim = Claim(end * 1000, (end - (head - step)) * 1000, True)
        standing = playing.beat(person, session.pk, seq + n, claim, at=at)
    return standing


def test_watching_to_the_end_posts_the_hours_and_completes_the_course(person, lesson):
    session = playing.begin(person, lesson, at=NOON)

    standing = watch(person, session, until=60)

    assert (standing.counted, standing.completed) == (60_000, True)
    entry = HourEntry.objects.get(person=person)
    assert (entry.hours, entry.rule.code, entry.minutes) == (Decimal("0.25"), "video-micro", Decimal("1.00"))
    assert entry.evidence["spans"] == [[0, 60_000]] or entry.evidence["counted_ms"] >= 57_000
    assert Enrolment.objects.get(person=person).state == "completed"
    assert {s.verb.rsplit("/", 1)[-1] for s in Statement.objects.filter(actor=person)} == {"experienced", "completed"}


def test_ninety_four_percent_is_not_enough(person, lesson):
    session = playing.begin(person, lesson, at=NOON)

    standing = watch(person, session, until=56, step=14)

    assert standing.completed is False
    assert not HourEntry.objects.exists()


def test_a_replayed_beat_counts_nothing_and_is_noted(person, lesson):
    session = playing.begin(person, lesson, at=NOON)
    claim = Claim(15_000, 15_000, True)
    playing.beat(person, session.pk, 1, claim, at=NOON + timedelta(seconds=15))

    standing = playing.beat(person, session.pk, 1, Claim(30_000, 15_000, True), at=NOON + timedelta(seconds=30))

    assert standing.counted == 15_000
    assert list(Suspicion.objects.values_list("kind", flat=True)) == ["replayed"]


def test_a_second_device_takes_over_and_the_first_is_told(person, lesson):
    first = playing.begin(person, lesson, at=NOON, device="手机")
    second = playing.begin(person, lesson, at=NOON + timedelta(seconds=10), device="电脑")

    with pytest.raises(playing.SessionOver, match="另一台设备"):
        playing.beat(person, first.pk, 1, Claim(15_000, 15_000, True), at=NOON + timedelta(seconds=15))

    assert PlaySession.objects.filter(person=person, ended_at=None).get() == second


def test_somebody_elses_sitting_cannot_be_fed(person, lesson):
    session = playing.begin(person, lesson, at=NOON)

    with pytest.raises(playing.SessionOver):
        playing.beat(PersonFactory(), session.pk, 1, Claim(15_000, 15_000, True), at=NOON + timedelta(seconds=15))


def test_two_sittings_watching_the_same_minute_count_it_once(person, lesson):
    watch(person, playing.begin(person, lesson, at=NOON), until=30)
    later = NOON + timedelta(minutes=5)

    standing = watch(person, playing.begin(person, lesson, at=later), until=30, start=later)

    assert standing.counted == 30_000
    assert StudyDay.objects.get(person=person).counted_ms == 30_000


def test_the_daily_cap_stops_the_count(person, lesson):
    StudyDay.objects.create(person=person, day=NOON.date(), counted_ms=8 * 3_600_000 - 5_000)
    session = playing.begin(person, lesson, at=NOON)

    standing = watch(person, session, until=30)

    assert standing.counted == 5_000
    assert standing.today == standing.cap


def test_a_silent_laptop_brings_no_more_than_the_tolerance(rules, person):
    lesson = LessonFactory(is_video=True, duration_ms=600_000)
    session = playing.begin(person, lesson, at=NOON)

    standing = playing.beat(person, session.pk, 1, Claim(300_000, 300_000, True), at=NOON + timedelta(minutes=5))

    assert standing.counted == 45_000


def test_reading_is_closed_only_after_its_least_time(rules, person):
    article = LessonFactory(body=[("paragraph", "<p>" + "字" * 250 + "</p>")])
    session = playing.begin(person, article, at=NOON)

    with pytest.raises(Refused, match="还需阅读30秒"):
        playing.finish_reading(person, article, at=NOON)
    for n in (1, 2):
        playing.beat(person, session.pk, n, Claim(0, 15_000, True), at=NOON + timedelta(seconds=15 * n))
    progress = playing.finish_reading(person, article, at=NOON + timedelta(seconds=31))

    assert progress.completed_at
    assert HourEntry.objects.get(person=person).rule.code == "article-short"


def test_forged_reading_time_is_held_to_the_clock(rules, person):
    article = LessonFactory(body=[("paragraph", "<p>" + "字" * 2500 + "</p>")])
    session = playing.begin(person, article, at=NOON)

    standing = playing.beat(person, session.pk, 1, Claim(0, 300_000, True), at=NOON + timedelta(seconds=5))

    assert standing.counted == 5_000
    assert Suspicion.objects.get().kind == "faster"


def test_what_was_studied_stays_readable_after_the_lesson_changes(person, lesson):
    session = playing.begin(person, lesson, at=NOON)
    was = session.progress.revision
    lesson.title = "改过的标题"
    lesson.save()

    again = playing.begin(person, lesson, at=NOON + timedelta(minutes=1))
    other = playing.begin(PersonFactory(), lesson, at=NOON)

    assert again.progress.revision == was
    assert other.progress.revision.number == was.number + 1


def test_a_completed_course_brings_a_certificate_that_counts_its_hours(person, lesson, django_capture_on_commit_callbacks):
    from courses.models import Certificate
    from hanlin.people.models import Organisation

    Organisation.objects.filter(pk=lesson.course.organisation_id).update(document_code="示党校")

    watch(person, playing.begin(person, lesson, at=NOON), until=60)

    certificate = Certificate.objects.get(person=person)
    assert (certificate.number, certificate.hours) == ("示党校结字〔2026〕第00001号", Decimal("0.25"))
    assert certificate.document.data["started_on"] == "2026-11-23"


def test_without_a_document_code_the_course_still_completes(person, lesson):
    watch(person, playing.begin(person, lesson, at=NOON), until=60)

    assert Enrolment.objects.get(person=person).state == "completed"
