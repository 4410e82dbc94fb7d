"""The facts an installation starts from. Loading again changes nothing, and never undoes what a hand has changed."""

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from hanlin.kernel.models import PolicyValue, Workday
from hanlin.kernel.queries.calendar import forget_stored_days

DATA = Path(__file__).resolve().parent.parent / "data"
_loaders: list[Callable[[], object]] = []


def register_reference(loader: Callable[[], object]) -> None:
    """A room's own facts, loaded after the kernel's in the order of the rooms. `loader` must be safe to run again."""
    if loader not in _loaders:
        _loaders.append(loader)


def load_reference() -> None:
    """Everything: the kernel's policy values and exceptional days, then what the rooms have registered."""
    load()
    for loader in _loaders:
        loader()


@transaction.atomic
def load() -> None:
    """The kernel's own facts: a code that has a value in a region, or a day that is stored, stays as it is."""
    known = set(PolicyValue.objects.values_list("code", "region"))
    facts = [fact for fact in _rows("policies.csv") if (fact["code"], fact["region"]) not in known]
    PolicyValue.objects.bulk_create(
        PolicyValue(**{**fact, "value": Decimal(fact["value"]), "valid_from": date.fromisoformat(fact["valid_from"])})
        for fact in facts
    )
    days = [
        Workday(date=date.fromisoformat(fact["date"]), works=fact["works"] == "1", name=fact["name"], source=fact["source"])
        for fact in _rows("workdays.csv")
    ]
    Workday.objects.bulk_create(days, ignore_conflicts=True)
    forget_stored_days()


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
