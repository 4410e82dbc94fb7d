from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.enums import SeatRole
from hanlin.people.models import Person

from .committee import SpecialistGroup, Term


class SeatQuerySet(models.QuerySet):
    def believed(self, known_on: date | None = None) -> Self:
        """Records that stand: as they stand now, or as they stood at the end of the day `known_on`."""
        if known_on is None:
            return self.filter(recorded_to=None)
        end = timezone.make_aware(datetime.combine(known_on + timedelta(days=1), time.min))
        return self.filter(models.Q(recorded_to=None) | models.Q(recorded_to__gte=end), recorded_from__lt=end)

    def held_on(self, on: date) -> Self:
        """Seats that are held on a day, inside their term."""
        return self.filter(
            models.Q(valid_to=None) | models.Q(valid_to__gt=on),
            valid_from__lte=on,
            term__started_on__lte=on,
            term__ended_on__gt=on,
        )

    def in_protocol_order(self) -> Self:
        """Chair first, then vice chairs, members, the secretary general; by pinyin inside a role."""
        ranks = (SeatRole.CHAIR, SeatRole.VICE_CHAIR, SeatRole.MEMBER, SeatRole.SECRETARY_GENERAL)
        rank = models.Case(
            *(models.When(role=role, then=models.Value(place)) for place, role in enumerate(ranks)),
            output_field=models.PositiveSmallIntegerField(),
        )
        return self.annotate(protocol=rank).order_by("protocol", "person__pinyin", "pk")


class Seat(models.Model):
    """A person in a role of a term. Two clocks: when it was so, and when we held it to be so.

    Nothing is overwritten: a correction closes the record (`recorded_to`) and writes another.
    Both spans run until before their end; an open `valid_to` ends with the term.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=SeatRole)
    group = models.ForeignKey(SpecialistGroup, models.PROTECT, null=True, blank=True, related_name="seats")
    votes = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    recorded_from = models.DateTimeField(default=timezone.now)
    recorded_to = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)  # why seated, unseated or corrected
    is_demo = models.BooleanField(default=False)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("seat")
        constraints = [
            models.UniqueConstraint(
                fields=["term"],
                condition=models.Q(role=SeatRole.CHAIR, valid_to=None, recorded_to=None),
                name="seat_one_live_chair",
            ),
            models.UniqueConstraint(
                fields=["term", "person"], condition=models.Q(valid_to=None, recorded_to=None), name="seat_one_live_per_person"
            ),
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gt=models.F("valid_from")), name="seat_dates_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(recorded_to=None) | models.Q(recorded_to__gte=models.F("recorded_from")),
                name="seat_records_in_order",
            ),
        ]
        indexes = [models.Index(fields=["term", "valid_from", "valid_to"], name="seat_span")]

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"
