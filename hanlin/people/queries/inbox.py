"""A person's notices: all, to do, late."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from hanlin.people.enums import NoticeKind
from hanlin.people.models import Notice, Person


@dataclass(frozen=True)
class Counts:
    """How many notices stand behind each filter."""

    unread: int
    todo: int
    late: int


def notices_of(person: Person, show: str = "") -> QuerySet[Notice]:
    """The person's notices: "todo" the open ones by due date, "late" those past it, else all, newest first."""
    notices = Notice.objects.filter(person=person)
    if show == "late":
        return notices.late(timezone.localdate()).order_by("due_on", "-pk")
    if show == "todo":
        return notices.open().order_by("due_on", "-pk")
    if show == "unread":
        return notices.filter(read_at=None).order_by("-created_at", "-pk")
    return notices.order_by("-created_at", "-pk")


def counts_of(person: Person) -> Counts:
    """For the filter's labels; one query."""
    todo = Q(kind=NoticeKind.TODO, done_at=None)
    row = Notice.objects.filter(person=person).aggregate(
        unread=Count("pk", filter=Q(read_at=None)),
        todo=Count("pk", filter=todo),
        late=Count("pk", filter=todo & Q(due_on__lt=timezone.localdate())),
    )
    return Counts(**row)


def unread_count(person: Person) -> int:
    """For the bell; one query."""
    return Notice.objects.filter(person=person, read_at=None).count()
