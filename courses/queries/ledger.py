"""A person's ledger of hours, read."""

from courses.models import HourEntry
from hanlin.people.models import Person


def of_year(person: Person, year: int) -> list[HourEntry]:
    """All postings of a year, oldest first, with their rules and what they reverse."""
    rows = HourEntry.objects.filter(person=person, year=year).select_related("rule", "reverses")
    return list(rows.order_by("earned_on", "pk"))


def years(person: Person) -> list[int]:
    """The years with postings, latest first."""
    return list(HourEntry.objects.filter(person=person).values_list("year", flat=True).distinct().order_by("-year"))
