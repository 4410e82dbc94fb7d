from django.core.exceptions import PermissionDenied

from hanlin.pages.domain.desks import DESKS, seat
from hanlin.people.queries.scope import has_role

PREFIX = "/cms/"
# Wagtail's admin has inline scripts and styles of its own. Nothing comes from elsewhere, here as everywhere.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "media-src 'self' blob:; object-src 'none'; frame-ancestors 'self'; form-action 'self'; base-uri 'none'"
)


class DeskMiddleware:
    """The editors' rooms: whoever enters has a desk there today, or is told so; strangers go to the log-in page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.user.is_authenticated:
            if not has_role(request.user, *DESKS):
                raise PermissionDenied
            seat(request.user)
        response = self.get_response(request)
        response.setdefault("Content-Security-Policy", POLICY)
        return response
