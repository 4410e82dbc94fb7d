import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from hanlin.people.models import Organisation, Person

from .review import Round


class Room(models.Model):
    """A meeting room that sessions can be held in."""

    name = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="rooms")
    address = models.CharField(max_length=120, blank=True)
    capacity = models.PositiveSmallIntegerField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("meeting room")
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="room_once")]

    def __str__(self) -> str:
        return self.name


class ReviewMeetingQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(cancelled_at=None)

    def overlapping(self, starts_at, ends_at):
        """Standing sessions that share a minute with the span; touching ends do not count."""
        return self.standing().filter(starts_at__lt=ends_at, ends_at__gt=starts_at)


class ReviewMeeting(models.Model):
    """A session of a panel, in a room, by a link, or both. Booking goes through projects.domain.meetings, which locks."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="meetings")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="meetings")
    link = models.URLField(max_length=300, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    agenda = models.TextField(blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)  # of the calendar entry (RFC 5545)
    cancelled_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    objects = ReviewMeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("session of a panel")
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="meeting_ends_after_start"),
            models.CheckConstraint(condition=~models.Q(room=None) | ~models.Q(link=""), name="meeting_has_a_place"),
            models.UniqueConstraint(fields=["round"], condition=models.Q(cancelled_at=None), name="meeting_one_standing"),
        ]
        indexes = [models.Index(fields=["starts_at", "ends_at"], name="meeting_span")]

    def __str__(self) -> str:
        return f"{self.round.review} {self.starts_at:%Y-%m-%d %H:%M}"


class CalendarFeed(models.Model):
    """A person's secret calendar address; a new serial makes the old address dead."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_feed")
    serial = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("calendar feed")

    def __str__(self) -> str:
        return str(self.person)
