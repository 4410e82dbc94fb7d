from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.enums import PolicyMark


class PolicyValue(models.Model):
    """One number of a regulation, in force from `valid_from` until before `valid_to`."""

    code = models.CharField(max_length=60)
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260 code; blank: everywhere
    value = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=30, blank=True)
    name = models.CharField(max_length=120)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=10, choices=PolicyMark)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("policy value")
        constraints = [
            models.UniqueConstraint(fields=["code", "region", "valid_from"], name="policy_one_start"),
            models.UniqueConstraint(fields=["code", "region"], condition=models.Q(valid_to=None), name="policy_one_open"),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")), name="policy_dates_in_order"
            ),
        ]
        indexes = [models.Index(fields=["code", "region", "-valid_from"], name="policy_lookup")]

    def __str__(self) -> str:
        return f"{self.code} = {self.value.normalize()} {self.unit}"

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)
