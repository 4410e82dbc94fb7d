"""What every page's frame shows. Nothing is asked of the database before a template asks for it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Count, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.functional import cached_property

from hanlin.people.enums import DisplayMode, Theme
from hanlin.people.models import Person, Post
from hanlin.people.queries.scope import roles_of
from hanlin.people.registries import MENU, MenuItem

FIRST = 20  # places before this order, the workbench, stand at the head for everyone
MODE_COOKIE, THEME_COOKIE = "hanlin_mode", "hanlin_theme"


class Frame:
    """The masthead, menu and display settings of one request; two queries at most, made once."""

    languages = settings.LANGUAGES  # each in its own words, whatever the page speaks

    def __init__(self, request):
        self.request, self.person = request, getattr(request, "user", None)

    @cached_property
    def known(self) -> bool:
        return bool(self.person and self.person.is_authenticated)

    @cached_property
    def menu(self) -> list[dict[str, Any]]:
        """The places open to this person, or to strangers, with the current one marked: first what their roles are for."""
        held = set(roles_of(self.person)) if self.known else set()
        items = [item for item in MENU if ((item.roles is None or held & item.roles) if self.known else item.public)]
        items.sort(key=lambda item: (item.roles is None and item.order >= FIRST, item.order))
        here = self._current(items)
        return [{"label": i.label, "url": reverse(i.url_name), "icon": i.icon, "current": i is here} for i in items]

    def _current(self, items: list[MenuItem]) -> MenuItem | None:
        """The item with the longest prefix of this page's path."""
        fitting = [item for item in items if self.request.path.startswith(item.match)]
        return max(fitting, key=lambda item: len(item.match), default=None)

    @cached_property
    def tabs(self) -> list[dict[str, Any]]:
        """The first four places; the fifth of the phone's bottom bar is the person's own page."""
        return self.menu[:4]

    @cached_property
    def _about(self) -> Mapping[str, Any]:
        place = Post.objects.current().filter(person=OuterRef("pk")).order_by("-is_main", "pk")
        unread = Count("notices", filter=Q(notices__read_at=None))
        found = Person.objects.filter(pk=self.person.pk).annotate(
            place=Subquery(place.values("organisation__name")[:1]), unread=unread
        )
        return found.values("place", "unread").first() or {}

    @property
    def unread(self) -> int:
        return self._about.get("unread", 0) if self.known else 0

    @property
    def place(self) -> str:
        """The body where the person serves."""
        return (self._about.get("place") or "") if self.known else ""

    @property
    def mode(self) -> str:
        return self.person.display_mode if self.known else self._cookie(MODE_COOKIE, DisplayMode)

    @property
    def theme(self) -> str:
        return self.person.theme if self.known else self._cookie(THEME_COOKIE, Theme)

    def _cookie(self, name: str, choices: Any) -> str:
        value = self.request.COOKIES.get(name, "")
        return value if value in choices.values else choices.values[0]


def frame(request) -> dict[str, Any]:
    """`frame` for base.html, `demo`, and the nonce of the content policy."""
    if not hasattr(request, "_frame"):
        request._frame = Frame(request)
    return {"frame": request._frame, "demo": settings.DEMO, "csp_nonce": getattr(request, "csp_nonce", "")}
