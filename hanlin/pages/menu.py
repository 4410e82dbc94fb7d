from django.utils.translation import gettext_lazy as _

from hanlin.people.enums import Role
from hanlin.people.registries import MenuItem, Panel

NOBODY: frozenset[str] = frozenset()  # a place that stands in the strangers' menu alone
ITEMS = [
    MenuItem(_("Workbench"), "pages:workbench", None, 0, "/workbench/", "home"),
    MenuItem(_("News"), "pages:news", NOBODY, 70, "/news/", "news", public=True),
    MenuItem(_("Standards"), "pages:standards", None, 80, "/standards/", "books", public=True),
    MenuItem(_("Demonstration cases"), "pages:cases", NOBODY, 81, "/cases/", "map-pin", public=True),
    MenuItem(_("Content"), "wagtailadmin_home", frozenset({Role.EDITOR}), 85, "/cms/", "edit"),
]
PANELS: list[Panel] = []
