from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import RegionLevel


class Region(models.Model):
    """An administrative division by GB/T 2260; 660000 for the corps is a convention, 990000 the fictional 示例省."""

    code = models.CharField(max_length=6, unique=True)
    name = models.CharField(max_length=60)
    name_hant = models.CharField(max_length=60, blank=True)
    name_en = models.CharField(max_length=120, blank=True)
    short = models.CharField(max_length=6, blank=True)  # 京, 沪, 兵团: the tile's label
    level = models.CharField(max_length=20, choices=RegionLevel)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("region")

    def __str__(self) -> str:
        language = get_language() or ""
        if language.startswith("zh-hant"):
            return self.name_hant or self.name
        return (self.name_en or self.name) if language.startswith("en") else self.name
