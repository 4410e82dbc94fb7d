"""Facts that every installation starts from: administrative divisions, ranks. Loading them again changes nothing."""

import csv
from pathlib import Path

from django.db import transaction

from hanlin.people.models import Rank, Region

DATA = Path(__file__).resolve().parent.parent / "data"


def rows(name: str) -> list[dict[str, str]]:
    """One of the room's data files, each row by its head."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_regions() -> int:
    """The 34 divisions of province level, the corps and the nation; what a hand has added stays."""
    facts = rows("regions.csv")
    for fact in facts:  # a parent stands above its children in the file
        parent = Region.objects.get(code=fact["parent"]) if fact["parent"] else None
        fields = {key: fact[key] for key in ("name", "name_hant", "name_en", "short", "level")}
        Region.objects.update_or_create(code=fact["code"], defaults={**fields, "parent": parent})
    return len(facts)


@transaction.atomic
def load_ranks() -> int:
    """Leading posts, civil grades and professional titles with their order and training tier."""
    facts = rows("ranks.csv")
    for fact in facts:
        fields = {key: fact[key] for key in ("name", "name_hant", "name_en", "order", "training_tier", "source")}
        Rank.objects.update_or_create(system=fact["system"], code=fact["code"], defaults=fields)
    return len(facts)


def load() -> None:
    """Everything above."""
    load_regions()
    load_ranks()
