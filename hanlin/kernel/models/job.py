import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.enums import JobState


class Job(models.Model):
    """One long task. The row is the truth; the queue only rings to have it looked at.

    A worker owns a running job until `lease_until`; past that anyone may take it up again.
    """

    NEXT = {
        JobState.WAITING: {JobState.RUNNING, JobState.CANCELLED},
        JobState.RUNNING: {JobState.DONE, JobState.FAILED, JobState.CANCELLED, JobState.WAITING},
        JobState.FAILED: {JobState.WAITING},
    }

    BADGES = {
        JobState.WAITING: "idle",
        JobState.RUNNING: "run",
        JobState.DONE: "done",
        JobState.FAILED: "late",
        JobState.CANCELLED: "idle",
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)  # room.verb, as registered
    key = models.CharField(max_length=120, blank=True)  # one live job per (kind, key) where a key is given
    arguments = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING, editable=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    result_file = models.CharField(max_length=200, blank=True)  # name in the private storage
    error_file = models.CharField(max_length=200, blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=10, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    cancel_asked = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("job")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=models.Q(state__in=["waiting", "running"]) & ~models.Q(key=""),
                name="job_one_live_per_key",
            ),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="job_sweep")]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def is_live(self) -> bool:
        return self.state in (JobState.WAITING, JobState.RUNNING)


class Outbox(models.Model):
    """One message that must leave: written with its cause, sent by a worker, tried again until it is gone."""

    channel = models.CharField(max_length=20)  # mail, sms, wecom, dingtalk, webhook
    key = models.CharField(max_length=200, unique=True)  # idempotency: the same cause never sends twice
    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("outgoing message")
        indexes = [models.Index(fields=["due_at"], condition=models.Q(sent_at=None, given_up_at=None), name="outbox_due")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.subject}"
