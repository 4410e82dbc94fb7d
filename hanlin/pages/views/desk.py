from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def login(request):
    """Wagtail's own log-in form is not ours: there is one log-in page."""
    there = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    query = urlencode({"next": there if safe else resolve_url("wagtailadmin_home")})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")
