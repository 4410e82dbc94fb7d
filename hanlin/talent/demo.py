"""The board of the demonstration: made from the rows that the rooms below have loaded."""

from datetime import date

from hanlin.talent.domain import reference, rollups
from hanlin.talent.models import IndicatorValue


def load(*, on: date) -> None:
    """Reckon every figure."""
    reference.load()
    rollups.refresh_all(on=on, actor=None)


def remove() -> None:
    """Roll-ups of demo bodies; the next refresh reckons without them."""
    IndicatorValue.objects.filter(organisation__is_demo=True).delete()
