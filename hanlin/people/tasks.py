"""What this room registers with the kernel: its kinds of imports."""

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from hanlin.kernel.domain.imports import register_import
from hanlin.people.domain import roster, roster_table


def register() -> None:
    """Called once by the wiring."""
    register_import(
        "people.roster",
        title=_("Import a roster"),
        spec=roster_table.spec,
        plan=roster.plan,
        apply=roster.apply,
        permission="people.import_roster",
        intro=_(
            "One row per person. Nothing is written before you confirm; rows with errors come back as a table with the reasons. "
            "The same file twice changes nothing."
        ),
        after=lambda context: str(reverse_lazy("people:roster")),
    )
