"""Committees, their rosters on any day, and the keeping of seats."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, F, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from committees.domain import seats
from committees.enums import SeatRole
from committees.forms import CorrectSeatForm, EndSeatForm, OnForm, SeatForm
from committees.models import CoiRule, ExpertCommittee, Seat
from committees.queries.pool import jobs_of
from committees.queries.seats import history as seat_history
from committees.queries.seats import who_sat
from hanlin.kernel.errors import Refused


@require_GET
def index(request):
    """The committees that anyone may know of, as a tree by parent and region."""
    today = timezone.localdate()
    sitting = Q(terms__seats__recorded_to=None, terms__started_on__lte=today, terms__ended_on__gt=today) & (
        Q(terms__seats__valid_to=None) | Q(terms__seats__valid_to__gt=today)
    ) & Q(terms__seats__valid_from__lte=today)  # fmt: skip
    committees = (
        ExpertCommittee.objects.visible_to(request.user)
        .select_related("region", "parent")
        .annotate(seated=Count("terms__seats", filter=sitting & Q(terms__seats__votes=True)))
        .order_by(F("parent__region__code").asc(nulls_first=True), "region__code", "name")
    )
    page = Paginator(committees, 20).get_page(request.GET.get("page"))
    return render(request, "committees/index.html", {"page": page})


@require_GET
def rules(request):
    """The rules of withdrawal with their sources and how well each is known."""
    found = CoiRule.objects.filter(in_force=True).order_by("code")
    return render(request, "committees/rules.html", {"rules": found})


@require_GET
def show(request, pk):
    """Who sits on a day, as we know it now or as we knew it on another day."""
    committee = get_object_or_404(ExpertCommittee.objects.visible_to(request.user).select_related("region"), pk=pk)
    form = OnForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or timezone.localdate()
    keeps = request.user.has_perm("committees.view_history", committee)
    known_on = asked.get("known_on") if keeps else None
    roster = list(who_sat(committee, on, known_on))
    jobs = jobs_of([seat.person_id for seat in roster], on)
    for seat in roster:
        seat.job = jobs.get(seat.person_id)
    context = {
        "committee": committee,
        "term": committee.current_term(on),
        "terms": committee.terms.order_by("-number"),
        "form": OnForm(initial={"on": on, "known_on": known_on}),
        "on": on,
        "known_on": known_on,
        "roster": roster,
        "voting": sum(seat.votes for seat in roster),
        "chair": next((seat for seat in roster if seat.role == SeatRole.CHAIR), None),
        "today": on == timezone.localdate() and not known_on,
        "keeps": keeps,
    }
    return render(request, "committees/committee.html", context)


@login_required
@require_GET
def history(request, pk):
    """Every record of every seat, replaced ones included; for the secretary."""
    committee = get_object_or_404(ExpertCommittee.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("committees.view_history", committee):
        raise PermissionDenied
    page = Paginator(seat_history(committee), 20).get_page(request.GET.get("page"))
    return render(request, "committees/history.html", {"committee": committee, "page": page})


@login_required
@require_http_methods(["GET", "POST"])
def seat(request, pk):
    """Seat an expert of the pool in the term that runs."""
    committee = get_object_or_404(ExpertCommittee.objects.visible_to(request.user), pk=pk)
    if not request.user.has_perm("committees.seat", committee):
        raise PermissionDenied
    term = committee.current_term()
    form = SeatForm(request.POST if request.method == "POST" else None, committee=committee)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if term is None:
                raise Refused(_("No term of this committee runs today."))
            taken = seats.seat(
                term, data["person"], SeatRole(data["role"]), actor=request.user, on=data["on"],
                group=data["group"], reason=data["reason"],
            )  # fmt: skip
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(person)s is seated.") % {"person": taken.person.name})
            return redirect("committees:committee", committee.pk)
    words = {"heading": _("Seat an expert"), "action": _("Seat the expert")}
    return _form(request, form, committee, words)


def _held(request, pk):
    """A seat that stands, of a committee that the person keeps: 404 unseen, 403 not theirs."""
    held = get_object_or_404(
        Seat.objects.believed()
        .filter(term__committee__in=ExpertCommittee.objects.visible_to(request.user))
        .select_related("term__committee__organisation", "person"),
        pk=pk,
    )
    if not request.user.has_perm("committees.seat", held.term.committee):
        raise PermissionDenied
    return held


@login_required
@require_http_methods(["GET", "POST"])
def unseat(request, pk):
    """End a seat with the reason."""
    held = _held(request, pk)
    form = EndSeatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            seats.unseat(held, actor=request.user, on=form.cleaned_data["on"], reason=form.cleaned_data["reason"])
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The seat of %(person)s ends.") % {"person": held.person.name})
            return redirect("committees:committee", held.term.committee_id)
    words = {"heading": _("End the seat of %(person)s") % {"person": held.person.name}, "action": _("End the seat")}
    return _form(request, form, held.term.committee, words)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request, pk):
    """Mend a wrong record; what was believed until now stays readable."""
    held = _held(request, pk)
    initial = {"role": held.role, "valid_from": held.valid_from, "valid_to": held.valid_to}
    form = CorrectSeatForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            seats.correct(
                held, actor=request.user, reason=data["reason"], role=SeatRole(data["role"]),
                valid_from=data["valid_from"], valid_to=data["valid_to"],
            )  # fmt: skip
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The record is mended; the earlier one stays in the history."))
            return redirect("committees:history", held.term.committee_id)
    words = {"heading": _("Mend the record of %(person)s") % {"person": held.person.name}, "action": _("Mend the record")}
    return _form(request, form, held.term.committee, words)


def _form(request, form, committee, words):
    status = 422 if form.is_bound else 200
    return render(request, "committees/form.html", {"form": form, "committee": committee, **words}, status=status)
