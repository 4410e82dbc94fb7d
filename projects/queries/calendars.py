"""Sessions as calendars and the scheduling page show them."""

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.people.models import Organisation, Person
from projects.enums import LIVE_SEATS, SeatState
from projects.models import ExpertReview, PanelSeat, ReviewMeeting

_COMING = (SeatState.ACCEPTED, SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED)


def sessions_of(person: Person, *, since_days: int = 1) -> QuerySet[ReviewMeeting]:
    """Sessions of panels on which the person sits, or of reviews that they keep, soonest first."""
    seats = PanelSeat.objects.filter(expert__person=person, state__in=_COMING)
    kept = ReviewMeeting.objects.filter(round__review__secretary=person)
    sitting = ReviewMeeting.objects.filter(round__panel__in=seats.values("panel"))
    rows = ReviewMeeting.objects.standing().filter(pk__in=kept.values("pk").union(sitting.values("pk")))
    rows = rows.filter(ends_at__gte=timezone.now() - timedelta(days=since_days))
    return rows.select_related("room", "round__review__project", "round__review__definition").order_by("starts_at", "pk")


def taken(review: ExpertReview, people: list[int]) -> QuerySet[ReviewMeeting]:
    """Sessions of the coming fortnight that take a room of the province or one of these experts."""
    now = timezone.now()
    root = review.project.owner.path[: Organisation.steplen]
    rooms = ReviewMeeting.objects.filter(room__organisation__path__startswith=root)
    seats = PanelSeat.objects.filter(expert__person__in=people, state__in=LIVE_SEATS)
    busy = ReviewMeeting.objects.filter(round__panel__in=seats.values("panel"))
    rows = ReviewMeeting.objects.standing().filter(pk__in=rooms.values("pk").union(busy.values("pk")))
    rows = rows.exclude(round__review=review).filter(ends_at__gte=now, starts_at__lt=now + timedelta(days=14))
    return rows.select_related("room", "round__review__project").order_by("starts_at", "pk")


def agenda_words() -> str:
    """How a session usually runs."""
    return _(
        "The chair opens, reads out the discipline and the list of experts\nThe project owner reports\nReading of the papers\n"
        "Questions and answers\nDiscussion by the panel, the project owner withdraws\nThe opinion is formed and read out"
    )
