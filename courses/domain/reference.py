"""The facts this room starts from: conversions of time into hours, policy values. Loading them again changes nothing."""

import csv
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from courses.domain import authoring
from courses.models import HourRule
from hanlin.kernel.models import PolicyValue

DATA = Path(__file__).resolve().parent.parent / "data"


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load() -> None:
    """Conversion rules, policy values, the empty catalogue; a row that a hand has changed since stays as it is."""
    for fact in _rows("hour_rules.csv"):
        key = {"code": fact["code"], "region": fact["region"], "valid_from": date.fromisoformat(fact["valid_from"])}
        fields: dict[str, Any] = {name: fact[name] for name in ("form", "over_minutes", "hours", "source", "mark")}
        fields |= {"inclusive": fact["inclusive"] == "1", "to_minutes": fact["to_minutes"] or None}
        HourRule.objects.get_or_create(**key, defaults=fields)
    authoring.catalogue()
    for fact in _rows("policies.csv"):
        if not PolicyValue.objects.filter(code=fact["code"], region=fact["region"]).exists():
            PolicyValue.objects.create(**{**fact, "valid_from": date.fromisoformat(fact["valid_from"])})
