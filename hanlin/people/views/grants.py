from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.errors import Refused
from hanlin.people.domain import grants as domain
from hanlin.people.enums import Role
from hanlin.people.forms import GrantForm, ReasonForm
from hanlin.people.models import Grant
from hanlin.people.queries.scope import bodies_within, within

PAGE = 20


def _visible(person):
    """Roles over bodies that this security administrator looks after."""
    return Grant.objects.filter(within(person, "organisation", Role.SECURITY_ADMIN)).select_related(
        "person", "organisation", "given_by"
    )


def _page(request, *, form=None, status=200):
    today, show = timezone.localdate(), request.GET.get("show", "")
    rows, words = _visible(request.user), request.GET.get("words", "").strip()
    review = rows.to_review(today)
    rows = {"review": review, "ended": rows.filter(ended_on__lte=today)}.get(show, rows.in_force(today))
    if words:
        rows = rows.filter(person__name__contains=words) | rows.filter(organisation__name__contains=words)
    context = {
        "page": Paginator(rows.order_by("person__pinyin", "role", "pk"), PAGE).get_page(request.GET.get("page")),
        "show": show,
        "words": words,
        "to_review": review.count(),
        "form": form or GrantForm(bodies=bodies_within(request.user, Role.SECURITY_ADMIN)),
        "today": today,
    }
    return render(request, "people/grants.html", context, status=status)


@login_required
@require_GET
def grants(request):
    """Roles in force, ended, or due for the yearly review."""
    if not request.user.has_perm("people.manage_grants"):
        raise PermissionDenied
    return _page(request)


@login_required
@require_POST
def give(request):
    """Give a role over a body that the security administrator looks after."""
    if not request.user.has_perm("people.manage_grants"):
        raise PermissionDenied
    form = GrantForm(request.POST, bodies=bodies_within(request.user, Role.SECURITY_ADMIN))
    if not form.is_valid():
        return _page(request, form=form, status=422)
    facts = form.cleaned_data
    try:
        grant = domain.give(
            facts["person"],
            Role(facts["role"]),
            facts["organisation"],
            actor=request.user,
            on=facts["started_on"],
            until=facts["ended_on"],
            reason=facts["reason"],
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, form=form, status=422)
    messages.success(
        request,
        _("%(person)s is now %(role)s over %(body)s.")
        % {"person": grant.person.name, "role": grant.get_role_display(), "body": grant.organisation.name},
    )
    return redirect("people:grants")


def _reached(request, pk):
    grant = get_object_or_404(Grant.objects.select_related("organisation", "person"), pk=pk)
    if not request.user.has_perm("people.manage_grants", grant.organisation):
        raise PermissionDenied
    return grant


@login_required
def end(request, pk):
    """Ask for the reason, then end a role from today."""
    grant = _reached(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            domain.end(grant, actor=request.user, on=timezone.localdate(), reason=form.cleaned_data["reason"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The role has ended."))
            return redirect("people:grants")
    return render(request, "people/grant_end.html", {"grant": grant, "form": form}, status=422 if form.errors else 200)


@login_required
@require_POST
def review(request, pk):
    """Confirm in the yearly review that a role is still needed."""
    grant = _reached(request, pk)
    try:
        domain.review(grant, actor=request.user, on=timezone.localdate())
    except Refused as error:
        messages.error(request, str(error))
        return _page(request, status=422)
    messages.success(request, _("Confirmed for another year."))
    return redirect(f"{request.path.rsplit('/', 3)[0]}/?show=review")
