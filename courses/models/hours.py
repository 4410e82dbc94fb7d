from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from courses.enums import Account, HourForm, HourMark
from hanlin.kernel.models import OfficialDocument
from hanlin.people.models import Person

from .course import Course
from .enrolment import Enrolment
from .lesson import Lesson


class HourRule(models.Model):
    """A dated conversion: what `form` gives for more than `over_minutes` up to `to_minutes`."""

    code = models.CharField(max_length=40)
    region = models.CharField(max_length=6, blank=True)  # GB/T 2260; blank: everywhere
    form = models.CharField(max_length=20, choices=HourForm)
    over_minutes = models.DecimalField(max_digits=7, decimal_places=2, default=0)  # exclusive, unless it is `from`
    inclusive = models.BooleanField(default=False)  # the lower bound itself belongs to the band
    to_minutes = models.DecimalField(max_digits=7, decimal_places=2, null=True)  # inclusive, unless the next band takes it
    hours = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=300)
    mark = models.CharField(max_length=10, choices=HourMark)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("rule of conversion")
        constraints = [
            models.UniqueConstraint(fields=["code", "region", "valid_from"], name="hour_rule_one_start"),
            models.CheckConstraint(condition=Q(hours__gte=0), name="hour_rule_not_negative"),
            models.CheckConstraint(condition=Q(to_minutes=None) | Q(to_minutes__gt=F("over_minutes")), name="hour_rule_band"),
            models.CheckConstraint(condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="hour_rule_dates"),
        ]

    def __str__(self) -> str:
        return self.code


class HourEntryQuerySet(models.QuerySet):
    def delete(self):
        raise PermissionDenied("postings stay; reverse them")

    def update(self, **fields):
        if set(fields) - {"live"}:
            raise PermissionDenied("postings stay; reverse them")
        return super().update(**fields)


class HourEntry(models.Model):
    """A posting in a person's ledger of hours. Never changed: a mistake is reversed by a second posting.

    `live` falls when a posting is reversed, so that its source may be posted again.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="hour_entries")
    account = models.CharField(max_length=10, choices=Account)
    source = models.CharField(max_length=80)  # lesson:<uid>, class:<id>, …: what was studied
    title = models.CharField(max_length=200)  # its name on that day
    year = models.PositiveSmallIntegerField()
    earned_on = models.DateField()
    minutes = models.DecimalField(max_digits=8, decimal_places=2)
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    rule = models.ForeignKey(HourRule, models.PROTECT, null=True, related_name="entries")
    course = models.ForeignKey(Course, models.SET_NULL, null=True, related_name="hour_entries")
    lesson = models.ForeignKey(Lesson, models.SET_NULL, null=True, related_name="hour_entries")
    evidence = models.JSONField(default=dict)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(max_length=200, blank=True)
    live = models.BooleanField(default=True, editable=False)
    posted_at = models.DateTimeField(auto_now_add=True)
    posted_by_name = models.CharField(max_length=80, blank=True)  # blank: the system

    objects = HourEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting of hours")
        constraints = [
            models.UniqueConstraint(fields=["person", "source", "year"], condition=Q(live=True), name="hours_one_live_posting"),
            models.CheckConstraint(
                condition=Q(reverses=None, hours__gte=0) | Q(reverses__isnull=False, hours__lte=0, live=False), name="hours_sign"
            ),
            models.CheckConstraint(condition=Q(earned_on__year=F("year")), name="hours_year_of_day"),
        ]
        indexes = [models.Index(fields=["person", "year", "account"], name="hours_person_year")]

    def __str__(self) -> str:
        return f"{self.person} {self.title} {self.hours}"

    def delete(self, *args, **kwargs):
        raise PermissionDenied("postings stay; reverse them")


class Certificate(models.Model):
    """What completing a course earned, on which paper."""

    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="certificate")
    person = models.ForeignKey(Person, models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates")
    document = models.OneToOneField(OfficialDocument, models.PROTECT, related_name="+")
    number = models.CharField(max_length=60, unique=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    issued_on = models.DateField()
    valid_until = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("certificate")
        indexes = [models.Index(fields=["person", "-issued_on"], name="certificate_person")]

    def __str__(self) -> str:
        return self.number
