"""Telling people: one call for the in-app inbox and whatever else the person wants."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hanlin.kernel.models import Outbox
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Notice, Person


@transaction.atomic
def notify(
    person: Person,
    kind: NoticeKind,
    subject: str,
    url: str = "",
    *,
    key: str,
    body: str = "",
    due_on: date | None = None,
) -> Notice:
    """Put a notice into a person's inbox, and an e-mail into the outbox where they have a verified address.

    `key` names the occasion (room.noun.verb:pk): the same key never tells the same person twice.
    `url` is a path on this site. The subject is in the person's language.
    """
    notice, new = Notice.objects.get_or_create(
        person=person, key=key, defaults={"kind": kind, "subject": subject[:200], "url": url, "body": body, "due_on": due_on}
    )
    if new and person.email:
        Outbox.objects.get_or_create(
            key=f"notice:{notice.pk}",
            defaults={
                "channel": "mail",
                "to": person.email,
                "subject": subject[:200],
                "body": f"{body}\n\n{settings.PUBLIC_URL}{url}" if url else body,
                "due_at": timezone.now(),
            },
        )
    return notice


def settle(person: Person, key: str) -> None:
    """The thing that a notice asked for is done: it leaves the to-do list."""
    now = timezone.now()
    Notice.objects.filter(person=person, key=key, done_at=None).update(done_at=now, read_at=now)


def read(person: Person, notices: Iterable[int]) -> int:
    """Mark notices of this person as read; those of others are not touched. Returns how many changed."""
    return Notice.objects.filter(person=person, pk__in=list(notices), read_at=None).update(read_at=timezone.now())


def read_all(person: Person) -> int:
    """Mark everything as read; what is to do stays to do."""
    return Notice.objects.filter(person=person, read_at=None).update(read_at=timezone.now())
