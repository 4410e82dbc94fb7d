"""This room's places in the navigation and cards on the workbench."""

from django.utils.translation import gettext_lazy as _

from courses.queries.panels import continue_card, hours_card, training_card
from hanlin.people.enums import Role
from hanlin.people.registries import MenuItem, Panel

ITEMS = [
    MenuItem(_("Courses"), "courses:index", None, 20, "/courses/", "school"),
    MenuItem(_("My archive"), "courses:archive", None, 30, "/courses/archive/", "archive"),
    MenuItem(
        _("Assignments"),
        "courses:assignments",
        frozenset({Role.TRAINING_ADMIN.value, Role.LEADER.value}),
        25,
        "/courses/assignments/",
        "checklist",
    ),
]
PANELS = [
    Panel("courses/panels/continue.html", continue_card, None, 10),
    Panel("courses/panels/training.html", training_card, frozenset({Role.TRAINING_ADMIN.value}), 15),
    Panel("courses/panels/hours.html", hours_card, None, 10, side=True),
]
