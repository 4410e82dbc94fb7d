"""The board in one card, for the leader's workbench."""

from typing import Any

from django.utils import timezone

from hanlin.people.models import Person
from hanlin.talent.queries.board import board_for
from hanlin.talent.queries.charts import sentence


def panel_for(person: Person) -> dict[str, Any] | None:
    """The sentence and the figures; None before the first reckoning."""
    figures = board_for(person, on=timezone.localdate())
    if not figures or all(figure.as_of is None for figure in figures.values()):
        return None
    return {"sentence": sentence(figures), "figures": figures}
