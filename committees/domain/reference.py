"""The facts that the room starts with: fields, rules of withdrawal, policy values. Loading twice changes nothing."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from committees.models import CoiRule, Field
from hanlin.kernel.models import PolicyValue
from hanlin.kernel.text import to_traditional

DATA = Path(__file__).resolve().parent.parent / "data"


def _read(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))


@transaction.atomic
def load() -> None:
    """Write the reference rows; a policy code that has a value stays as an administrator left it."""
    _load_fields(_read("fields.yaml")["fields"])
    _load_rules(_read("coi_rules.yaml")["rules"])
    known = set(PolicyValue.objects.filter(region="").values_list("code", flat=True))
    rows = [row for row in _read("policies.yaml")["policies"] if row["code"] not in known]
    PolicyValue.objects.bulk_create(PolicyValue(**row) for row in rows)


def _load_fields(lines: list[str]) -> None:
    known: dict[str, Field] = {}
    for line in lines:
        code, family, name, name_en = (part.strip() for part in line.split("|"))
        parent = known.get(code[:3] if len(code) == 5 else code[:1]) if len(code) > 1 else None
        known[code], _new = Field.objects.update_or_create(
            code=code,
            defaults={
                "name": name,
                "name_hant": to_traditional(name),
                "name_en": name_en,
                "family": family,
                "level": {1: 1, 3: 2, 5: 3}[len(code)],
                "parent": parent,
            },
        )


def _load_rules(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        CoiRule.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "name_hant": to_traditional(row["name"]),
                "name_en": row["name_en"],
                "parties": row["parties"],
                "effect": row["effect"],
                "detector": row["detector"],
                "kinds": row.get("kinds", []),
                "relations": row.get("relations", []),
                "window_policy": row.get("window", ""),
                "ever": row.get("ever", False),
                "sources": row["sources"],
                "mark": row["mark"],
                "note": row.get("note", ""),
            },
        )
