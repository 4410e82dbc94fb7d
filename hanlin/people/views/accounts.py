from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.errors import Refused
from hanlin.people.domain import accounts as domain
from hanlin.people.forms import AccountForm, ReasonForm
from hanlin.people.models import Person
from hanlin.people.queries.directory import with_posts

PAGE = 20


def _may_manage(request):
    if not request.user.has_perm("people.manage_accounts"):
        raise PermissionDenied


def _locked():
    """User names that wrong passwords have locked at this moment."""
    since = timezone.now() - timedelta(minutes=settings.HANLIN_LOCK_MINUTES)
    rows = AccessAttempt.objects.filter(failures_since_start__gte=settings.HANLIN_LOGIN_TRIES, attempt_time__gte=since)
    return set(rows.values_list("username", flat=True))


def _page(request, *, form=None, status=200, told=None):
    words, show = request.GET.get("words", "").strip(), request.GET.get("show", "")
    locked = _locked()
    people = with_posts(Person.objects.all())
    if show == "suspended":
        people = people.filter(status="suspended")
    elif show == "locked":
        people = people.filter(username__in=locked)
    elif show == "waiting":
        people = people.filter(last_login=None).without_password()
    if words:
        named = people.filter(name__contains=words)
        people = named | people.filter(username__istartswith=words) | people.filter(pinyin_plain__startswith=words.lower())
    context = {
        "page": Paginator(people.order_by("pinyin", "pk"), PAGE).get_page(request.GET.get("page")),
        "words": words,
        "show": show,
        "locked": locked,
        "form": form or AccountForm(),
        "told": told,
    }
    return render(request, "people/accounts.html", context, status=status)


@login_required
@require_GET
def accounts(request):
    """Every account, for the system administrator: found, suspended, locked, waiting for a first password."""
    _may_manage(request)
    return _page(request)


@login_required
@require_POST
@never_cache
def create(request):
    """Make one account; its first password is shown on this page this once."""
    _may_manage(request)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        person = domain.register(actor=request.user, **form.cleaned_data)
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, form=form, status=422)
    return _page(request, told=domain.hand_out([person], actor=request.user))


@login_required
def account(request, pk):
    """One account: its state, and what may be done with it."""
    _may_manage(request)
    return _account(request, get_object_or_404(with_posts(Person.objects.all()), pk=pk))


def _account(request, person, *, form=None, told="", status=200):
    context = {
        "person": person,
        "form": form or ReasonForm(),
        "told": told,
        "locked": person.username.lower() in _locked(),
        "second_factors": person.authenticator_set.exclude(type="recovery_codes").count(),
    }
    return render(request, "people/account.html", context, status=status)


def _done(request, pk, words):
    messages.success(request, words)
    return redirect("people:account", pk)


@login_required
@require_POST
def suspend(request, pk):
    """Suspend an account, or give it back; both ask for a reason."""
    _may_manage(request)
    person = get_object_or_404(with_posts(Person.objects.all()), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _account(request, person, form=form, status=422)
    closes = person.status != "suspended"
    try:
        (domain.suspend if closes else domain.restore)(person, actor=request.user, reason=form.cleaned_data["reason"])
    except Refused as error:
        form.add_error(None, str(error))
        return _account(request, person, form=form, status=422)
    return _done(
        request, pk, _("The account is suspended; its sessions have ended.") if closes else _("The account is open again.")
    )


@login_required
@require_POST
def unlock(request, pk):
    """Open the lock that wrong passwords have put on."""
    _may_manage(request)
    person = get_object_or_404(with_posts(Person.objects.all()), pk=pk)
    try:
        domain.unlock(person, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return _account(request, person, status=422)
    return _done(request, pk, _("The lock is open."))


@login_required
@require_POST
@never_cache
def reset_password(request, pk):
    """Make a new first password and show it this once."""
    _may_manage(request)
    person = get_object_or_404(with_posts(Person.objects.all()), pk=pk)
    try:
        told = domain.reset_password(person, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return _account(request, person, status=422)
    return _account(request, person, told=told)


@login_required
@require_POST
def reset_second_factor(request, pk):
    """Take away the second factor of somebody who lost the phone."""
    _may_manage(request)
    person = get_object_or_404(with_posts(Person.objects.all()), pk=pk)
    try:
        domain.reset_second_factor(person, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
        return _account(request, person, status=422)
    return _done(request, pk, _("The second factor is gone; the person sets up a new one at the next log-in."))
