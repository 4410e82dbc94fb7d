"""Joins the rooms: the one module that may know them all. Called once, when every app has loaded."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from hanlin.people import registries

ROOMS = ["hanlin.kernel", "hanlin.people", "courses", "committees", "projects", "hanlin.talent", "hanlin.pages"]


def _part(room: str, name: str) -> Any:
    """A room's module, or None where the room has none."""
    module = room
    for step in name.split("."):
        module = f"{module}.{step}"
        if find_spec(module) is None:
            return None
    return import_module(module)


def connect() -> None:
    """Fill the registries of the lower rooms from the upper ones."""
    for room in ROOMS:
        if menu := _part(room, "menu"):
            registries.register_menu(*menu.ITEMS)
            registries.register_panel(*menu.PANELS)
        if todo := _part(room, "queries.todo"):
            registries.register_todos(todo.todos_for)
        if search := _part(room, "queries.search"):
            registries.register_search(search.hits_for)
        if (tasks := _part(room, "tasks")) and hasattr(tasks, "register"):
            tasks.register()  # kinds of jobs, papers and imports
