from django.db import models
from django.utils.translation import gettext_lazy as _


class Workday(models.Model):
    """One day that breaks the rule of Monday to Friday: a holiday, or a Saturday that is worked."""

    date = models.DateField(unique=True)
    works = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("exceptional day")

    def __str__(self) -> str:
        return f"{self.date} {'+' if self.works else '-'}"
