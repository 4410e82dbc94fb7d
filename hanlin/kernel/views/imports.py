"""The pages of every bulk table: upload, preview with all errors, confirm, result, refused rows."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hanlin.kernel.domain import imports
from hanlin.kernel.domain.imports import ImportKind
from hanlin.kernel.enums import ImportState
from hanlin.kernel.errors import Refused
from hanlin.kernel.forms import TableForm
from hanlin.kernel.models import ImportBatch
from hanlin.kernel.tables import template_xlsx
from hanlin.kernel.uploads import check_upload
from hanlin.kernel.uploads.kinds import CONTENT_TYPES

from .files import export_response

SHOWN_BAD, SHOWN_GOOD = 20, 10


def _context(request: HttpRequest) -> dict[str, str]:
    """What the table belongs to: the words of the address, one value each."""
    return {key: value[:60] for key, value in list(request.GET.items())[:6] if key != "page"}


def _allowed(request: HttpRequest, kind: str, context: dict[str, str]) -> ImportKind:
    try:
        known = imports.import_kind(kind)
    except KeyError as error:
        raise Http404("kind") from error
    if not known.allows(request.user, context):
        raise PermissionDenied
    return known


def _batch(request: HttpRequest, pk: UUID) -> tuple[ImportBatch, ImportKind]:
    """One's own import; anybody else's answers as if it were not there, for it may hold personal data."""
    batch = get_object_or_404(ImportBatch, pk=pk, actor_id=request.user.pk)
    return batch, _allowed(request, batch.kind, batch.context)


@login_required
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose a table; what cannot be read at all is refused here, and nothing of it is kept."""
    context = _context(request)
    known = _allowed(request, kind, context)
    form = TableForm(request.POST, request.FILES) if request.method == "POST" else TableForm()
    if form.is_valid():
        try:
            checked = check_upload(form.cleaned_data["file"], kinds=("xlsx", "csv"), max_bytes=settings.IMPORT_MAX_BYTES)
            batch = imports.upload(kind, checked, actor=request.user, context=context)
        except Refused as error:
            form.add_error("file", str(error))
        else:
            return redirect("kernel:import_batch", pk=batch.pk)
    recent = ImportBatch.objects.filter(kind=kind, actor_id=request.user.pk).order_by("-created_at")[:5]
    page = {"form": form, "kind": known, "columns": known.table().columns, "recent": recent, "max_bytes": settings.IMPORT_MAX_BYTES}
    return render(request, "kernel/import_upload.html", page, status=422 if form.errors else 200)


@login_required
@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The empty table to fill in, with hints and drop-down lists."""
    known = _allowed(request, kind, _context(request))
    response = HttpResponse(template_xlsx(known.table()), content_type=CONTENT_TYPES["xlsx"])
    filename = _("%(title)s (template).xlsx") % {"title": known.title}
    response["Content-Disposition"] = content_disposition_header(True, filename) or ""
    return response


@login_required
@require_safe
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where an import stands: being checked, checked with every error of every row, or done."""
    found, known = _batch(request, pk)
    return render(request, "kernel/import_batch.html", _shown(request, found, known))


def _shown(request: HttpRequest, found: ImportBatch, known: ImportKind, error: str = "") -> dict[str, Any]:
    page = Paginator(list(found.report.get("errors", {})), SHOWN_BAD).get_page(request.GET.get("page"))
    bad, good = [], []
    if found.file and found.state in (ImportState.CHECKED, ImportState.APPLIED):
        bad = imports.shown_rows(found, [int(number) for number in page])
        good = imports.shown_rows(found, imports.good_numbers(found, SHOWN_GOOD)) if found.state == ImportState.CHECKED else []
    columns = known.table().columns
    job = found.job if found.job and found.job.state in ("waiting", "running", "failed", "cancelled") else None
    return {
        "batch": found,
        "kind": known,
        "page": page,
        "columns": columns,
        "bad": [(row, [row.raw[column.key] for column in columns]) for row in bad],
        "good": [(row, [row.raw[column.key] for column in columns]) for row in good],
        "plan": found.report.get("result") or found.report.get("plan") or {},
        "after": known.after_url(found.context),
        "job": job,
        "busy": job is not None and job.state in ("waiting", "running"),
        "error": error,
    }


@login_required
@require_POST
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write the good rows: 404 for somebody else's file, 403 without the right, 409 where it cannot be."""
    found, known = _batch(request, pk)
    try:
        imports.confirm(found, actor=request.user)
    except Refused as error:
        found.refresh_from_db()
        return render(request, "kernel/import_batch.html", _shown(request, found, known, str(error)), status=409)
    found.refresh_from_db()
    if found.state == ImportState.APPLIED:
        messages.success(request, _("%(count)d rows have been imported.") % {"count": found.good})
    return redirect("kernel:import_batch", pk=found.pk)


@login_required
@require_safe
def refused(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The refused rows as a table to mend, with the reasons in the last column."""
    found, known = _batch(request, pk)
    try:
        rows = imports.refused_rows(found)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("kernel:import_batch", pk=found.pk)
    columns = [str(column.header) for column in known.table().columns]
    stem = found.file_name.rpartition(".")[0]
    return export_response(_("%(name)s (refused rows)") % {"name": stem}, [*columns, _("Why it was refused")], rows)
