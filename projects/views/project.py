"""Projects: list, register, project page, dossier."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from projects.domain import dossiers, projects, reviews
from projects.enums import ENDED, DocumentKind, PartyRole, ReviewKind, Stage
from projects.forms import ApplyForm, DocumentForm, PartyForm, ProjectForm
from projects.models import DocumentVersion, Dossier, GovProject, PanelSeat
from projects.queries.dossier import demands
from projects.views.base import attempt, need, private_file, project_of

PAGE = 20


@login_required
def index(request: HttpRequest) -> HttpResponse:
    """Projects in the person's scope, 20 a page."""
    need(request, "see_room")
    rows = GovProject.objects.visible_to(request.user).select_related("owner", "region")
    words, stage = request.GET.get("q", "").strip(), request.GET.get("stage", "")
    if words:
        rows = rows.filter(Q(name__icontains=words) | Q(owner__name__icontains=words))
    if stage in Stage.values:
        rows = rows.filter(stage=stage)
    rows = rows.annotate(running=Count("reviews", filter=~Q(reviews__state__in=ENDED))).order_by("-created_at", "-pk")
    context = {"page": Paginator(rows, PAGE).get_page(request.GET.get("page")), "q": words, "stage": stage, "stages": Stage.choices}
    return render(request, "projects/projects.html", context)


@login_required
def register(request: HttpRequest) -> HttpResponse:
    """The form by which an owner enters a project."""
    need(request, "register_project")
    form = ProjectForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            project = projects.register(actor=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("projects:project", project.pk)
    return render(request, "projects/project_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the register's words on a project."""
    project = project_of(request, pk)
    need(request, "change_project", project)
    initial = {
        name: getattr(project, name) for name in ("name", "owner", "competent", "region", "level", "stage", "budget", "goal")
    }
    form = ProjectForm(request.POST or None, person=request.user, initial=initial)
    for fixed in ("owner", "stage"):
        form.fields[fixed].disabled = True
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        try:
            projects.change(project, actor=request.user, **changed)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("projects:project", pk)
    return render(request, "projects/project_form.html", {"form": form, "project": project}, status=422 if form.errors else 200)


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The project page: facts, dossier as a checklist, reviews."""
    return _page(request, project_of(request, pk))


def _page(
    request: HttpRequest, project: GovProject, *, form: DocumentForm | None = None, error: Refused | None = None, status: int = 200
) -> HttpResponse:
    rows = demands(project, project.stage)
    running = list(project.reviews.select_related("definition").order_by("-pk"))
    context = {
        "project": project,
        "demands": rows,
        "required": [row for row in rows if row.required],
        "missing": [row for row in rows if row.required and not row.met],
        "reviews": running,
        "may_apply": not any(review.state not in ENDED for review in running),
        "parties": project.parties.select_related("organisation").order_by("role", "pk"),
        "stages": _stages(project),
        "form": form or DocumentForm(stage=project.stage),
        "apply_form": ApplyForm(),
        "party_form": PartyForm(project=project),
        "is_owner": request.user.has_perm("projects.file_document", project),
        "is_secretary": request.user.has_perm("projects.keep_project", project),
        "error": error,
    }
    return render(request, "projects/project.html", context, status=status)


def _stages(project: GovProject) -> list[dict[str, str]]:
    order = list(Stage)
    now = order.index(Stage(project.stage))
    return [
        {"title": str(stage.label), "state": "done" if place < now else "now" if place == now else ""}
        for place, stage in enumerate(order)
    ]


@login_required
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """File a paper of the present stage."""
    project = project_of(request, pk)
    need(request, "file_document", project)
    form = DocumentForm(request.POST, request.FILES, stage=project.stage)
    if not form.is_valid():
        return _page(request, project, form=form, status=422)
    data = form.cleaned_data
    try:
        dossiers.file_document(project, DocumentKind(data["kind"]), data["file"], actor=request.user, title=data["title"])
    except Refused as error:
        form.add_error("file", str(error))
        return _page(request, project, form=form, status=422)
    return redirect("projects:project", pk)


@login_required
@require_POST
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner asks for a review at the present stage."""
    project = project_of(request, pk)
    need(request, "apply_for_review", project)
    form = ApplyForm(request.POST)
    if not form.is_valid():
        return _page(request, project, status=422)

    def act() -> None:
        kind = ReviewKind(form.cleaned_data["kind"])
        reviews.apply(project, kind, actor=request.user, question=form.cleaned_data["question"])

    return attempt(request, act, lambda r, **more: _page(r, project, **more), "project", pk)


@login_required
@require_POST
def add_party(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a firm with a part in the project."""
    project = project_of(request, pk)
    need(request, "change_project", project)
    form = PartyForm(request.POST, project=project)
    if not form.is_valid():
        return _page(request, project, status=422)
    there = [(PartyRole(party.role), party.organisation) for party in project.parties.select_related("organisation")]
    added = (PartyRole(form.cleaned_data["role"]), form.cleaned_data["organisation"])
    projects.set_parties(project, [*there, added], actor=request.user)
    return redirect("projects:project", pk)


@login_required
@require_POST
def remove_party(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    project = project_of(request, pk)
    need(request, "change_project", project)
    left = project.parties.exclude(pk=get_object_or_404(project.parties, pk=party).pk).select_related("organisation")
    projects.set_parties(project, [(PartyRole(row.role), row.organisation) for row in left], actor=request.user)
    return redirect("projects:project", pk)


@login_required
def document(request: HttpRequest, pk: int) -> FileResponse:
    """A version's file: for the project's scope, and for panel members who have declared."""
    version = get_object_or_404(DocumentVersion.objects.select_related("document__dossier__project"), pk=pk)
    dossier = version.document.dossier
    if not GovProject.objects.visible_to(request.user).filter(pk=dossier.project_id).exists():
        _need_seat(request, dossier)
    dossiers.note_reading(version, actor=request.user)
    return private_file(version.file, version.file_name, version.content_type)


def _need_seat(request: HttpRequest, dossier: Dossier) -> None:
    """404 for who sits on no panel of these papers, 403 for a member who has not declared yet."""
    seats = PanelSeat.objects.of(request.user).live().select_related("expert")
    mine = list(seats.filter(panel__round__review__project=dossier.project_id, panel__round__review__stage=dossier.stage))
    if not mine:
        raise Http404
    if not any(request.user.has_perm("projects.open_papers", seat) for seat in mine):
        raise PermissionDenied
