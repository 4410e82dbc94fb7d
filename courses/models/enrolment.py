from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.enums import EnrolmentState
from hanlin.people.models import Person

from .course import Course

LIVE = [EnrolmentState.ASKED, EnrolmentState.APPROVED, EnrolmentState.ACTIVE]


class EnrolmentQuerySet(models.QuerySet):
    def live(self):
        """Enrolments that have not ended."""
        return self.filter(state__in=LIVE)


class Enrolment(models.Model):
    """A person in a course, once through. Its state changes in domain.enrolments alone."""

    NEXT = {
        EnrolmentState.ASKED: {EnrolmentState.APPROVED, EnrolmentState.REFUSED, EnrolmentState.WITHDRAWN},
        EnrolmentState.APPROVED: {EnrolmentState.ACTIVE, EnrolmentState.WITHDRAWN},
        EnrolmentState.ACTIVE: {EnrolmentState.COMPLETED, EnrolmentState.WITHDRAWN, EnrolmentState.DISMISSED},
    }

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=EnrolmentState, default=EnrolmentState.ACTIVE, editable=False)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "course"], condition=models.Q(state__in=[str(s) for s in LIVE]), name="enrolment_one_live"
            ),
            models.CheckConstraint(condition=models.Q(state__in=EnrolmentState.values), name="enrolment_state_known"),
            models.CheckConstraint(
                condition=models.Q(state=EnrolmentState.COMPLETED, completed_at__isnull=False)
                | (~models.Q(state=EnrolmentState.COMPLETED) & models.Q(completed_at=None)),
                name="enrolment_completed_when",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="enrolment_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.course}"

    @property
    def is_demo(self) -> bool:
        return self.person.is_demo
