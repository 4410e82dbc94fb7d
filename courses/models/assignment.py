from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from courses.enums import AssignmentState, DutyState
from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person, Rank
from hanlin.people.queries.scope import within

from .course import Course


class AssignmentQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Assignments of bodies that the person administers the training of, or leads."""
        return self.filter(within(person, "owner", Role.TRAINING_ADMIN, Role.LEADER))


class Assignment(models.Model):
    """A course that is made a duty: for whom (bodies with all below them, rank levels), until when."""

    NEXT = {
        AssignmentState.DRAFT: {AssignmentState.ISSUED, AssignmentState.WITHDRAWN},
        AssignmentState.ISSUED: {AssignmentState.WITHDRAWN},
    }

    BADGES = {AssignmentState.DRAFT: "idle", AssignmentState.ISSUED: "run", AssignmentState.WITHDRAWN: "idle"}

    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments", verbose_name=_("course"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("issued by"))
    organisations = models.ManyToManyField(Organisation, related_name="+", verbose_name=_("bodies"))
    ranks = models.ManyToManyField(Rank, related_name="+", blank=True, verbose_name=_("levels"))
    due_on = models.DateField(_("due date"))
    reason = models.CharField(_("basis"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=AssignmentState, default=AssignmentState.DRAFT, editable=False)
    created_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    issued_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assignment")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=AssignmentState.values), name="assignment_state_known"),
            models.CheckConstraint(
                condition=~Q(state=AssignmentState.ISSUED) | Q(issued_at__isnull=False), name="assignment_issued_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}"


class Duty(models.Model):
    """What one person must do by when, because of which assignment."""

    NEXT = {DutyState.OPEN: {DutyState.DONE, DutyState.EXEMPTED}}

    person = models.ForeignKey(Person, models.CASCADE, related_name="duties")
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="duties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # where the person served then
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=DutyState, default=DutyState.OPEN, editable=False)
    done_at = models.DateTimeField(null=True)
    reminded_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = [
            models.UniqueConstraint(fields=["person", "assignment"], name="duty_once"),
            models.CheckConstraint(condition=~Q(state=DutyState.DONE) | Q(done_at__isnull=False), name="duty_done_when"),
        ]
        indexes = [
            models.Index(fields=["person", "state", "due_on"], name="duty_person"),
            models.Index(fields=["assignment", "state"], name="duty_assignment"),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.assignment}"
