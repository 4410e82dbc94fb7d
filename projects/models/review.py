from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.models import Organisation, Person
from hanlin.people.queries.scope import within
from projects.enums import ENDED, ReviewState, SeatState, Stage

from .definition import ReviewDefinition
from .project import GovProject

# A seat opens the review room only to somebody who has said yes and still sits there
_SEATED = (SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED)


class ExpertReviewQuerySet(models.QuerySet):
    def visible_to(self, person):
        """Reviews of projects in the person's scope as owner, secretary or leader."""
        return self.filter(within(person, "project__owner", Role.OWNER, Role.SECRETARY, Role.LEADER))

    def kept_by(self, person):
        """Reviews that the person's office as secretary covers."""
        return self.filter(within(person, "project__owner", Role.SECRETARY))

    def seated(self, person):
        """Reviews on whose panel the person sits and has said yes."""
        return self.filter(rounds__panel__seats__expert__person=person, rounds__panel__seats__state__in=_SEATED).distinct()

    def running(self):
        return self.exclude(state__in=ENDED)


class ExpertReview(models.Model):
    """One review of one project. Its state changes in projects.domain alone."""

    NEXT = {
        ReviewState.REGISTERED: {ReviewState.ACCEPTED, ReviewState.RETURNED, ReviewState.CANCELLED},
        ReviewState.RETURNED: {ReviewState.REGISTERED, ReviewState.CANCELLED},
        ReviewState.ACCEPTED: {ReviewState.COMPOSING, ReviewState.CANCELLED},
        ReviewState.COMPOSING: {ReviewState.SCHEDULED, ReviewState.CANCELLED},
        ReviewState.SCHEDULED: {ReviewState.COMPOSING, ReviewState.ASSESSING, ReviewState.CANCELLED},
        ReviewState.ASSESSING: {ReviewState.MEETING, ReviewState.CANCELLED},
        ReviewState.MEETING: {ReviewState.DRAFTING, ReviewState.ASSESSING},
        ReviewState.DRAFTING: {ReviewState.CIRCULATING},
        ReviewState.CIRCULATING: {ReviewState.DRAFTING, ReviewState.ISSUED},
        ReviewState.ISSUED: {ReviewState.RECTIFYING, ReviewState.CLOSED},
        ReviewState.RECTIFYING: {ReviewState.CLOSED},
    }

    BADGES = {
        ReviewState.REGISTERED: "soon",
        ReviewState.RETURNED: "soon",
        ReviewState.ISSUED: "done",
        ReviewState.CLOSED: "done",
        ReviewState.CANCELLED: "idle",
        **dict.fromkeys((ReviewState.ACCEPTED, ReviewState.COMPOSING, ReviewState.SCHEDULED, ReviewState.ASSESSING), "run"),
        **dict.fromkeys((ReviewState.MEETING, ReviewState.DRAFTING, ReviewState.CIRCULATING, ReviewState.RECTIFYING), "run"),
    }

    number = models.CharField(max_length=60, unique=True)  # of the register, 示专委评〔2026〕3号
    project = models.ForeignKey(GovProject, models.PROTECT, related_name="reviews")
    stage = models.CharField(max_length=20, choices=Stage)  # of the project when it was asked for
    definition = models.ForeignKey(ReviewDefinition, models.PROTECT, related_name="reviews")
    committee = models.ForeignKey(Organisation, models.PROTECT, related_name="kept_reviews")  # who issues the opinion
    secretary = models.ForeignKey(Person, models.PROTECT, null=True, related_name="kept_reviews")
    question = models.TextField(_("what the panel shall look at"), blank=True, max_length=1000)
    state = models.CharField(max_length=12, choices=ReviewState, default=ReviewState.REGISTERED, editable=False)
    due_on = models.DateField(null=True)  # the deadline of the present state
    return_reason = models.TextField(blank=True)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(default=False)

    objects = ExpertReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("expert review")
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ReviewState.values), name="review_state_known"),
            models.UniqueConstraint(
                fields=["project", "definition"],
                condition=~models.Q(state__in=[ReviewState.CLOSED.value, ReviewState.CANCELLED.value]),
                name="review_one_running",
            ),
        ]
        indexes = [models.Index(fields=["state", "due_on"], name="review_by_step")]

    def __str__(self) -> str:
        return f"{self.project} {self.definition}"


class Round(models.Model):
    """One pass of a review through its panel."""

    review = models.ForeignKey(ExpertReview, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(default=1)
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("round of a review")
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="round_once"),
            models.UniqueConstraint(fields=["review"], condition=models.Q(closed_at=None), name="round_one_open"),
        ]

    def __str__(self) -> str:
        return f"{self.review} {self.number}"
