from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import AttemptState
from hanlin.people.models import Person

from .study import LessonProgress


class QuizAttempt(models.Model):
    """One go at a quiz. `paper` is the questions as drawn, with their key; it never leaves the server before `submitted_at`.

    paper: [{"question": pk, "kind", "text", "why", "choices": [text], "correct": [place]}]
    """

    NEXT = {AttemptState.OPEN: {AttemptState.SUBMITTED}}

    person = models.ForeignKey(Person, models.CASCADE, related_name="quiz_attempts")
    progress = models.ForeignKey(LessonProgress, models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AttemptState, default=AttemptState.OPEN, editable=False)
    seed = models.CharField(max_length=16)
    paper = models.JSONField()
    pass_line = models.PositiveSmallIntegerField()  # as the policy stood at the start
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    passed = models.BooleanField(null=True)

    class Meta:
        verbose_name = _("quiz attempt")
        constraints = [
            models.UniqueConstraint(fields=["progress", "number"], name="attempt_number"),
            models.UniqueConstraint(fields=["progress"], condition=Q(state=AttemptState.OPEN), name="attempt_one_open"),
            models.CheckConstraint(condition=Q(score=None) | Q(score__lte=100), name="attempt_score_of_100"),
            models.CheckConstraint(
                condition=Q(state=AttemptState.OPEN, submitted_at=None, score=None)
                | Q(state=AttemptState.SUBMITTED, submitted_at__isnull=False, score__isnull=False),
                name="attempt_submitted_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.progress} {self.number}"


class Answer(models.Model):
    """What was chosen, as last saved: places in the drawn order of choices."""

    attempt = models.ForeignKey(QuizAttempt, models.CASCADE, related_name="answers")
    number = models.PositiveSmallIntegerField()  # place of the question on the paper, from 1
    chosen = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    right = models.BooleanField(null=True)  # known when the attempt is handed in

    class Meta:
        verbose_name = _("answer")
        constraints = [models.UniqueConstraint(fields=["attempt", "number"], name="answer_once")]

    def __str__(self) -> str:
        return f"{self.attempt} {self.number}"
