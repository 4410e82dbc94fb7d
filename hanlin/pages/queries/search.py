from django.utils.translation import gettext as _
from wagtail.models import Page

from hanlin.pages.models import CasePage, NewsPage, StandardPage
from hanlin.people.models import Person
from hanlin.people.registries import Hit

LIMIT = 20


def hits_for(person: Person | None, words: str) -> list[Hit]:
    """Published articles of the site, the closest first; they are open to everyone.

    Pages that stand in the tree but belong to a room below (courses) are that room's to show.
    """
    kinds = {NewsPage: _("News"), StandardPage: _("Standards"), CasePage: _("Demonstration cases")}
    found = Page.objects.live().public().type(*kinds).search(words)[:LIMIT].get_queryset()
    return [
        Hit(title=page.title, url=page.url, kind=str(kinds[type(page)]), excerpt=page.summary)
        for page in found.specific()
        if page.url
    ]
