"""Calendar entries (RFC 5545) and the secret address that a person's calendar reads them from."""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar, Event

from hanlin.kernel.domain.audit import log
from hanlin.people.models import Person
from projects.models import CalendarFeed, ReviewMeeting

_SALT = "projects.calendar"


def address_of(person: Person) -> str:
    """The whole secret address of a person's feed."""
    feed, _new = CalendarFeed.objects.get_or_create(person=person)
    token = signing.dumps({"p": person.pk, "s": feed.serial.hex}, salt=_SALT)
    return settings.PUBLIC_URL + reverse("projects:feed", args=[token])


@transaction.atomic
def renew(*, actor: Person) -> None:
    """Make the person's address new; calendars that read the old one get nothing more."""
    feed, _new = CalendarFeed.objects.get_or_create(person=actor)
    feed.serial = uuid.uuid4()
    feed.save(update_fields=["serial"])
    log(feed, "projects.calendar.renew", actor=actor)


def person_of(token: str) -> Person | None:
    """Whose feed an address is; None for a false or an outdated one, or a person who has left."""
    try:
        data = signing.loads(token, salt=_SALT)
    except signing.BadSignature:
        return None
    feed = CalendarFeed.objects.select_related("person").filter(person=data["p"], serial=uuid.UUID(data["s"])).first()
    return feed.person if feed and feed.person.is_active else None


def as_ics(meetings: Iterable[ReviewMeeting]) -> bytes:
    """Sessions as one calendar file, in the time zone of the site with its rules inside."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hanlin//Reviews//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: ReviewMeeting) -> Event:
    review = meeting.round.review
    event = Event()
    event.add("uid", f"{meeting.uid}@hanlin")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", timezone.now().astimezone(timezone.get_fixed_timezone(0)))
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at))
    event.add("summary", f"{review.definition}：{review.project.name}")
    event.add("location", meeting.room.name if meeting.room else meeting.link)
    event.add("description", meeting.agenda)
    if meeting.link:
        event.add("url", meeting.link)
    event.add("status", "CANCELLED" if meeting.cancelled_at else "CONFIRMED")
    return event
