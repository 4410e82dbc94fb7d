"""Who sat where and when, and what we knew of it at the time."""

from datetime import date

from django.db.models import QuerySet

from committees.models import ExpertCommittee, Seat


def who_sat(committee: ExpertCommittee, on: date, known_on: date | None = None) -> QuerySet[Seat]:
    """Seats held on a day, in order of protocol; `known_on`: as the records stood at the end of that day (now)."""
    return (
        Seat.objects.filter(term__committee=committee)
        .believed(known_on)
        .held_on(on)
        .select_related("person", "group", "term")
        .in_protocol_order()
    )


def history(committee: ExpertCommittee) -> QuerySet[Seat]:
    """Every record of every term, corrections included, the newest first."""
    return (
        Seat.objects.filter(term__committee=committee)
        .select_related("person", "group", "term")
        .order_by("-term__number", "-recorded_from", "person__pinyin", "pk")
    )
