"""The language that a person has chosen goes with them to every machine."""

from django.conf import settings
from django.utils import translation


class PersonLanguageMiddleware:
    """Activates the person's language; without one, the cookie and the browser decide, as Django does."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = getattr(request.user, "language", "") if settings.SESSION_COOKIE_NAME in request.COOKIES else ""
        if chosen and chosen != translation.get_language():
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
        return self.get_response(request)
