"""What the committees' room asks of a person."""

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.enums import AdmissionState
from committees.models import PoolAdmission
from hanlin.people.enums import Role
from hanlin.people.models import Person
from hanlin.people.queries.scope import has_role
from hanlin.people.registries import Todo


def todos_for(person: Person) -> list[Todo]:
    """For a secretary: nominations to examine and appointments to make."""
    if not has_role(person, Role.SECRETARY):
        return []
    waiting = PoolAdmission.objects.visible_to(person).open().select_related("person", "committee").order_by("nominated_at", "pk")
    words = {
        AdmissionState.NOMINATED: (_("Nomination of %(person)s to the expert pool"), _("Examine the nomination")),
        AdmissionState.EXAMINED: (_("Appointment of %(person)s to the expert pool"), _("Appoint the expert")),
    }
    return [
        Todo(
            title=words[AdmissionState(row.state)][0] % {"person": row.person.name},
            url=reverse("committees:admission", args=[row.pk]),
            meta=(row.committee.name,),
            action=words[AdmissionState(row.state)][1],
        )
        for row in waiting[:20]
    ]
