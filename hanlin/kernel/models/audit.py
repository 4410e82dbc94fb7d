from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntryQuerySet(models.QuerySet):
    """Append-only: what is written stays. Sealing goes through `kernel.domain.audit.seal`."""

    def delete(self):
        raise PermissionDenied("audit entries cannot be deleted")

    def update(self, **fields):
        if set(fields) - {"chain", "chain_id", "seq", "previous", "digest"}:
            raise PermissionDenied("audit entries cannot be changed")
        return super().update(**fields)


class AuditChain(models.Model):
    """The chain of one month: its last digest and its length. A closed chain anchors the next month's."""

    month = models.CharField(max_length=7, unique=True)  # 2026-11, by the server's time zone
    algorithm = models.CharField(max_length=8)  # sm3 or sha256: what this chain was made with
    genesis = models.CharField(max_length=64)
    head = models.CharField(max_length=64)
    length = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("audit chain")

    def __str__(self) -> str:
        return self.month


class AuditEntry(models.Model):
    """One thing that happened. Actor and object are kept by value, so that the entry outlives both."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)  # null: the system itself
    actor_name = models.CharField(max_length=80, blank=True)
    action = models.CharField(max_length=80)  # room.noun.verb
    object_type = models.CharField(max_length=80)  # app_label.model
    object_id = models.CharField(max_length=64)
    object_name = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    address = models.CharField(max_length=45, blank=True)
    chain = models.ForeignKey(AuditChain, models.PROTECT, null=True, related_name="entries")
    seq = models.PositiveBigIntegerField(null=True)
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        constraints = [models.UniqueConstraint(fields=["chain", "seq"], name="audit_seq_once")]
        indexes = [
            models.Index(fields=["object_type", "object_id"], name="audit_object"),
            models.Index(fields=["actor_id", "at"], name="audit_actor"),
            models.Index(fields=["at"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.action}"

    def delete(self, *args, **kwargs):
        raise PermissionDenied("audit entries cannot be deleted")
