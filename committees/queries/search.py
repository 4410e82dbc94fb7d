"""The room's share of the site's search."""

from django.urls import reverse
from django.utils.translation import gettext as _

from committees.models import Expert, ExpertCommittee
from committees.queries.pool import named
from hanlin.people.models import Person
from hanlin.people.registries import Hit


def hits_for(person: Person, words: str) -> list[Hit]:
    """Committees that the person may see, and experts for those who keep the pool."""
    committees = ExpertCommittee.objects.visible_to(person).filter(name__contains=words).order_by("name", "pk")
    hits = [Hit(c.name, reverse("committees:committee", args=[c.pk]), _("Committee"), c.duties[:80]) for c in committees[:10]]
    experts = named(Expert.objects.visible_to(person).live().select_related("person", "title", "committee"), words)
    hits += [
        Hit(e.person.name, reverse("committees:expert", args=[e.pk]), _("Expert"), f"{e.title_name} {e.committee.name}".strip())
        for e in experts.order_by("person__pinyin", "pk")[:10]
    ]
    return hits
