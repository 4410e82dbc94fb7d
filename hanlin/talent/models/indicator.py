from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Organisation
from hanlin.talent.enums import IndicatorCode


class Worded(models.Model):
    """A row of data with a name and its definition in three languages."""

    name = models.CharField(max_length=60)
    name_hant = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    definition = models.TextField()
    definition_hant = models.TextField(blank=True)
    definition_en = models.TextField(blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.in_language("name")

    def in_language(self, field: str) -> str:
        """The field in the language of this request; Simplified Chinese where it lacks one."""
        language = get_language() or ""
        suffix = "_hant" if language.startswith("zh-hant") else "_en" if language.startswith("en") else ""
        return getattr(self, field + suffix) or getattr(self, field)

    @property
    def definition_shown(self) -> str:
        return self.in_language("definition")


class EchelonStage(Worded):
    """A stage of the talent echelon (人才梯队)."""

    code = models.CharField(max_length=12, unique=True)
    order = models.PositiveSmallIntegerField(unique=True)

    class Meta:
        verbose_name = _("stage of the echelon")


class Indicator(Worded):
    """A figure of the board: what it says, how it is reckoned, where it comes from."""

    code = models.CharField(max_length=12, choices=IndicatorCode, unique=True)
    formula = models.TextField()
    formula_hant = models.TextField(blank=True)
    formula_en = models.TextField(blank=True)
    source = models.CharField(max_length=60)
    source_hant = models.CharField(max_length=60, blank=True)
    source_en = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("indicator")

    @property
    def formula_shown(self) -> str:
        return self.in_language("formula")

    @property
    def source_shown(self) -> str:
        return self.in_language("source")


class IndicatorValueQuerySet(models.QuerySet):
    def under(self, paths):
        """Values of the bodies in any of these subtrees."""
        scope = models.Q(pk__in=[])
        for path in paths:
            scope |= models.Q(organisation__path__startswith=path)
        return self.filter(scope)


class IndicatorValue(models.Model):
    """One body's share of a figure: `value` out of `base`, by part (a stage, a step, an attribute, a bucket).

    Sums of rows are right for any subtree. Every row can be made again from the rooms below.
    """

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="indicator_values")
    part = models.CharField(max_length=20)
    value = models.DecimalField(max_digits=16, decimal_places=4)
    base = models.DecimalField(max_digits=16, decimal_places=4, default=0)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of an indicator")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "organisation", "part"], name="indicator_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.value}"
