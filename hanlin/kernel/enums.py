from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PolicyMark(models.TextChoices):
    """How well a value is founded; shown beside it wherever it decides."""

    LAW = "law", _("read in the law")
    SECONDARY = "secondary", _("read in a secondary source")
    MEMORY = "memory", _("from memory, not verified")
    PROPOSAL = "proposal", _("proposed by Hanlin, no legal claim")


class JobState(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("task", "waiting")
    RUNNING = "running", pgettext_lazy("task", "running")
    DONE = "done", pgettext_lazy("task", "done")
    FAILED = "failed", pgettext_lazy("task", "failed")
    CANCELLED = "cancelled", pgettext_lazy("task", "cancelled")


class ImportState(models.TextChoices):
    UPLOADED = "uploaded", pgettext_lazy("import", "uploaded")
    CHECKED = "checked", pgettext_lazy("import", "checked")
    APPLIED = "applied", pgettext_lazy("import", "imported")
    REFUSED = "refused", pgettext_lazy("import", "refused")


class PaperKind(models.TextChoices):
    """The forms of paper the house issues; each has its own geometry."""

    NOTICE = "notice", pgettext_lazy("paper", "notice")
    LETTER = "letter", pgettext_lazy("paper", "official letter")
    MINUTES = "minutes", pgettext_lazy("paper", "minutes")
    OPINION = "opinion", pgettext_lazy("paper", "opinion")
    CERTIFICATE = "certificate", pgettext_lazy("paper", "certificate")
    TRANSCRIPT = "transcript", pgettext_lazy("paper", "transcript")


class PaperState(models.TextChoices):
    NUMBERED = "numbered", pgettext_lazy("paper", "being made")
    RENDERED = "rendered", pgettext_lazy("paper", "issued")
    FAILED = "failed", pgettext_lazy("paper", "could not be made")
