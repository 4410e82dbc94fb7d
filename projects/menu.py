"""This room's places in the navigation."""

from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.registries import MenuItem, Panel

ITEMS = [
    MenuItem(_("Projects"), "projects:projects", frozenset({Role.OWNER, Role.SECRETARY, Role.LEADER}), 40, "/projects/", "folder"),
    MenuItem(_("Reviews"), "projects:board", frozenset({Role.SECRETARY, Role.LEADER, Role.OWNER}), 30, "/reviews/", "checklist"),
    MenuItem(_("My reviews"), "projects:seats", frozenset({Role.EXPERT}), 31, "/reviews/seats/", "clipboard-check"),
]
PANELS: list[Panel] = []
