from django.conf import settings
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hanlin.people.context_processors import MODE_COOKIE, THEME_COOKIE
from hanlin.people.domain.display import LANGUAGES, choose
from hanlin.people.enums import DisplayMode, Theme

YEAR = 365 * 24 * 3600
CHOICES = {
    "display_mode": (MODE_COOKIE, DisplayMode.values),
    "theme": (THEME_COOKIE, Theme.values),
    "language": (settings.LANGUAGE_COOKIE_NAME, LANGUAGES),
}


def _back(request) -> str:
    """The page on which the person was, if it is one of ours."""
    address = request.POST.get("next") or request.headers.get("referer") or ""
    safe = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if safe else reverse("people:me") if request.user.is_authenticated else "/"


@require_POST
def display(request):
    """Larger type, dark page, language: kept on the person, and in a cookie for pages before log-in."""
    wanted = {name: request.POST[name] for name, (_, allowed) in CHOICES.items() if request.POST.get(name) in allowed}
    if request.user.is_authenticated and wanted:
        choose(request.user, actor=request.user, **wanted)
    reply = redirect(_back(request))
    for name, value in wanted.items():
        reply.set_cookie(CHOICES[name][0], value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return reply
