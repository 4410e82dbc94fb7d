"""Booking a panel's session: no room and no expert twice at one time, calendars told."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from committees.models import Absence
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.domain.notices import notify
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Person
from projects.domain.declarations import open_assessment
from projects.domain.reviews import advance
from projects.enums import LIVE_SEATS, ReviewState, SeatState
from projects.models import ExpertReview, Panel, PanelSeat, ReviewMeeting, Room, Round
from projects.queries import preset

_COMING = (SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED)


@transaction.atomic
def schedule(
    review: ExpertReview,
    *,
    room: Room | None,
    link: str = "",
    starts_at: datetime,
    ends_at: datetime,
    agenda: str = "",
    actor: Person,
) -> ReviewMeeting:
    """Book the session of a complete panel, or move the one that is booked. Times are aware.

    Raises Refused for a span in the past or the wrong way round, no place, too small a room, seats without a yes,
    an incomplete panel, and for every clash of room or expert at once.
    """
    panel = Panel.objects.select_related("round").filter(round__review=review, round__closed_at=None).first()
    if panel is None or panel.convened_at is None:
        raise Refused(_("Compose the panel and send the invitations first."))
    _check_span(starts_at, ends_at, room, link)
    seats = list(panel.seats.live().select_related("expert__person").order_by("pk"))
    waiting = [seat.expert.person.name for seat in seats if seat.state not in _COMING]
    if waiting:
        raise Refused(_("Not everybody has said yes yet: %(names)s.") % {"names": _(", ").join(waiting)})
    hard = [row.text for row in preset.check(panel, review) if not row.is_hint]
    if hard and not panel.override_reason:
        raise Refused(_("The panel is not complete. %(lines)s") % {"lines": " ".join(hard)})
    if room and room.capacity < len(seats) + 2:
        raise Refused(_("%(room)s holds %(seats)d; the panel, the secretary and the project owner are more.") % {
            "room": room.name, "seats": room.capacity,
        })  # fmt: skip
    meeting = _book(panel.round, seats, room, link.strip(), starts_at, ends_at, agenda.strip(), actor)
    if review.state == ReviewState.COMPOSING:
        advance(review, ReviewState.SCHEDULED)
        ExpertReview.objects.filter(pk=review.pk).update(due_on=timezone.localdate(starts_at))
    _tell(meeting, review, seats)
    open_assessment(review, actor=actor)
    return meeting


def _check_span(starts_at: datetime, ends_at: datetime, room: Room | None, link: str) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The session would end before it begins."))
    if starts_at <= timezone.now():
        raise Refused(_("The session would begin in the past."))
    if room is None and not link.strip():
        raise Refused(_("Choose a room, enter a link, or both."))


def _book(
    round_: Round, seats: list[PanelSeat], room: Room | None, link: str, starts_at: datetime, ends_at: datetime, agenda: str,
    actor: Person,
) -> ReviewMeeting:  # fmt: skip
    # the locks make two bookings of one room or one expert take turns; people first, always in order of id
    people = sorted(seat.expert.person_id for seat in seats)
    list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk"))
    if room:
        Room.objects.select_for_update().get(pk=room.pk)
    meeting = ReviewMeeting.objects.standing().filter(round=round_).first()
    _refuse_clashes(round_, people, room, starts_at, ends_at)
    fields = {"room": room, "link": link, "starts_at": starts_at, "ends_at": ends_at, "agenda": agenda}
    if meeting is None:
        meeting = ReviewMeeting.objects.create(round=round_, created_by=actor, **fields)
        log(meeting, "projects.meeting.schedule", actor=actor, after={"room": room and room.name, "at": starts_at})
        return meeting
    before = {"room": meeting.room and meeting.room.name, "at": meeting.starts_at}
    for key, value in {**fields, "sequence": meeting.sequence + 1}.items():
        setattr(meeting, key, value)
    meeting.save()
    log(meeting, "projects.meeting.move", actor=actor, before=before, after={"room": room and room.name, "at": starts_at})
    return meeting


def clashes(round_: Round, people: list[int], room: Room | None, starts_at: datetime, ends_at: datetime) -> list[str]:
    """Everything that stands against a span, in words."""
    others = ReviewMeeting.objects.overlapping(starts_at, ends_at).exclude(round=round_).select_related("room")
    found = []
    if room and (other := others.filter(room=room).order_by("starts_at").first()):
        found.append(_("%(room)s is taken from %(start)s to %(end)s.") % {"room": room.name, **_span(other)})
    busy = PanelSeat.objects.filter(expert__person__in=people, state__in=LIVE_SEATS, panel__round__meetings__in=others)
    for seat in busy.select_related("expert__person").order_by("expert__person__pinyin").distinct():
        other = others.filter(round__panel=seat.panel_id).order_by("starts_at")[0]
        found.append(_("%(name)s sits in another session from %(start)s to %(end)s.") % {
            "name": seat.expert.person.name, **_span(other),
        })  # fmt: skip
    day = timezone.localdate(starts_at)
    away = Absence.objects.filter(person__in=people, first_day__lte=day, last_day__gte=day).select_related("person")
    found += [_("%(name)s is away that day.") % {"name": row.person.name} for row in away.order_by("person__pinyin")]
    return found


def _span(meeting: ReviewMeeting) -> dict[str, str]:
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {"start": date_format(start, "TIME_FORMAT"), "end": date_format(end, "TIME_FORMAT")}


def _refuse_clashes(round_: Round, people: list[int], room: Room | None, starts_at: datetime, ends_at: datetime) -> None:
    found = clashes(round_, people, room, starts_at, ends_at)
    if found:
        raise Refused(_("This time is not free. %(clashes)s") % {"clashes": " ".join(found)})


def _tell(meeting: ReviewMeeting, review: ExpertReview, seats: list[PanelSeat]) -> None:
    start = timezone.localtime(meeting.starts_at)
    words = {"project": review.project.name, "at": date_format(start, "DATETIME_FORMAT")}
    subject = _("Session on %(at)s: %(project)s") % words
    for seat in seats:
        notify(
            seat.expert.person, NoticeKind.INFO, subject, reverse("projects:seat", args=[seat.pk]),
            key=f"projects.meeting.tell:{meeting.pk}:{meeting.sequence}", body=meeting.room.name if meeting.room else meeting.link,
            due_on=start.date(),
        )  # fmt: skip


@transaction.atomic
def cancel(meeting: ReviewMeeting, *, actor: Person) -> None:
    """Take a session back before the assessment has begun: the review returns to composing."""
    review = meeting.round.review
    if review.state != ReviewState.SCHEDULED:
        raise Refused(_("The assessment has begun. Move the session instead of cancelling it."))
    meeting.cancelled_at, meeting.sequence = timezone.now(), meeting.sequence + 1
    meeting.save(update_fields=["cancelled_at", "sequence"])
    advance(review, ReviewState.COMPOSING)
    log(meeting, "projects.meeting.cancel", actor=actor)
