from django.db import models
from django.utils.translation import gettext_lazy as _


class PolicyMark(models.TextChoices):
    """How well a value is founded; shown beside it wherever it decides."""

    LAW = "law", _("read in the law")
    SECONDARY = "secondary", _("read in a secondary source")
    MEMORY = "memory", _("from memory, not verified")
    PROPOSAL = "proposal", _("proposed by Hanlin, no legal claim")


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", _("uploaded")
    CHECKED = "checked", _("checked")
    APPLIED = "applied", _("imported")
    REFUSED = "refused", _("refused")
