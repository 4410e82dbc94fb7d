"""An expert's own file: ties declared, days away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from committees.domain import ties
from committees.enums import AbsenceKind, Relation, TieKind
from committees.forms import AbsenceForm, RetractForm, TieForm
from committees.models import Absence, Expert
from committees.queries.ties import ties_of
from hanlin.kernel.errors import Refused


def _may(request):
    if not request.user.has_perm("committees.declare"):
        raise PermissionDenied


def _page(request, *, tie_form=None, absence_form=None):
    today = timezone.localdate()
    entry = Expert.objects.live().filter(person=request.user).select_related("committee__region", "title").first()
    region = entry.committee.region.code if entry else ""
    context = {
        "expert": entry,
        "fields": entry.fields.order_by("code") if entry else [],
        "ties": ties_of(request.user, on=today, region=region),
        "absences": request.user.absences.filter(last_day__gte=today).order_by("first_day"),
        "seats": request.user.seats.believed().held_on(today).select_related("term__committee", "group").order_by("pk"),
        "tie_form": tie_form or TieForm(own=True),
        "absence_form": absence_form or AbsenceForm(),
        "retract": RetractForm(),
        "today": today,
    }
    return render(request, "committees/me.html", context, status=422 if tie_form or absence_form else 200)


@login_required
@require_GET
def show(request):
    _may(request)
    return _page(request)


@login_required
@require_POST
def declare(request):
    """Declare a tie of one's own or of a relative."""
    _may(request)
    form = TieForm(request.POST, own=True)
    if form.is_valid():
        facts = form.facts()
        try:
            ties.record(
                request.user, TieKind(facts.pop("kind")), actor=request.user, relation=Relation(facts.pop("relation")),
                source=_("Declared by the expert"), **facts,
            )  # fmt: skip
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your tie is declared. The draw takes it into account from now on."))
            return redirect("committees:me")
    return _page(request, tie_form=form)


@login_required
@require_POST
def be_away(request):
    """Note days on which one cannot come."""
    _may(request)
    form = AbsenceForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            ties.be_away(request.user, actor=request.user, **{**data, "kind": AbsenceKind(data["kind"])})
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The days are noted. You are not drawn for them."))
            return redirect("committees:me")
    return _page(request, absence_form=form)


@login_required
@require_POST
def be_back(request, pk):
    """Strike out days that one noted."""
    _may(request)
    absence = get_object_or_404(Absence, pk=pk, person=request.user)
    ties.be_back(absence, actor=request.user)
    messages.success(request, _("The days are struck out."))
    return redirect("committees:me")
