from django.db import models
from django.utils.translation import gettext_lazy as _

from committees.models import Expert
from projects.enums import LIVE_SEATS, SeatOrigin, SeatState

from .review import Round


class Panel(models.Model):
    """The experts of one round. `preset` keeps the numbers that were in force when the panel was begun."""

    round = models.OneToOneField(Round, models.CASCADE, related_name="panel")
    size = models.PositiveSmallIntegerField()
    preset = models.JSONField(default=dict)
    convened_at = models.DateTimeField(null=True)
    override_reason = models.TextField(blank=True)  # why it was convened although the preset asks for more

    class Meta:
        verbose_name = _("panel")

    def __str__(self) -> str:
        return str(self.round)


class PanelSeatQuerySet(models.QuerySet):
    def live(self):
        """Seats that count: neither declined, recused, absent nor voided."""
        return self.filter(state__in=LIVE_SEATS)

    def of(self, person):
        """The seats of a person that have been offered to them."""
        return self.filter(expert__person=person).exclude(state=SeatState.PROPOSED)


class PanelSeat(models.Model):
    """A chair on a panel and who is to sit on it, why, and what became of it."""

    NEXT = {
        SeatState.PROPOSED: {SeatState.INVITED, SeatState.VOIDED},
        SeatState.INVITED: {SeatState.ACCEPTED, SeatState.DECLINED, SeatState.VOIDED},
        SeatState.ACCEPTED: {SeatState.DECLARED, SeatState.RECUSED, SeatState.DECLINED, SeatState.VOIDED},
        SeatState.DECLARED: {SeatState.ASSESSED, SeatState.RECUSED, SeatState.ABSENT, SeatState.VOIDED},
        SeatState.ASSESSED: {SeatState.SIGNED, SeatState.RECUSED, SeatState.VOIDED},
        SeatState.SIGNED: {SeatState.ASSESSED},  # the text went back to the desk: everybody signs again
    }

    BADGES = {
        SeatState.PROPOSED: "idle",
        SeatState.INVITED: "soon",
        SeatState.ACCEPTED: "run",
        SeatState.DECLARED: "run",
        SeatState.ASSESSED: "done",
        SeatState.SIGNED: "done",
    }

    panel = models.ForeignKey(Panel, models.CASCADE, related_name="seats")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="panel_seats")
    state = models.CharField(max_length=10, choices=SeatState, default=SeatState.PROPOSED, editable=False)
    is_leader = models.BooleanField(default=False)
    origin = models.CharField(max_length=10, choices=SeatOrigin)
    reason = models.TextField()  # of the appointment, or the record of the draw
    coi = models.JSONField(default=list)  # what the conflict rules said when the seat was given
    proposed_at = models.DateTimeField(auto_now_add=True)
    invited_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    left_reason = models.TextField(blank=True)  # declined, recused, absent or voided: why
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaces")

    objects = PanelSeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat on a panel")
        constraints = [
            models.UniqueConstraint(fields=["panel", "expert"], name="seat_expert_once"),
            models.CheckConstraint(condition=models.Q(state__in=SeatState.values), name="seat_state_known"),
            models.UniqueConstraint(fields=["panel"], condition=models.Q(is_leader=True), name="seat_one_leader"),
            models.CheckConstraint(
                condition=models.Q(state__in=[s.value for s in LIVE_SEATS]) | ~models.Q(left_reason=""), name="seat_left_has_reason"
            ),
        ]
        indexes = [models.Index(fields=["expert", "state"], name="seat_workload")]

    def __str__(self) -> str:
        return str(self.expert)


class Invitation(models.Model):
    """A letter to a seat, answered through a signed link or on the site. The nonce makes an old link dead."""

    seat = models.OneToOneField(PanelSeat, models.CASCADE, related_name="invitation")
    nonce = models.CharField(max_length=32)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return str(self.seat)


class CoiDeclaration(models.Model):
    """An expert's word before the papers are opened: no conflict, or which (回避声明)."""

    seat = models.OneToOneField(PanelSeat, models.PROTECT, related_name="declaration")
    has_conflict = models.BooleanField()
    text = models.TextField(blank=True)
    statement = models.TextField()  # the words that were agreed to
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaration on conflicts of interest")
        constraints = [
            models.CheckConstraint(condition=models.Q(has_conflict=False) | ~models.Q(text=""), name="coi_conflict_has_words")
        ]

    def __str__(self) -> str:
        return str(self.seat)
