"""The room's papers: the letter of appointment."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from committees.models import Expert
from hanlin.kernel.domain.papers import register_paper_access, register_template
from hanlin.kernel.models import OfficialDocument
from hanlin.people.enums import Role
from hanlin.people.queries.scope import reaches

LETTER = "committees.appointment"


def _may_open_letter(person: Any, document: OfficialDocument) -> bool:
    expert = Expert.objects.filter(pk=document.object_id).select_related("committee__organisation").first()
    return expert is not None and (expert.person_id == person.pk or reaches(person, expert.committee.organisation, Role.SECRETARY))


def register() -> None:
    """Make the letter of appointment known to the kernel."""
    register_template(
        LETTER,
        version=1,
        template="committees/papers/appointment.html",
        kind="certificate",
        series="聘",
        public_fields={"name": _("name"), "committee": _("expert committee"), "started_on": _("from"), "ended_on": _("until")},
        personal_fields=frozenset({"name"}),
        name=_("letter of appointment"),
    )
    register_paper_access(LETTER, _may_open_letter)
