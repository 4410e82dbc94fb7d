"""What the rooms above offer to everyone's workbench, menu and search. `hanlin/wiring.py` fills it once, at start."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from hanlin.people.models import Person


@dataclass(frozen=True)
class Todo:
    """One thing a person is asked to do. `title`, `meta` and `action` are in the current language."""

    title: str
    url: str
    meta: tuple[str, ...] = ()
    due_on: date | None = None
    action: str = ""  # what the button says: verb and object
    weight: int = 0  # among equals, the heavier comes first


@dataclass(frozen=True)
class MenuItem:
    """A place in the main navigation. `roles` None: every person who is logged in."""

    label: Any  # lazy translation
    url_name: str
    roles: frozenset[str] | None
    order: int
    match: str  # the path prefix under which the item is the current one
    icon: str = "point"  # shown in the phone's bottom bar
    public: bool = False  # shown to strangers too


@dataclass(frozen=True)
class Panel:
    """A card on the workbench. `data(person)` gives its context, or None where it has nothing to say.

    Its template finds that as `panel`. Two keys speak to the page: `headline`, the one fact for the title
    (the first panel that has one wins), and `primary`, true where the card offers the natural next step.
    The page has one primary button: the template draws it as such only where `primary` is true in its context.
    """

    template: str
    data: Callable[[Person], dict[str, Any] | None]
    roles: frozenset[str] | None
    order: int
    side: bool = False


@dataclass(frozen=True)
class Hit:
    """One find of the site's search: never of something that the person may not see."""

    title: str
    url: str
    kind: str
    excerpt: str = ""


TODOS: list[Callable[[Person], list[Todo]]] = []
MENU: list[MenuItem] = []
PANELS: list[Panel] = []
SEARCHES: list[Callable[[Person, str], list[Hit]]] = []
PERSONAL: dict[str, Callable[[Person], dict[str, Any]]] = {}


def register_todos(provider: Callable[[Person], list[Todo]]) -> None:
    """A room's to-dos for a person, at a constant number of queries."""
    TODOS.append(provider)


def register_menu(*items: MenuItem) -> None:
    """A room's places in the navigation."""
    MENU.extend(items)
    MENU.sort(key=lambda item: item.order)


def register_panel(*panels: Panel) -> None:
    """A room's cards on the workbench."""
    PANELS.extend(panels)
    PANELS.sort(key=lambda panel: panel.order)


def register_search(provider: Callable[[Person, str], list[Hit]]) -> None:
    """A room's share of the site's search."""
    SEARCHES.append(provider)


def register_personal(room: str, provider: Callable[[Person], dict[str, Any]]) -> None:
    """A room's share of the copy of their data that people may take (个人信息保护法, article 45): plain values."""
    PERSONAL[room] = provider
