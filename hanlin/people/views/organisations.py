from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hanlin.kernel.errors import Refused
from hanlin.people.domain import organisations as domain
from hanlin.people.enums import OrganisationKind, Role
from hanlin.people.forms import CloseForm, OrganisationForm, RenameForm
from hanlin.people.models import Organisation
from hanlin.people.queries.directory import bodies_of
from hanlin.people.queries.scope import bodies_within

MOST = 2000


@login_required
@require_GET
def organisations(request):
    """The tree of bodies that this person looks after, with how many people each has."""
    if not request.user.has_perm("people.view_directory"):
        raise PermissionDenied
    today = timezone.localdate()
    held = Q(posts__started_on__lte=today) & (Q(posts__ended_on=None) | Q(posts__ended_on__gt=today))
    bodies = list(
        bodies_of(request.user)
        .select_related("region")
        .annotate(people=Count("posts__person", filter=held, distinct=True))
        .order_by("path")[:MOST]
    )
    top = min((body.depth for body in bodies), default=1)
    context = {
        "bodies": [(body, min(body.depth - top, 6)) for body in bodies],
        "may": request.user.has_perm("people.manage_organisations"),
    }
    return render(request, "people/organisations.html", context)


def _reached(request, pk):
    body = get_object_or_404(Organisation.objects.select_related("region", "succeeded_by"), pk=pk)
    if not request.user.has_perm("people.manage_organisations", body):
        raise PermissionDenied
    return body


def _page(request, body, *, status=200, **forms):
    """A body with its names and the three things that may be done with it."""
    reach = bodies_within(request.user, Role.SYSTEM_ADMIN)
    context = {
        "body": body,
        "names": body.names.order_by("-valid_from", "-pk"),
        "children": body.get_children().order_by("path"),
        "add_form": forms.get("add_form") or OrganisationForm(initial={"region": body.region_id}, prefix="add"),
        "rename_form": forms.get("rename_form") or RenameForm(initial={"short_name": body.short_name}, prefix="rename"),
        "close_form": forms.get("close_form") or CloseForm(bodies=reach.exclude(pk=body.pk), prefix="close"),
    }
    return render(request, "people/organisation.html", context, status=status)


@login_required
@require_GET
def organisation(request, pk):
    """One body, for the system administrator who looks after it."""
    return _page(request, _reached(request, pk))


@login_required
def add(request, pk):
    """Add a body below this one."""
    parent = _reached(request, pk)
    form = OrganisationForm(request.POST or None, prefix="add")
    if request.method != "POST" or not form.is_valid():
        return _page(request, parent, add_form=form if request.method == "POST" else None, status=422 if form.errors else 200)
    facts = form.cleaned_data
    try:
        body = domain.add(
            facts["name"],
            parent=parent,
            kind=OrganisationKind(facts["kind"]),
            region=facts["region"],
            short_name=facts["short_name"],
            credit_code=facts["credit_code"],
            document_code=facts["document_code"],
            on=facts["founded_on"],
            actor=request.user,
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, parent, add_form=form, status=422)
    messages.success(request, _("%(name)s stands in the tree.") % {"name": body.name})
    return redirect("people:organisation", body.pk)


@login_required
def rename(request, pk):
    """Give the body a new name from a day."""
    body = _reached(request, pk)
    form = RenameForm(request.POST or None, prefix="rename")
    if request.method != "POST" or not form.is_valid():
        return _page(request, body, rename_form=form if request.method == "POST" else None, status=422 if form.errors else 200)
    facts = form.cleaned_data
    try:
        domain.rename(body, facts["name"], short_name=facts["short_name"], on=facts["valid_from"], actor=request.user)
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, body, rename_form=form, status=422)
    messages.success(request, _("The new name holds; the old one stays findable."))
    return redirect("people:organisation", pk)


@login_required
def close(request, pk):
    """Close the body; its open posts go to the successor."""
    body = _reached(request, pk)
    reach = bodies_within(request.user, Role.SYSTEM_ADMIN).exclude(pk=pk)
    form = CloseForm(request.POST or None, bodies=reach, prefix="close")
    if request.method != "POST" or not form.is_valid():
        return _page(request, body, close_form=form if request.method == "POST" else None, status=422 if form.errors else 200)
    try:
        domain.close(body, actor=request.user, on=form.cleaned_data["closed_on"], successor=form.cleaned_data["successor"])
    except Refused as error:
        form.add_error(None, str(error))
        return _page(request, body, close_form=form, status=422)
    messages.success(request, _("%(name)s is closed.") % {"name": body.name})
    return redirect("people:organisations")
