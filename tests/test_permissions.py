from importlib import import_module
from importlib.util import find_spec

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.permissions import Row, addresses
from tests.world import ROLES

ROOMS = ["kernel", "people", "records", "courses", "committees", "projects", "talent", "pages"]
TABLES = [import_module(f"tests.{room}.table") for room in ROOMS if find_spec(f"tests.{room}") and find_spec(f"tests.{room}.table")]
ROWS: dict[str, Row] = {name: row for table in TABLES for name, row in table.ROWS.items()}


def test_every_address_has_a_row():
    assert sorted(set(addresses()) - set(ROWS)) == []


def test_every_row_has_an_address():
    assert sorted(set(ROWS) - set(addresses()) - {name for name in ROWS if name.startswith("wagtail")}) == []


class _Undo(Exception):
    pass


def answer(row, url, role, things):
    """The status that one role gets; what the request wrote is taken back."""
    client = Client(raise_request_exception=False)
    try:
        with transaction.atomic():
            if role != "stranger":
                client.force_login(things[role], backend="allauth.account.auth_backends.AuthenticationBackend")
            status = getattr(client, row.method)(url, row.data(things), headers=row.headers).status_code
            raise _Undo
    except _Undo:
        return status


@pytest.mark.parametrize("room", TABLES, ids=lambda table: table.__name__.split(".")[1])
def test_who_gets_what(room, world):
    things = {"world": world, **world.people, **world.bodies}
    for table in TABLES:
        more = table.build(world) or {}
        assert things.keys() & more.keys() == set()  # two rooms must not call their things alike
        things |= more
    wrong = {}
    for name, row in room.ROWS.items():
        url = reverse(name, args=row.args(things))
        got = {role: answer(row, url, role, things) for role in ROLES}
        wrong |= {(name, role): (got[role], row.expected(role)) for role in ROLES if got[role] != row.expected(role)}
    assert wrong == {}  # address and role: what came, what the table says
