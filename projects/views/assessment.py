"""The assessment: one part of the rubric at a time beside the dossier, saved as it is filled in."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.policy import policy
from projects.domain import assessments, dossiers
from projects.enums import AssessmentState
from projects.forms import draft_part
from projects.models import Assessment, Document, DocumentVersion, Form, PanelSeat
from projects.queries import changes, drafts
from projects.queries.dossier import changed_since_read, documents_of
from projects.queries.merge import attribute_means, tree
from projects.queries.scoring import rounded
from projects.views.base import need, seat_of


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """A part of the rubric (`part`), with a document at its side (`doc`)."""
    seat = seat_of(request, pk)
    need(request, "open_papers", seat)
    return _page(request, seat, request.GET.get("part", ""))


def _page(
    request: HttpRequest,
    seat: PanelSeat,
    part: str,
    *,
    lacking: list[tuple[str, str]] | None = None,
    error: Any = None,
    status: int = 200,
) -> HttpResponse:
    assessment = assessments.open_draft(seat, actor=request.user)
    review = seat.panel.round.review
    form = review.definition.form
    parts = _parts(form, assessment)
    here = next((row for row in parts if row["code"] == part), parts[0])
    documents = documents_of(review.project, review.stage)
    context = {
        "seat": seat,
        "review": review,
        "project": review.project,
        "assessment": assessment,
        "is_open": assessment.state == AssessmentState.DRAFT,
        "parts": parts,
        "here": here,
        "next": parts[parts.index(here) + 1] if here is not parts[-1] else None,
        "rows": _rows(form, assessment, here["code"]),
        "gates": _gates(form, assessment) if here["code"] == drafts.GATES else [],
        "items": _items(assessment, here["code"]),
        "comment": assessment.draft.get("comment", ""),
        "reason_at": int(policy("review.rating.reason_at", region=review.project.region.code)),
        "lacking": lacking if lacking is not None else [],
        "rated": sum(row["score"] is not None and row["open"] == 0 for row in parts[:-2]),
        "gates_done": parts[-2]["open"] == 0,
        "page_key": secrets.token_hex(8),
        "documents": documents,
        "changed": changed_since_read(documents, request.user),
        "shown": _shown(request, documents),
        "error": error,
    }
    return render(request, "projects/assessment.html", context, status=status)


def _parts(form: Form, assessment: Assessment) -> list[dict[str, Any]]:
    ratings = assessment.draft.get("ratings", {})
    rows = []
    for attribute, children in tree(form):
        values = {c.pk: ratings[c.code]["value"] for c in children if ratings.get(c.code, {}).get("value")}
        score = rounded(attribute_means(form, values)[attribute.code]) if values else None
        rows.append({
            "code": attribute.code, "title": str(attribute), "attribute": attribute, "score": score,
            "open": len(children) - len(values), "total": len(children),
        })  # fmt: skip
    gates = list(form.gates.all())
    judged = sum(bool(assessment.draft.get("gates", {}).get(gate.code, {}).get("outcome")) for gate in gates)
    rows.append({"code": drafts.GATES, "title": _("Gates"), "score": None, "open": len(gates) - judged, "total": len(gates)})
    rows.append({"code": drafts.SUMMARY, "title": _("Hand in"), "score": None, "open": 0, "total": 0})
    return rows


def _rows(form: Form, assessment: Assessment, code: str) -> list[dict[str, Any]]:
    ratings = assessment.draft.get("ratings", {})
    for attribute, children in tree(form):
        if attribute.code == code:
            return [{"criterion": child, "value": None, "reason": "", **ratings.get(child.code, {})} for child in children]
    return []


def _gates(form: Form, assessment: Assessment) -> list[dict[str, Any]]:
    said = assessment.draft.get("gates", {})
    return [{"gate": gate, "outcome": "", "comment": "", **said.get(gate.code, {})} for gate in form.gates.order_by("order")]


def _items(assessment: Assessment, code: str) -> list[dict[str, str]]:
    wanted = "" if code == drafts.SUMMARY else code
    return [item for item in assessment.draft.get("items", []) if item["criterion"] == wanted]


def _shown(request: HttpRequest, documents: list[Document]) -> dict[str, Any] | None:
    """The version at the side: the one asked for, else the newest of the first document, with what changed in it."""
    versions: dict[str, DocumentVersion] = {str(v.pk): v for document in documents for v in document.shown}  # type: ignore[attr-defined]
    if not versions:
        return None
    first = documents[0].shown[0]  # type: ignore[attr-defined]
    version = versions.get(request.GET.get("doc", ""), first)
    dossiers.note_reading(version, actor=request.user, at=timezone.now())
    return {"version": version, "document": version.document_id, **changes.against_earlier(version.pk)}


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep one part: JSON for the page's own script, a redirect to the next part for everything else."""
    seat = seat_of(request, pk)
    need(request, "open_papers", seat)
    assessment = get_object_or_404(Assessment, seat=seat)
    form = seat.panel.round.review.definition.form
    edition = request.POST.get("edition", "")
    quiet = request.headers.get("X-Requested-With") == "autosave"
    try:
        at = assessments.save_draft(
            assessment, request.POST.get("part", ""), draft_part(form, request.POST),
            edition=int(edition) if edition.isdigit() else -1, page=request.POST.get("page", "")[:32], actor=request.user,
        )  # fmt: skip
    except Refused as error:
        if quiet:
            return JsonResponse({"error": str(error)}, status=409)
        return _page(request, seat, request.POST.get("part", ""), error=error, status=409)
    if quiet:
        return JsonResponse({"time": f"{timezone.localtime(at):%H:%M}", "edition": assessment.edition})
    following = request.POST.get("next") or request.POST.get("part", "")
    return HttpResponseRedirect(f"{reverse('projects:assessment', args=[pk])}?part={following}")


@login_required
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand in for good."""
    seat = seat_of(request, pk)
    need(request, "open_papers", seat)
    assessment = get_object_or_404(Assessment, seat=seat)
    try:
        assessments.submit(assessment, actor=request.user)
    except assessments.Incomplete as error:
        return _page(request, seat, drafts.SUMMARY, lacking=error.lacking, error=error, status=422)
    except Refused as error:
        return _page(request, seat, drafts.SUMMARY, error=error, status=409)
    return redirect("projects:seat", pk)
