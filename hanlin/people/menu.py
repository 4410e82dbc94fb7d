"""This room's places in the main navigation."""

from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import DIRECTORY, Role
from hanlin.people.registries import MenuItem, Panel

ITEMS = [
    MenuItem(_("People"), "people:directory", frozenset(DIRECTORY), 70, "/people/", "users"),
    MenuItem(
        _("Bodies"),
        "people:organisations",
        frozenset({Role.SYSTEM_ADMIN}),
        72,
        "/people/organisations/",
        "sitemap",
    ),
    MenuItem(_("Roster"), "people:roster", frozenset({Role.TRAINING_ADMIN}), 74, "/people/roster/", "table-import"),
    MenuItem(_("Roles"), "people:grants", frozenset({Role.SECURITY_ADMIN}), 76, "/people/grants/", "key"),
    MenuItem(_("Accounts"), "people:accounts", frozenset({Role.SYSTEM_ADMIN}), 78, "/people/accounts/", "user-cog"),
]
PANELS: list[Panel] = []
