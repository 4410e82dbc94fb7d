"""Reading learning records: one's own, as xAPI writes them."""

from typing import Any

from django.conf import settings

from hanlin.people.models import Person
from hanlin.records.models import Statement


def own(person: Person) -> list[dict[str, Any]]:
    """A person's statements, latest first, as xAPI 1.0.3 objects. The account name is the user name, nothing more."""
    rows = Statement.objects.filter(actor=person).order_by("-timestamp", "-stored")
    agent = {"objectType": "Agent", "name": person.name, "account": {"homePage": settings.PUBLIC_URL, "name": person.username}}
    return [_plain(row, agent) for row in rows]


def _plain(row: Statement, agent: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row.pk),
        "actor": agent,
        "verb": {"id": row.verb, "display": {"en": row.verb.rsplit("/", 1)[-1]}},
        "object": {"id": f"{settings.PUBLIC_URL}{row.object_id}", "definition": row.object},
        "result": row.result,
        "context": row.context,
        "timestamp": row.timestamp.isoformat(),
        "stored": row.stored.isoformat(),
    }
