"""The demo data: loads twice without doubling, is marked, and leaves nothing behind."""

import pytest
from django.apps import apps
from django.core.management import call_command

ROOMS = ["people", "courses", "committees", "projects", "talent"]


def _counts() -> dict[str, int]:
    return {model._meta.label: model._base_manager.count() for room in ROOMS for model in apps.get_app_config(room).get_models()}


@pytest.mark.slow
def test_demo_loads_twice_and_leaves_without_a_trace(db, django_capture_on_commit_callbacks):
    call_command("load_reference", verbosity=0)
    empty = _counts()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_demo", verbosity=0)
    once = _counts()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("load_demo", verbosity=0)
    assert _counts() == once
    assert sum(once.values()) > sum(empty.values()) + 300

    call_command("remove_demo", verbosity=0)

    assert _counts() == empty
