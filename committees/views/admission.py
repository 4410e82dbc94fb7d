"""From candidate to expert: the list with evidence, the nomination, the desk of admissions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.domain import admission
from committees.forms import NominationForm, OpinionForm
from committees.models import ExpertCommittee, PoolAdmission
from committees.queries.candidates import candidates_under, evidence_of
from hanlin.kernel.errors import Refused
from hanlin.people.enums import Role
from hanlin.people.queries.scope import within


def _kept(request):
    kept = ExpertCommittee.objects.filter(within(request.user, "organisation", Role.SECRETARY))
    return kept.select_related("organisation", "region").order_by("region__code", "name")


@login_required
@require_GET
def candidates(request):
    """People with the evidence of what they have learnt; putting one forward is the secretary's act."""
    if not request.user.has_perm("committees.view_directory"):
        raise PermissionDenied
    kept = list(_kept(request))
    committee = next((c for c in kept if str(c.pk) == request.GET.get("committee")), kept[0] if kept else None)
    page = Paginator(candidates_under(admission.jurisdiction(committee)) if committee else [], 20).get_page(request.GET.get("page"))
    evidence = evidence_of([person.pk for person in page]) if committee else {}
    rows = [(person, evidence[person.pk]) for person in page]
    return render(request, "committees/candidates.html", {"page": page, "rows": rows, "committee": committee, "kept": kept})


@login_required
@require_http_methods(["GET", "POST"])
def nominate(request, pk, person_pk):
    """Put a candidate forward, with the evidence as it stands today."""
    committee = get_object_or_404(ExpertCommittee.objects.visible_to(request.user).select_related("organisation", "region"), pk=pk)
    if not request.user.has_perm("committees.nominate", committee):
        raise PermissionDenied
    person = get_object_or_404(candidates_under(admission.jurisdiction(committee)), pk=person_pk)
    evidence = evidence_of([person.pk])[person.pk]
    main = person.posts_of_day[0] if person.posts_of_day else None
    form = NominationForm(
        request.POST if request.method == "POST" else None, initial={"title": main.professional_title_id if main else None}
    )
    if request.method == "POST" and form.is_valid():
        kept = [{"title": fact.title, "number": fact.number, "on": str(fact.on or "")} for fact in evidence]
        try:
            put = admission.nominate(committee, person, actor=request.user, evidence=kept, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("%(person)s is nominated.") % {"person": person.name})
            return redirect("committees:admission", put.pk)
    context = {"form": form, "committee": committee, "person": person, "evidence": evidence, "main": main}
    return render(request, "committees/nominate.html", context, status=422 if form.is_bound else 200)


@login_required
@require_GET
def index(request):
    """The desk: admissions of the pools that the person keeps, open ones first."""
    if not request.user.has_perm("committees.view_directory"):
        raise PermissionDenied
    rows = (
        PoolAdmission.objects.visible_to(request.user)
        .select_related("person", "committee", "nominated_by")
        .order_by("decided_at", "-nominated_at", "-pk")
    )
    open_now = PoolAdmission.objects.visible_to(request.user).open().count()
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "committees/admissions.html", {"page": page, "open_now": open_now})


def _admission(request, pk):
    rows = PoolAdmission.objects.visible_to(request.user)
    row = get_object_or_404(
        rows.select_related(
            "person", "committee__organisation", "committee__region", "nominated_by", "examined_by", "title", "letter"
        ),
        pk=pk,
    )
    if not request.user.has_perm("committees.admit", row):
        raise PermissionDenied
    return row


def _shown(request, row, form=None, error="", status=200):
    context = {
        "row": row,
        "fields": row.fields.order_by("code"),
        "shortfalls": admission.shortfalls(row, on=timezone.localdate()),
        "form": form or OpinionForm(),
        "error": error,
    }
    return render(request, "committees/admission.html", context, status=status)


@login_required
@require_GET
def show(request, pk):
    return _shown(request, _admission(request, pk))


@login_required
@require_POST
def step(request, pk, step):
    """Examine, appoint, refuse or withdraw."""
    row, actor, today = _admission(request, pk), request.user, timezone.localdate()
    opinion = request.POST.get("opinion", "")
    steps = {
        "examine": lambda: admission.examine(row, actor=actor, opinion=opinion, on=today),
        "appoint": lambda: admission.appoint(row, actor=actor, on=today),
        "refuse": lambda: admission.refuse(row, actor=actor, reason=opinion),
        "withdraw": lambda: admission.withdraw(row, actor=actor),
    }
    if step not in steps:
        raise Http404
    try:
        steps[step]()
    except Refused as error:
        row.refresh_from_db()
        return _shown(request, row, OpinionForm(initial={"opinion": opinion}), error=str(error), status=409)
    messages.success(request, _("Done: %(state)s.") % {"state": row.get_state_display()})
    return redirect("committees:admission", row.pk)
