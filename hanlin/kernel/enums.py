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


class PaperKind(models.TextChoices):
    """The forms of paper the house issues; each has its own geometry."""

    NOTICE = "notice", pgettext_lazy("paper", "notice")
    LETTER = "letter", pgettext_lazy("paper", "official letter")
    MINUTES = "minutes", pgettext_lazy("paper", "minutes")
    OPINION = "opinion", pgettext_lazy("paper", "opinion")
    CERTIFICATE = "certificate", pgettext_lazy("paper", "certificate")
    TRANSCRIPT = "transcript", pgettext_lazy("paper", "transcript")


class PaperState(models.TextChoices):
    NUMBERED = "numbered", _("being made")
    RENDERED = "rendered", _("issued")
    FAILED = "failed", _("could not be made")
