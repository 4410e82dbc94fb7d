"""The room's place in the navigation."""

from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.registries import MenuItem, Panel
from hanlin.talent.queries.panel import panel_for

ITEMS = [
    MenuItem(_("Decision board"), "talent:board", frozenset({Role.LEADER, Role.TRAINING_ADMIN}), 20, "/board/", icon="chart-bar"),
]
PANELS = [Panel("talent/panel.html", panel_for, frozenset({Role.LEADER}), 10)]
