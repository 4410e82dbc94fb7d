"""This room's share of the site's search: published courses."""

from django.urls import reverse
from django.utils.translation import gettext as _

from courses.queries.catalogue import found, wanted
from hanlin.people.models import Person
from hanlin.people.registries import Hit


def hits_for(person: Person, words: str) -> list[Hit]:
    """At most ten courses that fit; every person who is logged in may see the catalogue."""
    if not person.is_authenticated:
        return []
    rows = found(wanted(words, {})).order_by("title")[:10]
    return [Hit(course.title, reverse("courses:course", args=[course.slug]), _("course"), course.summary) for course in rows]
