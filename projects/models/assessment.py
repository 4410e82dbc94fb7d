from django.db import models
from django.utils.translation import gettext_lazy as _

from projects.enums import AssessmentState, GateOutcome, ItemKind, Verdict

from .definition import Criterion, Gate
from .panel import PanelSeat


class Assessment(models.Model):
    """What one seat thinks of the project: a draft saved as it is typed, then handed in for good.

    `draft`: {"ratings": {criterion code: {"value", "reason"}}, "gates": {code: {"outcome", "comment"}},
    "items": [{"kind", "text", "page", "criterion"}], "comment": text}. Ratings and the rest become rows on handing in.
    """

    NEXT = {
        AssessmentState.DRAFT: {AssessmentState.SUBMITTED, AssessmentState.VOIDED},
        AssessmentState.SUBMITTED: {AssessmentState.VOIDED},
    }

    seat = models.OneToOneField(PanelSeat, models.PROTECT, related_name="assessment")
    state = models.CharField(max_length=10, choices=AssessmentState, default=AssessmentState.DRAFT, editable=False)
    draft = models.JSONField(default=dict)
    edition = models.PositiveIntegerField(default=0)  # counts savings: an older page cannot write over a newer one
    writer = models.CharField(max_length=32, blank=True)  # the opened page that saved last
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    comment = models.TextField(blank=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    void_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("assessment")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=AssessmentState.values), name="assessment_state_known"),
            models.CheckConstraint(
                condition=models.Q(score=None) | models.Q(score__gte=0, score__lte=100), name="assessment_score_percent"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="submitted") | models.Q(score__isnull=False, submitted_at__isnull=False),
                name="assessment_submitted_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} {self.get_state_display()}"


class Rating(models.Model):
    """A choice on the anchored scale; three or less says why."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="ratings")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="ratings")
    value = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)

    class Meta:
        verbose_name = _("rating")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="rating_once"),
            models.CheckConstraint(condition=models.Q(value__gte=1, value__lte=5), name="rating_within_scale"),
            models.CheckConstraint(condition=models.Q(value__gt=3) | ~models.Q(reason=""), name="rating_low_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.value}"


class GateRating(models.Model):
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="gate_ratings")
    gate = models.ForeignKey(Gate, models.PROTECT, related_name="ratings")
    outcome = models.CharField(max_length=15, choices=GateOutcome)
    comment = models.TextField(blank=True)

    class Meta:
        verbose_name = _("judgement of a gate")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "gate"], name="gate_rating_once"),
            models.CheckConstraint(
                condition=models.Q(outcome__in=["pass", "not_applicable"]) | ~models.Q(comment=""), name="gate_rating_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gate_id}: {self.outcome}"


class Remark(models.Model):
    """Something an expert wants changed, or advises, with its place in the dossier."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="remarks")
    criterion = models.ForeignKey(Criterion, models.PROTECT, null=True, related_name="remarks")  # the attribute
    kind = models.CharField(max_length=8, choices=ItemKind)
    text = models.TextField()
    page = models.CharField(max_length=40, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("remark")

    def __str__(self) -> str:
        return self.text[:80]
