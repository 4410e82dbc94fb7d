import json

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import AuditEntry
from hanlin.people import registries
from hanlin.people.domain import consents
from hanlin.people.models import Consent, Person
from hanlin.people.queries.directory import with_posts

RECENT = 10


@login_required
@require_GET
def profile(request):
    """What is known of the person who looks: posts, roles, contacts with their middle hidden, consents."""
    person = with_posts(Person.objects.filter(pk=request.user.pk)).get()
    context = {
        "person": person,
        "grants": person.grants.in_force().select_related("organisation").order_by("-started_on", "-pk"),
        "employments": person.employments.select_related("organisation").order_by("-started_on", "-pk"),
        "consents": person.consents.order_by("-given_at", "-pk"),
    }
    return render(request, "people/me.html", context)


@login_required
@require_POST
def withdraw(request, pk):
    """Take a consent back."""
    consent = get_object_or_404(Consent, pk=pk, person=request.user)
    try:
        consents.withdraw(consent, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The consent is taken back. What was done before stays lawful."))
    return redirect("people:me")


@login_required
@require_POST
@never_cache
def export(request):
    """Everything the site holds about the person who asks, as JSON; every room adds its share."""
    person = get_object_or_404(Person, pk=request.user.pk)
    data = {room: data_of(person) for room, data_of in registries.PERSONAL.items()}
    log(person, "people.person.export", actor=request.user, after={"rooms": list(data)})
    body = json.dumps({"made_at": timezone.now().isoformat(), **data}, ensure_ascii=False, indent=2, default=str)
    reply = HttpResponse(body, content_type="application/json; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="hanlin-{person.username}-{timezone.localdate():%Y%m%d}.json"'
    reply["Cache-Control"] = "private, no-store"
    return reply


@login_required
@require_GET
def security(request):
    """Password, second factor, linked accounts, sessions, and the latest log-ins."""
    person = request.user
    sessions = list(UserSession.objects.filter(user=person).order_by("-created_at")[:20])
    context = {
        "sessions": sessions,
        "password_set_at": person.passwords.order_by("-pk").values_list("set_at", flat=True).first(),
        "factors": Authenticator.objects.filter(user=person).exclude(type="recovery_codes").order_by("created_at"),
        "linked": SocialAccount.objects.filter(user=person).order_by("pk"),
        "entries": AuditEntry.objects.filter(
            object_type="people.person", object_id=str(person.pk), action__startswith="people.login."
        ).order_by("-pk")[:RECENT],
    }
    return render(request, "people/security.html", context)


@login_required
@require_POST
def end_session(request, pk):
    """End one of one's own sessions, on whatever device it is."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    session.end()
    log(request.user, "people.login.end_session", actor=request.user, after={"address": session.ip})
    messages.success(request, _("The session has ended."))
    return redirect("people:security")
