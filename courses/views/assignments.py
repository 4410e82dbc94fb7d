"""Mandatory study: making assignments, and seeing who is behind."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from courses.domain import assignments as domain
from courses.enums import AssignmentState, DutyState
from courses.forms import AssignmentForm
from courses.models import Assignment, Duty
from courses.queries.compliance import behind, by_body, counted
from courses.queries.matching import posts_meant, posts_of
from hanlin.kernel.errors import Refused
from hanlin.kernel.views.files import export_response
from hanlin.people.enums import Role
from hanlin.people.models import Organisation
from hanlin.people.queries.scope import roles_of

PAGE = 20


def _may(request, perm, row=None):
    if not request.user.has_perm(perm, row):
        raise PermissionDenied


@login_required
@require_GET
def index(request):
    """Assignments of the bodies that the person follows."""
    _may(request, "courses.list_assignments")
    rows = Assignment.objects.visible_to(request.user).select_related("course", "owner").prefetch_related("organisations")
    rows = counted(rows, on=timezone.localdate()).order_by("state", "due_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/assignments.html", {"page": page, "states": AssignmentState})


def _owner(person) -> Organisation:
    """The highest body whose training the person runs."""
    paths = sorted(roles_of(person)[Role.TRAINING_ADMIN], key=len)
    return Organisation.objects.get(path=paths[0])


@login_required
@require_http_methods(["GET", "POST"])
def new(request):
    """Write an assignment down; it tells nobody before it is issued."""
    _may(request, "courses.make_assignment")
    form = AssignmentForm(request.POST or None, person=request.user, initial={"course": request.GET.get("course")})
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            row = domain.draft(
                form.cleaned_data["course"],
                actor=request.user,
                owner=_owner(request.user),
                organisations=form.cleaned_data["organisations"],
                ranks=form.cleaned_data["ranks"],
                due_on=form.cleaned_data["due_on"],
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
            )
        except Refused as refusal:
            error = str(refusal)
        else:
            return redirect("courses:assignment", pk=row.pk)
    status = 422 if request.method == "POST" else 200
    return render(request, "courses/assignment_new.html", {"form": form, "error": error}, status=status)


@login_required
@require_POST
def preview(request):
    """How many people a choice of bodies and levels means, by body; htmx shows it beside the form."""
    _may(request, "courses.make_assignment")
    form = AssignmentForm(request.POST, person=request.user)
    form.is_valid()
    bodies, ranks = form.cleaned_data.get("organisations"), form.cleaned_data.get("ranks")
    posts = posts_meant(bodies or [], ranks or [], on=timezone.localdate()).select_related("person", "organisation")
    total = posts.count() if bodies else 0
    return render(
        request, "courses/assignment_preview.html", {"total": total, "posts": posts[:8] if bodies else [], "bodies": bodies}
    )


def _seen(request, pk) -> Assignment:
    """An assignment that the person follows (404), who follows training at all (403)."""
    _may(request, "courses.list_assignments")
    return get_object_or_404(Assignment.objects.visible_to(request.user).select_related("course", "owner", "created_by"), pk=pk)


@login_required
@require_GET
@never_cache
def detail(request, pk):
    """A draft with the people it would mean, or an issued one with who is behind."""
    row = _seen(request, pk)
    today = timezone.localdate()
    body = request.GET.get("body", "")
    chosen = int(body) if body.isdecimal() else None
    bodies = by_body(row, on=today)
    context = {
        "assignment": row,
        "states": AssignmentState,
        "today": today,
        "bodies": bodies,
        "people": sum(b.people for b in bodies),
        "done": sum(b.done for b in bodies),
        "late": sum(b.late for b in bodies),
        "chosen": next((b for b in bodies if b.organisation == chosen), None),
        "organisations": row.organisations.order_by("path"),
        "ranks": row.ranks.order_by("-system", "order"),
        "may_run": request.user.has_perm("courses.run_assignment", row),
    }
    if row.state == AssignmentState.DRAFT:
        posts = posts_of(row, on=today).select_related("person", "organisation", "level", "grade")
        context["page"] = Paginator(posts, PAGE).get_page(request.GET.get("page"))
    else:
        context["page"] = Paginator(behind(row, chosen if context["chosen"] else None), PAGE).get_page(request.GET.get("page"))
    return render(request, "courses/assignment.html", context)


@login_required
@require_POST
def issue(request, pk):
    """Make it binding."""
    row = _seen(request, pk)
    _may(request, "courses.run_assignment", row)
    try:
        domain.issue(row, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Issued. Everyone meant is being told now."))
    return redirect("courses:assignment", pk=pk)


@login_required
@require_POST
def remind(request, pk):
    """Remind everyone who is behind, or those of one body."""
    row = _seen(request, pk)
    _may(request, "courses.run_assignment", row)
    body = request.POST.get("body", "")
    organisation = get_object_or_404(Organisation, pk=int(body)) if body.isdecimal() else None
    people = behind(row, organisation.pk if organisation else None).exclude(reminded_on=timezone.localdate()).count()
    try:
        domain.remind(row, actor=request.user, organisation=organisation)
    except Refused as error:
        messages.error(request, str(error))
    else:
        words = ngettext("A reminder goes to %(n)d person.", "Reminders go to %(n)d people.", people)
        messages.success(request, words % {"n": people})
    return redirect("courses:assignment", pk=pk)


@login_required
@require_POST
def withdraw(request, pk):
    """Take it back."""
    row = _seen(request, pk)
    _may(request, "courses.run_assignment", row)
    try:
        domain.withdraw(row, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. Open duties are gone from the to-do lists."))
    return redirect("courses:assignment", pk=pk)


@login_required
@require_GET
def people_file(request, pk):
    """Everyone assigned, with how they stand, as .xlsx."""
    row = _seen(request, pk)
    rows = Duty.objects.filter(assignment=row).exclude(state=DutyState.EXEMPTED).select_related("person", "organisation")
    columns = [_("Work unit"), _("Name of the person"), _("State"), _("Finish by"), _("Finished on"), _("Last reminded on")]
    table = [
        [
            duty.organisation.name,
            duty.person.name,
            duty.get_state_display(),
            duty.due_on,
            timezone.localdate(duty.done_at) if duty.done_at else "",
            duty.reminded_on or "",
        ]
        for duty in rows.order_by("organisation__path", "person__pinyin", "pk")
    ]
    return export_response(_("Who has studied %(course)s") % {"course": row.course.title}, columns, table)
