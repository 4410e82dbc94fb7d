from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class StandardKind(models.TextChoices):
    """What sort of rule an entry of the library is, the strongest first."""

    LAW = "law", _("law")
    REGULATION = "regulation", _("administrative regulation")
    PARTY = "party", _("Party regulation")
    DEPARTMENT = "department", _("departmental rule or normative document")
    MANDATORY = "mandatory", _("mandatory national standard")
    RECOMMENDED = "recommended", _("recommended national standard")
    LOCAL = "local", _("local rule")


class StandardStatus(models.TextChoices):
    IN_FORCE = "in_force", _("in force")
    REPLACED = "replaced", pgettext_lazy("standard", "replaced")
    UNKNOWN = "unknown", _("validity to be checked")
