from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Region
from hanlin.people.queries.scope import within


class ExpertCommitteeQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Published committees for everyone; the others for those whose roles reach them."""
        if not person.is_authenticated:
            return self.filter(is_published=True)
        return self.filter(models.Q(is_published=True) | within(person, "organisation", Role.SECRETARY, Role.LEADER))


class ExpertCommittee(models.Model):
    """An expert committee of a region. Its organisation is the node of the tree that a secretary's grant covers."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="expert_committee")
    region = models.ForeignKey(Region, models.PROTECT, related_name="expert_committees")
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    duties = models.TextField(_("duties"), blank=True)
    seats_planned = models.PositiveSmallIntegerField(_("seats planned"), default=0)  # voting seats by the charter
    is_published = models.BooleanField(_("roster is public"), default=True)
    is_demo = models.BooleanField(default=False)

    objects = ExpertCommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert committee")

    def __str__(self) -> str:
        return self.name

    def current_term(self, on=None):
        """The term that runs on a day (today), or None."""
        return self.terms.running(on or timezone.localdate()).first()


class TermQuerySet(models.QuerySet):
    def running(self, on: date) -> Self:
        """Terms that run on a day; of one committee there is one at most."""
        return self.filter(started_on__lte=on, ended_on__gt=on)


class Term(models.Model):
    """届: a committee's term of office, from `started_on` until before `ended_on`."""

    committee = models.ForeignKey(ExpertCommittee, models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()  # 第几届
    started_on = models.DateField()
    ended_on = models.DateField()

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of office")
        constraints = [
            models.UniqueConstraint(fields=["committee", "number"], name="term_number_once"),
            models.CheckConstraint(condition=models.Q(ended_on__gt=models.F("started_on")), name="term_dates_in_order"),
        ]

    def __str__(self) -> str:
        return str(_("%(committee)s, term %(number)d") % {"committee": self.committee, "number": self.number})

    @property
    def last_day(self) -> date:
        return self.ended_on - timedelta(days=1)


class SpecialistGroup(models.Model):
    """专业组: a group of a committee's experts by field."""

    committee = models.ForeignKey(ExpertCommittee, models.CASCADE, related_name="groups")
    name = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("specialist group")
        constraints = [models.UniqueConstraint(fields=["committee", "name"], name="group_once")]

    def __str__(self) -> str:
        return self.name
