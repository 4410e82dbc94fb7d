from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import SEPARATED, Role

from .organisation import Organisation
from .person import Person


class GrantQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Grants that hold on a day (today)."""
        day = on or timezone.localdate()
        return self.filter(models.Q(ended_on=None) | models.Q(ended_on__gt=day), started_on__lte=day)

    def to_review(self, on):
        """Grants in force that nobody has looked at for a year."""
        year_ago = on.replace(year=on.year - 1) if (on.month, on.day) != (2, 29) else on.replace(year=on.year - 1, day=28)
        seen = models.Q(reviewed_on=None, started_on__lte=year_ago) | models.Q(reviewed_on__lte=year_ago)
        return self.in_force(on).filter(seen)


class Grant(models.Model):
    """A role over an organisation and all below it, from `started_on` until before `ended_on`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="grants")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200)
    reviewed_on = models.DateField(null=True, blank=True)  # the day somebody last confirmed that it is still needed

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(role__in=[str(role) for role in SEPARATED], ended_on=None),
                name="grant_administrators_apart",
            ),
            models.UniqueConstraint(
                fields=["person", "role", "organisation"], condition=models.Q(ended_on=None), name="grant_open_once"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")), name="grant_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.organisation}"
