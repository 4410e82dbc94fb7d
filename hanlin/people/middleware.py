"""What stands between a log-in and the pages: a session that ends, a first password changed, a second factor set up."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.people.domain import logins
from hanlin.people.enums import SEPARATED, STRONG
from hanlin.people.queries.scope import has_role

_TOUCH_SECONDS = 60  # the session is written at most once a minute
_OPEN = ("/accounts/", "/static/", "/media/", "/healthz", "/i18n/", "/jsi18n/")


def stamp(sender, request, user, **kwargs):
    """At log-in, by whichever door: from now the session's clocks run."""
    request.session["in_at"] = request.session["seen_at"] = int(timezone.now().timestamp())


class LoginDutiesMiddleware:
    """Ends idle and old sessions; holds back whoever still owes a new password or a second factor."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(("/static/", "/healthz")) or not request.user.is_authenticated:
            return self.get_response(request)
        if why := self._ended(request):
            return self._send_out(request, why)
        if owed := self._owed(request):
            return owed
        return self.get_response(request)

    def _ended(self, request):
        """Why the session is over, or nothing; otherwise notes that the person is here."""
        now, session = int(timezone.now().timestamp()), request.session
        if now - session.get("in_at", 0) > settings.SESSION_COOKIE_AGE:
            return "whole day"
        quiet = now - session.get("seen_at", 0)
        if quiet > settings.HANLIN_IDLE_MINUTES * 60:
            return "idle"
        if quiet > settings.HANLIN_IDLE_MINUTES_ADMIN * 60 and has_role(request.user, *SEPARATED):
            return "idle"
        if quiet > _TOUCH_SECONDS:
            session["seen_at"] = now
        return ""

    def _send_out(self, request, why):
        logins.went_out(request.user, why=why)
        logout(request)
        messages.info(request, _("You were logged out because nothing happened for a while. Log in to go on."))
        target = f"{reverse('account_login')}?next={request.path if request.method == 'GET' else '/'}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=401, headers={"HX-Redirect": target})
        return redirect(target)

    def _owed(self, request):
        """A redirect to the duty that comes first, or nothing."""
        if request.path.startswith(_OPEN):
            return None
        if request.user.must_change_password:
            messages.info(request, _("This is a first password that somebody else knows. Choose your own to go on."))
            return redirect("account_change_password")
        if settings.HANLIN_SECOND_FACTOR_REQUIRED and has_role(request.user, *STRONG) and not is_mfa_enabled(request.user):
            messages.info(request, _("Your role asks for a second factor. Set up an authenticator app or a passkey to go on."))
            return redirect("mfa_index")
        return None
