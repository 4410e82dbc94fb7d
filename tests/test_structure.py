"""The house's plan, held by tests: keys point down, rooms keep their file names, migrations are whole."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command

from hanlin import catalogues

BASE = Path(__file__).resolve().parent.parent
FLOORS = {"kernel": 0, "people": 1, "records": 2, "courses": 3, "committees": 3, "projects": 4, "talent": 5, "pages": 6}


@pytest.mark.parametrize("room", FLOORS)
def test_foreign_keys_point_down(room):
    wrong = []
    for model in apps.get_app_config(room).get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and field.related_model is not None:
                target = field.related_model._meta.app_label
                if target in FLOORS and target != room and FLOORS[target] >= FLOORS[room]:
                    wrong.append(f"{model.__name__}.{field.name} → {target}")
    assert wrong == []


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_imports_point_down():
    run = subprocess.run([Path(sys.executable).parent / "lint-imports"], cwd=BASE, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_simplified_chinese_is_complete():
    call_command("catalogues", check=True, verbosity=0)


def test_nothing_reads_outside_the_project():
    tracked = subprocess.run(["git", "ls-files"], cwd=BASE, capture_output=True, text=True, check=True).stdout.split()
    outside = re.compile(r"\.\./shared|/work/")
    here = Path(__file__).relative_to(BASE).as_posix()
    wrong = [name for name in tracked if name != here and (BASE / name).suffix in {".py", ".toml", ".html", ".md", ".yaml"}
             and outside.search((BASE / name).read_text())]  # fmt: skip
    assert wrong == []


def test_rooms_do_not_translate_the_same_words_differently():
    """All rooms share one catalogue at run time: of two translations of one string only the first room's is seen."""
    found: dict[tuple[str, str | None], dict[str, list[str]]] = {}
    for room in [*catalogues.ROOMS, "hanlin"]:
        for message in catalogues.load(room, "zh_Hans"):
            if message.id and "overlay" not in message.auto_comments:
                key = (str(message.id), message.context)
                found.setdefault(key, {}).setdefault(str(message.string), []).append(room)
    assert {key: words for key, words in found.items() if len(words) > 1} == {}
