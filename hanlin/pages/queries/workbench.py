"""What stands on a person's workbench, and in which order."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hanlin.kernel.queries.calendar import working_days_left
from hanlin.people import registries
from hanlin.people.models import Person
from hanlin.people.queries.scope import roles_of

SOON = 3  # working days: from here on the due date is shown in ochre
SHOWN = 8


@dataclass(frozen=True)
class Duty:
    """A to-do with the working days left until it is due; None: no date."""

    todo: registries.Todo
    days: int | None

    @property
    def is_late(self) -> bool:
        return self.days is not None and self.days < 0

    @property
    def days_late(self) -> int:
        return -(self.days or 0)

    @property
    def is_soon(self) -> bool:
        return self.days is not None and 0 <= self.days <= SOON


@dataclass
class Card:
    """A panel with the data it gave for this person."""

    template: str
    data: dict[str, Any]
    side: bool
    primary: bool = False  # holds the page's one primary button


@dataclass
class Workbench:
    duties: list[Duty]
    cards: list[Card]
    headline: str = ""  # the one fact that a panel gave, without the person's name
    first: Duty | None = None  # what holds the primary button, where no card does
    shortcuts: list[registries.MenuItem] = field(default_factory=list)

    @property
    def late(self) -> list[Duty]:
        return [duty for duty in self.duties if duty.is_late]

    @property
    def shown(self) -> list[Duty]:
        return [duty for duty in self.duties if duty is not self.first][:SHOWN]

    @property
    def hidden_count(self) -> int:
        return max(len(self.duties) - (self.first is not None) - SHOWN, 0)

    @property
    def main(self) -> list[Card]:
        return [card for card in self.cards if not card.side]

    @property
    def side(self) -> list[Card]:
        return [card for card in self.cards if card.side]


def open_to(person: Person, roles: frozenset[str] | None) -> bool:
    """True where a menu place or a panel is meant for this person."""
    return roles is None or not roles.isdisjoint(roles_of(person))


def duties_of(person: Person, today: date) -> list[Duty]:
    """Every room's to-dos: late first, then by date, then the undated; among equals the heavier first."""
    todos = [todo for provider in registries.TODOS for todo in provider(person)]
    todos.sort(key=lambda todo: (todo.due_on is None, todo.due_on or today, -todo.weight, todo.title))
    return [Duty(todo, None if todo.due_on is None else working_days_left(todo.due_on, today)) for todo in todos]


def workbench_of(person: Person, today: date) -> Workbench:
    """The page's content. One thing gets the primary button: what is late or due today,
    else a panel that offers to go on (`primary` in its data), else the first to-do.
    """
    cards = []
    for panel in registries.PANELS:
        if open_to(person, panel.roles) and (data := panel.data(person)) is not None:
            cards.append(Card(panel.template, data, panel.side))
    bench = Workbench(
        duties=duties_of(person, today),
        cards=cards,
        headline=next((str(card.data["headline"]) for card in cards if card.data.get("headline")), ""),
        shortcuts=[item for item in registries.MENU if open_to(person, item.roles) and item.url_name != "pages:workbench"],
    )
    urgent = bool(bench.duties) and (days := bench.duties[0].days) is not None and days <= 0
    offer = next((card for card in cards if card.data.get("primary")), None)
    if offer is not None and not urgent:
        offer.primary = True
    elif bench.duties:
        bench.first = bench.duties[0]
    return bench
