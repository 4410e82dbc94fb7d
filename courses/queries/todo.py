"""What this room asks of a person: duties that are open."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.enums import DutyState
from courses.models import Duty
from hanlin.kernel.formats import day
from hanlin.people.models import Person
from hanlin.people.registries import Todo


def todos_for(person: Person) -> list[Todo]:
    """Open duties, the most urgent first: one query."""
    rows = Duty.objects.filter(person=person, state=DutyState.OPEN).select_related("assignment__course")
    return [_todo(duty) for duty in rows.order_by("due_on", "pk")[:50]]


def _todo(duty: Duty) -> Todo:
    course = duty.assignment.course
    minutes = ngettext("%(n)d minute", "%(n)d minutes", course.minutes) % {"n": course.minutes}
    return Todo(
        title=course.title,
        url=reverse("courses:course", args=[course.slug]),
        meta=(_("required course"), minutes, _("due %(day)s") % {"day": day(duty.due_on)}),
        due_on=duty.due_on,
        action=_("Go on studying"),
    )
