"""People and bodies in the site's search: only those within the searcher's scope."""

from django.urls import reverse
from django.utils.translation import gettext as _

from hanlin.people.enums import DIRECTORY
from hanlin.people.models import Person
from hanlin.people.queries.directory import bodies_of, directory
from hanlin.people.queries.scope import has_role
from hanlin.people.registries import Hit

_MOST = 8


def hits_for(person: Person, words: str) -> list[Hit]:
    """The first few people, then bodies, that the words name; nothing for those without a role over people."""
    if not words.strip() or not has_role(person, *DIRECTORY):
        return []
    hits = [
        Hit(title=found.name, url=reverse("people:person", args=[found.pk]), kind=_("person"), excerpt=_where(found))
        for found in directory(person, words=words)[:_MOST]
    ]
    bodies = bodies_of(person)
    for word in words.split()[:5]:
        bodies = bodies.filter(name__contains=word)
    return hits + [
        Hit(title=body.name, url=f"{reverse('people:directory')}?organisation={body.pk}", kind=_("body")) for body in bodies[:_MOST]
    ]


def _where(person: Person) -> str:
    held = getattr(person, "held", [])
    return f"{held[0].organisation.name} {held[0].title}" if held else ""
