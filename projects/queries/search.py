"""This room's share of the site's search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from hanlin.people.models import Person
from hanlin.people.registries import Hit
from projects.models import DocumentVersion, ExpertReview, GovProject

MOST = 10


def hits_for(person: Person, words: str) -> list[Hit]:
    """Projects and reviews in the person's scope that bear the words, and papers that hold them."""
    words = words.strip()
    if not words:
        return []
    visible = GovProject.objects.visible_to(person)
    projects = visible.filter(Q(name__icontains=words) | Q(goal__icontains=words)).select_related("owner").order_by("name")[:MOST]
    found = [Hit(p.name, reverse("projects:project", args=[p.pk]), _("Project"), p.owner.name) for p in projects]
    reviews = (
        ExpertReview.objects.visible_to(person).filter(number__icontains=words).select_related("project").order_by("-pk")[:MOST]
    )
    found += [Hit(r.number, reverse("projects:review", args=[r.pk]), _("Review"), r.project.name) for r in reviews]
    if len(words) >= 2:
        papers = DocumentVersion.objects.filter(text__icontains=words, document__dossier__project__in=visible)
        for version in papers.select_related("document__dossier__project").order_by("-pk")[:MOST]:
            project = version.document.dossier.project
            found.append(
                Hit(
                    str(version.document),
                    reverse("projects:project", args=[project.pk]),
                    _("Paper of the dossier"),
                    _around(version.text, words),
                )
            )
    return found


def _around(text: str, words: str) -> str:
    place = max(0, text.lower().find(words.lower()) - 30)
    return " ".join(text[place : place + 90].split())
