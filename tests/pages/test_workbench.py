from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse
from django.utils import timezone

from hanlin.pages.queries.workbench import Card, workbench_of
from hanlin.people import registries
from hanlin.people.registries import Panel, Todo
from tests.factories import pages as make

MONDAY = date(2026, 11, 23)


@pytest.fixture
def room(monkeypatch):
    """A house with no rooms; tests fill in what they offer."""
    for name in ("TODOS", "PANELS", "SEARCHES"):
        monkeypatch.setattr(registries, name, [])
    return registries


@pytest.fixture
def person(world):
    return world.people["learner"]


def _todo(title, days=None, **fields):
    return Todo(title, f"/{title}/", due_on=None if days is None else MONDAY + timedelta(days=days), **fields)


def test_late_comes_first_then_by_date_then_the_undated(room, person):
    room.TODOS.append(lambda _: [_todo("无期"), _todo("后天", 2), _todo("重", weight=5)])
    room.TODOS.append(lambda _: [_todo("逾期", -4)])

    bench = workbench_of(person, MONDAY)

    assert [duty.todo.title for duty in bench.duties] == ["逾期", "后天", "重", "无期"]
    assert [duty.days for duty in bench.duties] == [-2, 2, None, None]
    assert [duty.todo.title for duty in bench.late] == ["逾期"]


@pytest.mark.parametrize(
    ("days", "offered", "holder"),
    [(-1, True, "todo"), (0, True, "todo"), (3, True, "panel"), (3, False, "todo"), (None, False, None)],
)
def test_one_thing_holds_the_primary_button(room, person, days, offered, holder):
    if days is not None:
        room.TODOS.append(lambda _: [_todo("事", days)])
    room.PANELS.append(Panel("x.html", lambda _: {"primary": offered}, None, 1))

    bench = workbench_of(person, MONDAY)

    assert (bench.first is not None, bench.cards[0].primary) == (holder == "todo", holder == "panel")


def test_panels_are_for_their_roles_and_may_have_nothing_to_say(room, world):
    room.PANELS += [
        Panel("a.html", lambda _: {"headline": "线上学时还差11.5"}, None, 1),
        Panel("b.html", lambda _: {"headline": "第二句"}, frozenset({"leader"}), 2, side=True),
        Panel("c.html", lambda _: None, None, 3),
    ]

    learner, leader = (workbench_of(world.people[role], MONDAY) for role in ("learner", "leader"))

    assert [card.template for card in learner.cards] == ["a.html"]
    assert [card.template for card in leader.side] == ["b.html"]
    assert leader.headline == "线上学时还差11.5"


@pytest.mark.parametrize(("primary", "buttons"), [(True, 1), (False, 0)])
def test_a_card_finds_its_data_by_name_and_draws_the_button_only_where_it_holds_it(primary, buttons):
    step = {"lesson": {"title": "共享责任清单怎么写", "uid": "11111111-1111-1111-1111-111111111111"}}
    data = {
        "primary": True,
        "course": {"title": "课", "slug": "x"},
        "step": step,
        "number": 3,
        "total": 5,
        "done": 2,
        "at_seconds": 760,
    }

    html = Template("{% load pages %}{% card it %}").render(
        Context({"it": Card("courses/panels/continue.html", data, side=False, primary=primary)})
    )

    assert html.count("btn-primary") == buttons
    assert "共享责任清单怎么写" in html


def test_the_page_names_the_late_thing_and_its_button(room, client, person):
    late = timezone.localdate() - timedelta(days=30)
    room.TODOS.append(lambda _: [Todo("评审纪律与回避", "/c/1/", ("必修课",), late, "补学这门课")])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    text = client.get(reverse("pages:workbench")).content.decode()

    assert text.count("btn-primary") == 1
    assert "补学这门课" in text
    assert "1项逾期" in text


def test_an_empty_workbench_says_where_to_go(room, client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    text = client.get(reverse("pages:workbench")).content.decode()

    assert "顾昀，暂无待办" in text
    assert reverse("pages:standards") in text


def test_the_front_door_leads_people_to_their_workbench(client, person):
    make.site()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")

    assert client.get("/").headers["Location"] == reverse("pages:workbench")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_frame_of_the_page_costs_the_same_for_one_todo_or_three(room, client, person, rows, django_assert_num_queries):
    room.TODOS.append(lambda _: [_todo(f"事{n}", n) for n in range(rows)])
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.get(reverse("pages:workbench"))

    with django_assert_num_queries(4):  # session, person, roles, place and notices
        client.get(reverse("pages:workbench"))
