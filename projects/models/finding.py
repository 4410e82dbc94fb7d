from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Person
from projects.enums import FindingState

from .opinion import OpinionItem
from .review import ExpertReview


class Finding(models.Model):
    """Something the owner must change, through its states until it is struck off (销号)."""

    NEXT = {
        FindingState.OPEN: {FindingState.NOTIFIED},
        FindingState.NOTIFIED: {FindingState.REPLIED, FindingState.OVERDUE},
        FindingState.OVERDUE: {FindingState.REPLIED, FindingState.ESCALATED},
        FindingState.REPLIED: {FindingState.RECHECKED, FindingState.CLOSED},
        FindingState.RECHECKED: {FindingState.REPLIED, FindingState.OVERDUE},
        FindingState.ESCALATED: {FindingState.REPLIED},
    }

    BADGES = {
        FindingState.NOTIFIED: "soon",
        FindingState.REPLIED: "run",
        FindingState.RECHECKED: "soon",
        FindingState.OVERDUE: "late",
        FindingState.ESCALATED: "late",
        FindingState.CLOSED: "done",
    }

    review = models.ForeignKey(ExpertReview, models.PROTECT, related_name="findings")
    item = models.OneToOneField(OpinionItem, models.PROTECT, null=True, related_name="finding")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN, editable=False)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("finding")
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="finding_once"),
            models.CheckConstraint(condition=models.Q(state__in=FindingState.values), name="finding_state_known"),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="finding_ageing")]

    def __str__(self) -> str:
        return self.text[:80]


class FindingStep(models.Model):
    """One step of a finding: who moved it where, and in which words."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=FindingState)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("step of a finding")

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class Evidence(models.Model):
    """A file that shows that a finding was dealt with."""

    step = models.ForeignKey(FindingStep, models.CASCADE, related_name="evidence")
    file = models.CharField(max_length=200)  # name in the private storage
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    sm3 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("evidence")

    def __str__(self) -> str:
        return self.file_name
