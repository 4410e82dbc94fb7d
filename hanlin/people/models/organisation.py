from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from hanlin.people.enums import OrganisationKind

from .region import Region


class OrganisationQuerySet(MP_NodeQuerySet):
    def under(self, path: str):
        """The body at `path` and all below it."""
        return self.filter(path__startswith=path)

    def open(self, on=None):
        """Bodies that exist on a day (today)."""
        return self.filter(models.Q(closed_on=None) | models.Q(closed_on__gt=on or timezone.localdate()))


class OrganisationManager(MP_NodeManager.from_queryset(OrganisationQuerySet)):
    def get_queryset(self):
        """In the order of the tree, as treebeard's own manager gives it."""
        return OrganisationQuerySet(self.model, using=self._db).order_by("path")


class Organisation(MP_Node):
    """A body in the tree; its place in the tree is what a grant covers."""

    name = models.CharField(_("name"), max_length=120)  # the name of today; every name with its dates in `names`
    short_name = models.CharField(_("short name"), max_length=40, blank=True)
    credit_code = models.CharField(_("unified social credit code"), max_length=18, null=True, blank=True, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations", verbose_name=_("region"))
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    closed_on = models.DateField(null=True, blank=True)
    document_code = models.CharField(_("document code"), max_length=20, blank=True)  # 机关代字, e.g. 示专委
    is_demo = models.BooleanField(default=False)

    objects = OrganisationManager()

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name that a body bears or bore, from `valid_from` until before `valid_to`; the open one is today's."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("name of an organisation")
        indexes = [models.Index(fields=["name"], name="organisation_name")]
        constraints = [
            models.UniqueConstraint(fields=["organisation"], condition=models.Q(valid_to=None), name="organisation_one_name_today"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="organisation_name_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name
