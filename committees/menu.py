"""The room's places in the navigation and on the workbench."""

from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.registries import MenuItem, Panel

ITEMS = [
    MenuItem(_("Experts"), "committees:experts", frozenset({Role.SECRETARY}), 40, "/committees/experts/", icon="users"),
    MenuItem(_("My expert file"), "committees:me", frozenset({Role.EXPERT}), 45, "/committees/me/", icon="id-badge-2"),
    MenuItem(
        _("Committees"),
        "committees:index",
        frozenset({Role.SECRETARY, Role.EXPERT, Role.LEADER, Role.OWNER}),
        50,
        "/committees/",
        icon="building-community",
    ),
]
PANELS: list[Panel] = []
