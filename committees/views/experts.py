"""The directory of experts, an expert's file, and what the rules of withdrawal say."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from committees.domain import ties
from committees.enums import Relation, TieKind
from committees.forms import CheckForm, DirectoryForm, RetractForm, TieForm
from committees.models import Expert, ExpertCommittee, Tie
from committees.queries.coi import evaluate_many
from committees.queries.pool import candidates, in_field, named, with_employers, with_workload
from committees.queries.ties import ties_of
from hanlin.kernel.errors import Refused
from hanlin.people.enums import Role
from hanlin.people.queries.scope import within


def _kept(request):
    """The committees whose pools the person keeps."""
    return ExpertCommittee.objects.filter(within(request.user, "organisation", Role.SECRETARY)).order_by("region__code", "name")


@login_required
@require_GET
def index(request):
    """The pool's directory for its secretaries: filters, search by name or pinyin, 20 a page."""
    if not request.user.has_perm("committees.view_directory"):
        raise PermissionDenied
    form = DirectoryForm(request.GET, committees=_kept(request))
    asked = form.cleaned_data if form.is_valid() else {}
    experts = Expert.objects.live().filter(committee__in=_kept(request))
    if field := asked.get("field"):
        experts = in_field(experts, field)
    if committee := asked.get("committee"):
        experts = experts.filter(committee=committee)
    if title := asked.get("title"):
        experts = experts.filter(title=title)
    experts = named(experts, asked.get("q") or "")
    order = ["workload"] if asked.get("order") == "workload" else []
    rows = with_workload(with_employers(experts)).order_by(*order, "person__pinyin", "pk")
    page = Paginator(rows, 20).get_page(request.GET.get("page"))
    return render(request, "committees/experts.html", {"page": page, "form": form, "today": timezone.localdate()})


def _expert(request, pk):
    experts = Expert.objects.visible_to(request.user).select_related("committee__organisation", "committee__region")
    return get_object_or_404(with_employers(experts), pk=pk)


def _file(request, expert, form=None, status=200, error=""):
    """An expert's file: fields, seats, career, ties with the rules they touch, absences to come."""
    today, person = timezone.localdate(), expert.person
    keeps = request.user.has_perm("committees.keep_ties", expert)
    context = {
        "expert": expert,
        "years": expert.years(today),
        "ties": ties_of(person, on=today, region=expert.committee.region.code),
        "posts": person.posts.select_related("organisation", "level", "grade", "professional_title").order_by("-started_on", "-pk"),
        "jobs": person.employments.select_related("organisation").order_by("-started_on", "-pk"),
        "seats": person.seats.believed().select_related("term__committee", "group").order_by("-valid_from", "-pk"),
        "absences": person.absences.filter(last_day__gte=today).order_by("first_day"),
        "form": form or TieForm(),
        "retract": RetractForm(),
        "keeps": keeps,
        "error": error,
        "today": today,
    }
    return render(request, "committees/expert.html", context, status=status)


@login_required
@require_GET
def show(request, pk):
    """404 for whoever neither keeps the pool nor is the expert."""
    return _file(request, _expert(request, pk))


@login_required
@require_POST
def record_tie(request, pk):
    """The secretariat records a tie that it has found."""
    expert = _expert(request, pk)
    if not request.user.has_perm("committees.keep_ties", expert):
        raise PermissionDenied
    form = TieForm(request.POST)
    if not form.is_valid():
        return _file(request, expert, form, status=422)
    facts = form.facts()
    try:
        ties.record(
            expert.person, TieKind(facts.pop("kind")), actor=request.user, relation=Relation(facts.pop("relation")), **facts
        )
    except Refused as error:
        form.add_error(None, str(error))
        return _file(request, expert, form, status=422)
    messages.success(request, _("The tie is recorded."))
    return redirect("committees:expert", expert.pk)


@login_required
@require_POST
def retract_tie(request, pk):
    """Take a tie back: the secretariat any, the expert what they declared themselves."""
    visible = Expert.objects.visible_to(request.user)
    tie = get_object_or_404(Tie.objects.standing().filter(person__in=visible.values("person")), pk=pk)
    expert = visible.live().filter(person=tie.person).select_related("committee__organisation").first()
    own = tie.person_id == request.user.pk
    if expert is None or not (own or request.user.has_perm("committees.keep_ties", expert)):
        raise PermissionDenied
    try:
        ties.retract(tie, actor=request.user, reason=request.POST.get("reason", ""))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The tie is taken back; the record stays readable."))
    return redirect("committees:me" if own else "committees:expert", *([] if own else [expert.pk]))


@login_required
@require_http_methods(["GET"])
def check(request):
    """What the rules would say of every expert of the pool and one body: for the secretary, before a panel is composed."""
    if not request.user.has_perm("committees.view_directory"):
        raise PermissionDenied
    asked = "body" in request.GET
    form = CheckForm(request.GET if asked else None)
    touched, free = [], 0
    if asked and form.is_valid():
        data = form.cleaned_data
        experts = list(candidates(on=data["on"]).filter(committee__in=_kept(request)))
        found = evaluate_many(experts, {data["role"]: [data["body"]]}, on=data["on"], region=data["body"].region.code)
        touched = [(expert, found[expert.person_id]) for expert in experts if found[expert.person_id]]
        free = len(experts) - len(touched)
    context = {"form": form, "touched": touched, "free": free, "asked": asked and form.is_valid()}
    return render(request, "committees/check.html", context, status=422 if asked and not form.is_valid() else 200)
