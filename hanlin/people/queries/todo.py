"""What the inbox asks a person to do."""

from django.utils.translation import gettext as _

from hanlin.people.models import Person
from hanlin.people.registries import Todo


def todos_for(person: Person) -> list[Todo]:
    """Open to-do notices, the most urgent first; one query."""
    notices = person.notices.open().order_by("due_on", "-created_at")[:50]
    return [
        Todo(title=notice.subject, url=notice.url or "/inbox/", due_on=notice.due_on, action=_("Open the notice"), weight=-1)
        for notice in notices
    ]
