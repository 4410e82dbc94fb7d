"""The trail, for the audit administrator alone."""

import json

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from hanlin.kernel.domain import audit_checks
from hanlin.kernel.forms import AuditFilter
from hanlin.kernel.models import AuditEntry, Job
from hanlin.kernel.queries.audit import entries

from .files import export_response

EXPORT_AT_MOST = 50_000
reads_audit = permission_required("kernel.read_audit", raise_exception=True)


def _asked(request: HttpRequest) -> tuple[AuditFilter, dict]:
    form = AuditFilter(request.GET)
    return form, {key: value for key, value in form.cleaned_data.items() if value} if form.is_valid() else {}


@login_required
@reads_audit
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What happened, newest first, 20 a page."""
    form, asked = _asked(request)
    page = Paginator(entries(**asked), 20).get_page(request.GET.get("page"))
    checks = Job.objects.filter(kind=audit_checks.VERIFY).order_by("-created_at").first()
    rows = [(entry, _changes(entry)) for entry in page]
    return render(request, "kernel/audit.html", {"form": form, "page": page, "rows": rows, "job": checks, "asked": asked})


def _changes(entry: AuditEntry) -> list[tuple[str, str, str]]:
    """Field, before, after; values as text."""
    keys = [*entry.before, *(key for key in entry.after if key not in entry.before)]
    return [(key, _text(entry.before.get(key)), _text(entry.after.get(key))) for key in keys]


def _text(value: object) -> str:
    if value is None or value == "":
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


@login_required
@reads_audit
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Have the chains walked, and show how far that is."""
    return redirect("kernel:job", pk=audit_checks.ask_verification(actor=request.user).pk)


@login_required
@reads_audit
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The filtered trail as a table; that it was taken is itself an entry."""
    _form, asked = _asked(request)
    found = entries(**asked)
    count = found.count()
    if count > EXPORT_AT_MOST:
        messages.error(request, _("%(count)d entries are too many for one table; choose fewer days.") % {"count": count})
        return redirect("kernel:audit")
    audit_checks.note_export(actor=request.user, count=count, filters={key: str(value) for key, value in asked.items()})
    head = [
        pgettext("audit", "When"),
        pgettext("audit", "Who"),
        pgettext("audit", "Action"),
        pgettext("audit", "Kind of object"),
        pgettext("audit", "Object"),
        pgettext("audit", "Before"),
        pgettext("audit", "After"),
        pgettext("audit", "Address"),
        pgettext("audit", "Chain"),
        pgettext("audit", "Entry"),
        pgettext("audit", "Digest"),
    ]
    rows = (
        [
            e.at,
            e.actor_name,
            e.action,
            e.object_type,
            e.object_name,
            _text(e.before or ""),
            _text(e.after or ""),
            e.address,
            e.chain and e.chain.month,
            e.seq,
            e.digest,
        ]
        for e in found.select_related("chain").iterator(chunk_size=2000)
    )
    return export_response(_("Audit trail"), head, rows, kind="csv" if request.GET.get("kind") == "csv" else "xlsx")
