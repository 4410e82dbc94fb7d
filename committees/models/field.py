from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from committees.enums import FieldFamily


class Field(models.Model):
    """A speciality in the three-level classification; the code shows the level: A, A01, A0101."""

    code = models.CharField(max_length=5, unique=True)
    name = models.CharField(max_length=60)
    name_hant = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    level = models.PositiveSmallIntegerField()
    family = models.CharField(max_length=10, choices=FieldFamily)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")

    class Meta:
        verbose_name = _("field")
        constraints = [models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="field_three_levels")]

    def __str__(self) -> str:
        language = get_language() or ""
        if language.startswith("zh-hant"):
            return self.name_hant or self.name
        return (self.name_en or self.name) if language.startswith("en") else self.name
