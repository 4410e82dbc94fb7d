from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import SessionEnd, SuspicionKind
from hanlin.people.models import Person

from .enrolment import Enrolment
from .lesson import Lesson, LessonRevision


class LessonProgress(models.Model):
    """Where a person stands in a lesson. All times are media milliseconds; `counted_ms` is what the server believes."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lesson_progress")
    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="progress")
    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    revision = models.ForeignKey(LessonRevision, models.PROTECT, related_name="progress")
    furthest_ms = models.PositiveIntegerField(default=0)
    resume_ms = models.PositiveIntegerField(default=0)
    counted_ms = models.PositiveIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True)  # best of a quiz, of 100
    studied_at = models.DateTimeField(auto_now=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("lesson progress")
        constraints = [
            models.UniqueConstraint(fields=["person", "lesson", "enrolment"], name="progress_once"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="progress_score_of_100"),
            models.CheckConstraint(condition=Q(resume_ms__lte=F("furthest_ms")), name="progress_resume_seen"),
        ]
        indexes = [models.Index(fields=["person", "-studied_at"], name="progress_latest")]

    def __str__(self) -> str:
        return f"{self.person} {self.lesson}"


class PlaySession(models.Model):
    """A sitting on one device. `clock_ms` is the server's clock between its beats, `counted_ms` what was believed of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="play_sessions")
    progress = models.ForeignKey(LessonProgress, models.CASCADE, related_name="sessions")
    device = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    last_beat_at = models.DateTimeField()
    seq = models.PositiveIntegerField(default=0)  # of the last beat that was taken
    clock_ms = models.PositiveBigIntegerField(default=0)
    counted_ms = models.PositiveBigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, choices=SessionEnd, blank=True)

    class Meta:
        verbose_name = _("play session")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="play_one_live_per_person"),
            models.CheckConstraint(condition=Q(counted_ms__lte=F("clock_ms")), name="play_counted_within_clock"),
            models.CheckConstraint(
                condition=Q(ended_at=None, end="") | (Q(ended_at__isnull=False) & ~Q(end="")), name="play_end_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.started_at:%Y-%m-%d %H:%M}"


class WatchedInterval(models.Model):
    """A merged span of media that a person has watched, and the server's clock span in which they did."""

    progress = models.ForeignKey(LessonProgress, models.CASCADE, related_name="intervals")
    start_ms = models.PositiveIntegerField()
    end_ms = models.PositiveIntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("watched interval")
        constraints = [
            models.CheckConstraint(condition=Q(end_ms__gt=F("start_ms")), name="interval_has_length"),
            models.UniqueConstraint(fields=["progress", "start_ms"], name="interval_one_start"),
        ]

    def __str__(self) -> str:
        return f"{self.start_ms}–{self.end_ms}"


class StudyDay(models.Model):
    """What a person's beats came to on one calendar day of the server's time zone."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="study_days")
    day = models.DateField()
    counted_ms = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("day of study")
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="study_day_once")]

    def __str__(self) -> str:
        return f"{self.person} {self.day}"


class Suspicion(models.Model):
    """A beat that claimed what the server did not believe: for a person to look at, without consequence by itself."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.ForeignKey(PlaySession, models.CASCADE, related_name="suspicions")
    kind = models.CharField(max_length=10, choices=SuspicionKind)
    at = models.DateTimeField()
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("suspicion")
        indexes = [models.Index(fields=["person", "-at"], name="suspicion_person")]

    def __str__(self) -> str:
        return self.get_kind_display()


class LessonNote(models.Model):
    """A learner's own note at a place of a lesson; nobody else reads it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lesson_notes")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="notes")
    at_ms = models.PositiveIntegerField(default=0)
    text = models.CharField(max_length=500)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("note")
        indexes = [models.Index(fields=["person", "lesson", "at_ms"], name="note_place")]

    def __str__(self) -> str:
        return self.text[:40]
