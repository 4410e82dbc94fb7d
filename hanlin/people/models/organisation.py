from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node, MP_NodeQuerySet

from hanlin.people.enums import OrganisationKind

from .region import Region


class OrganisationQuerySet(MP_NodeQuerySet):
    def under(self, path: str):
        """The body at `path` and all below it."""
        return self.filter(path__startswith=path)


class Organisation(MP_Node):
    """A body in the tree; its place in the tree is what a grant covers."""

    name = models.CharField(max_length=120)  # the name of today; earlier ones in `names`
    short_name = models.CharField(max_length=40, blank=True)
    credit_code = models.CharField(max_length=18, null=True, blank=True, unique=True)
    kind = models.CharField(max_length=20, choices=OrganisationKind)
    region = models.ForeignKey(Region, models.PROTECT, related_name="organisations")
    succeeded_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    closed_on = models.DateField(null=True, blank=True)
    document_code = models.CharField(max_length=20, blank=True)  # 机关代字, e.g. 示专委
    is_demo = models.BooleanField(default=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")

    def __str__(self) -> str:
        return self.name


class OrganisationName(models.Model):
    """A name that a body bore, from `valid_from` until before `valid_to`."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="names")
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("name of an organisation")
        indexes = [models.Index(fields=["name"], name="organisation_name")]

    def __str__(self) -> str:
        return self.name
