from datetime import date, timedelta
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.enums import AdmissionState, ExpertState
from hanlin.kernel.models import OfficialDocument
from hanlin.people.enums import Role
from hanlin.people.models import Person, Rank
from hanlin.people.queries.scope import within

from .committee import ExpertCommittee
from .field import Field


class ExpertQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Experts of the committees over which `person` is a secretary, and `person`'s own entry."""
        if not person.is_authenticated:
            return self.none()
        return self.filter(within(person, "committee__organisation", Role.SECRETARY) | models.Q(person=person))

    def live(self) -> Self:
        """Entries that have not ended."""
        return self.exclude(state=ExpertState.ENDED)

    def appointed_on(self, on: date) -> Self:
        """Entries that may be drawn on a day: in the pool, inside their term of appointment."""
        return self.filter(state=ExpertState.ACTIVE, admitted_on__lte=on, term_until__gt=on)


class Expert(models.Model):
    """An entry of a committee's pool. A person has one live entry at most."""

    NEXT = {
        ExpertState.ACTIVE: {ExpertState.SUSPENDED, ExpertState.ENDED},
        ExpertState.SUSPENDED: {ExpertState.ACTIVE, ExpertState.ENDED},
    }

    BADGES = {ExpertState.ACTIVE: "done", ExpertState.SUSPENDED: "soon", ExpertState.ENDED: "idle"}

    person = models.ForeignKey(Person, models.PROTECT, related_name="expert_entries")
    committee = models.ForeignKey(ExpertCommittee, models.PROTECT, related_name="experts")
    fields = models.ManyToManyField(Field, related_name="experts")
    title = models.ForeignKey(Rank, models.PROTECT, null=True, blank=True, related_name="+")  # professional title
    title_text = models.CharField(_("professional title"), max_length=40, blank=True)  # 律师 and others outside GB/T 8561
    practising_since = models.PositiveSmallIntegerField(_("in the field since"))  # a year
    admitted_on = models.DateField()
    term_until = models.DateField()  # the appointment holds until before this day
    state = models.CharField(max_length=10, choices=ExpertState, default=ExpertState.ACTIVE, editable=False)
    suspended_until = models.DateField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    objects = ExpertQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=~models.Q(state="ended"), name="expert_one_live_entry"),
            models.CheckConstraint(condition=models.Q(state__in=ExpertState.values), name="expert_state_known"),
            models.CheckConstraint(condition=models.Q(term_until__gt=models.F("admitted_on")), name="expert_dates_in_order"),
        ]
        indexes = [models.Index(fields=["committee", "state"], name="expert_pool")]

    def __str__(self) -> str:
        return self.person.name

    @property
    def last_day(self) -> date:
        return self.term_until - timedelta(days=1)

    @property
    def title_name(self) -> str:
        return str(self.title) if self.title else self.title_text

    def years(self, on) -> int:
        """Whole years in the field on a day."""
        return max(0, on.year - self.practising_since)


class PoolAdmissionQuerySet(models.QuerySet):
    def visible_to(self, person: Any) -> Self:
        """Admissions to the pools over which `person` is a secretary."""
        return self.filter(within(person, "committee__organisation", Role.SECRETARY))

    def open(self) -> Self:
        return self.filter(state__in=[AdmissionState.NOMINATED, AdmissionState.EXAMINED])


class PoolAdmission(models.Model):
    """One person's way into a pool: who put them forward and why, what the examination said, how it ended."""

    NEXT = {
        AdmissionState.NOMINATED: {AdmissionState.EXAMINED, AdmissionState.REFUSED, AdmissionState.WITHDRAWN},
        AdmissionState.EXAMINED: {AdmissionState.APPOINTED, AdmissionState.REFUSED, AdmissionState.WITHDRAWN},
    }

    BADGES = {
        AdmissionState.NOMINATED: "run",
        AdmissionState.EXAMINED: "run",
        AdmissionState.APPOINTED: "done",
        AdmissionState.REFUSED: "idle",
        AdmissionState.WITHDRAWN: "idle",
    }

    committee = models.ForeignKey(ExpertCommittee, models.PROTECT, related_name="admissions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="pool_admissions")
    fields = models.ManyToManyField(Field, related_name="+")
    title = models.ForeignKey(Rank, models.PROTECT, null=True, blank=True, related_name="+")
    title_text = models.CharField(_("professional title"), max_length=40, blank=True)
    practising_since = models.PositiveSmallIntegerField()
    grounds = models.TextField()  # why this person, in the nominator's words
    evidence = models.JSONField(default=list)  # what the registry of candidates showed at the time
    nominated_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    nominated_at = models.DateTimeField(auto_now_add=True)
    examined_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opinion = models.TextField(blank=True)  # of the examination, or the reason of a refusal
    state = models.CharField(max_length=10, choices=AdmissionState, default=AdmissionState.NOMINATED, editable=False)
    decided_at = models.DateTimeField(null=True)
    expert = models.OneToOneField(Expert, models.SET_NULL, null=True, related_name="admission")
    letter = models.ForeignKey(OfficialDocument, models.SET_NULL, null=True, related_name="+")  # of appointment
    is_demo = models.BooleanField(default=False)

    objects = PoolAdmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("admission to the pool")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(state__in=["nominated", "examined"]), name="admission_one_open"
            ),
            models.CheckConstraint(condition=models.Q(state__in=AdmissionState.values), name="admission_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.committee}"
