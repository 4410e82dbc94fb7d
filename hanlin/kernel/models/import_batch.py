import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.enums import ImportState


class ImportBatch(models.Model):
    """One table that somebody brought. What its rows say stays in the private file; the report holds row numbers and errors."""

    NEXT = {
        ImportState.UPLOADED: {ImportState.CHECKED, ImportState.REFUSED},
        ImportState.CHECKED: {ImportState.APPLIED, ImportState.REFUSED},
    }

    BADGES = {
        ImportState.UPLOADED: "run",
        ImportState.CHECKED: "soon",
        ImportState.APPLIED: "done",
        ImportState.REFUSED: "late",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)  # as registered
    context = models.JSONField(default=dict)  # what the table belongs to: {"class": "5"}
    file = models.CharField(max_length=100, blank=True)  # name in the private storage; blank after its time
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.UPLOADED, editable=False)
    total = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)  # refused, ignored headers, plan and result counts, errors by row number
    job = models.ForeignKey("Job", models.SET_NULL, null=True, related_name="+")
    actor_id = models.BigIntegerField()
    actor_name = models.CharField(max_length=80)
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import")
        constraints = [models.CheckConstraint(condition=models.Q(state__in=ImportState.values), name="import_state_known")]
        indexes = [models.Index(fields=["kind", "actor_id", "-created_at"], name="import_recent")]

    def __str__(self) -> str:
        return self.file_name
