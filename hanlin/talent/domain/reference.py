"""Stages, indicators and policy values that the room starts with. Loading twice changes nothing."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from hanlin.kernel.models import PolicyValue
from hanlin.kernel.text import to_traditional
from hanlin.talent.models import EchelonStage, Indicator

DATA = Path(__file__).resolve().parent.parent / "data"
WORDED = ("name", "definition", "formula", "source")


@transaction.atomic
def load() -> None:
    """Write the rows; a policy code that has a value stays as an administrator left it."""
    facts = yaml.safe_load((DATA / "talent.yaml").read_text(encoding="utf-8"))
    for order, row in enumerate(facts["stages"], start=1):
        EchelonStage.objects.update_or_create(code=row.pop("code"), defaults={**_all_languages(row), "order": order})
    for row in facts["indicators"]:
        Indicator.objects.update_or_create(code=row.pop("code"), defaults=_all_languages(row))
    known = set(PolicyValue.objects.filter(region="").values_list("code", flat=True))
    PolicyValue.objects.bulk_create(PolicyValue(**row) for row in facts["policies"] if row["code"] not in known)


def _all_languages(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, **{f"{field}_hant": to_traditional(row[field]) for field in WORDED if field in row}}
