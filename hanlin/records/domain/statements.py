"""Writing learning records. There is no changing and no deleting them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from hanlin.people.models import Person
from hanlin.records.models import Statement

_NAMES = UUID("6f1d5f0a-0d7a-5b4e-9a2e-6b9e2c1a7d10")


@transaction.atomic
def record(
    actor: Person,
    verb: str,
    object_id: str,
    *,
    at: datetime,
    object: dict[str, Any] | None = None,
    result: dict[str, Any] | None = None,
    context: dict[str, Any] | None = None,
    occasion: str = "",
) -> Statement:
    """Write that `actor` did `verb` to `object_id` at `at`.

    With an `occasion` the statement's id follows from it, so that the same occasion is told once.
    The caller's own audit line covers this write.
    """
    fields = {
        "actor": actor,
        "verb": verb,
        "object_id": object_id,
        "object": object or {},
        "result": result or {},
        "context": context or {},
        "timestamp": at,
    }
    if not occasion:
        return Statement.objects.create(**fields)
    statement, _new = Statement.objects.get_or_create(
        id=uuid5(_NAMES, f"{actor.pk}|{verb}|{object_id}|{occasion}"), defaults=fields
    )
    return statement
