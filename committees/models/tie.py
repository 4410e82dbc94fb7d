from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import AbsenceKind, Relation, TieKind, TieOrigin
from hanlin.people.models import Organisation, Person


class TieQuerySet(models.QuerySet):
    def standing(self) -> Self:
        """Ties that nobody has taken back."""
        return self.filter(retracted_at=None)


class Tie(models.Model):
    """利害关系: what binds a person, or a relative, to a body. `ended_on` is the last day it was so.

    A tie is never deleted: one that was recorded in error is retracted with a reason.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="ties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="ties")
    organisation_text = models.CharField(_("body, in words"), max_length=120, blank=True)
    kind = models.CharField(_("kind of tie"), max_length=12, choices=TieKind)
    relation = models.CharField(_("whose tie"), max_length=14, choices=Relation, default=Relation.SELF)
    position = models.CharField(_("position or details"), max_length=120, blank=True)
    started_on = models.DateField(_("from"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    origin = models.CharField(max_length=10, choices=TieOrigin)
    source = models.CharField(_("source"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    retracted_at = models.DateTimeField(null=True, blank=True)
    retracted_reason = models.CharField(max_length=200, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = TieQuerySet.as_manager()

    class Meta:
        verbose_name = _("tie")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(started_on=None) | models.Q(ended_on=None) | models.Q(ended_on__gte=models.F("started_on")),
                name="tie_dates_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False) | ~models.Q(organisation_text=""), name="tie_names_a_body"
            ),
        ]
        indexes = [models.Index(fields=["person", "kind"], name="tie_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.body}"

    @property
    def body(self) -> str:
        return self.organisation.name if self.organisation else self.organisation_text


class Absence(models.Model):
    """Days on which an expert cannot come, first and last included."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="absences")
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    kind = models.CharField(max_length=10, choices=AbsenceKind, default=AbsenceKind.AWAY)
    note = models.CharField(_("note"), max_length=120, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("absence")
        constraints = [
            models.CheckConstraint(condition=models.Q(last_day__gte=models.F("first_day")), name="absence_days_in_order")
        ]
        indexes = [models.Index(fields=["person", "first_day"], name="absence_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.first_day}"
