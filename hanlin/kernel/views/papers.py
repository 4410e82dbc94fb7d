"""Papers: the page and files of one, for those who may; the public verification, for everybody."""

import time
from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.cache import cache
from django.core.files.storage import storages
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from hanlin.kernel.context import current_address
from hanlin.kernel.crypto import blind_index
from hanlin.kernel.domain.papers import remake
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Job, OfficialDocument
from hanlin.kernel.papers.registry import known_template, may_open
from hanlin.kernel.papers.uploads import MAX_BYTES, DigestUploadHandler
from hanlin.kernel.queries.papers import by_code, by_number, public_fields, tidy_code

LOOKS_PER_MINUTE = 40
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _looks(address: str) -> int:
    """How often this address has asked in the current minute; the address itself is not kept."""
    key = f"verify-{blind_index(address)[:24]}-{int(time.time()) // 60}"
    cache.add(key, 0, timeout=120)
    try:
        return cache.incr(key)
    except ValueError:  # a full cache has dropped it in between
        return 1


def public(view: Callable) -> Callable:
    """A page for strangers: not indexed by search engines, not cached, and not to be asked without end."""

    @wraps(view)
    def inner(request, *args, **kwargs):
        if _looks(current_address()) > LOOKS_PER_MINUTE:
            response = render(request, "kernel/verify_busy.html", status=429)
            response["Retry-After"] = "60"
        else:
            response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return never_cache(inner)


@require_GET
@public
def verify(request):
    """Search by number or code. A code leads to its page; a number answers here, with names masked."""
    asked = request.GET.get("q", "").strip()[:80]
    if not asked:
        return render(request, "kernel/verify.html")
    if tidy_code(asked):
        return redirect("kernel:verify_paper", code=tidy_code(asked))
    return _answer(request, by_number(asked), asked=asked, by_number_only=True)


@require_GET
@public
def verify_paper(request, code):
    """What the QR code on a paper opens."""
    return _answer(request, by_code(code), asked=code)


@csrf_exempt  # the handler must stand before anything reads the body; the inner view is protected
@require_POST
def compare(request, code):
    """Is the reader's PDF the one that was issued? Digests only; the file is not kept."""
    handler = DigestUploadHandler(request)
    request.upload_handlers = [handler]
    return _compare(request, code, handler)


@csrf_protect
@public
def _compare(request, code, handler):
    document = by_code(code)
    if document is None or not document.is_ready:
        return _answer(request, document, asked=code)
    file = request.FILES.get("file")
    if handler.too_large:
        verdict = "large"
    elif file is None or not file.is_pdf:
        verdict = "no_pdf"
    else:
        verdict = "same" if file.digests.sha256 == document.pdf_sha256 else "other"
    status = 422 if verdict in ("large", "no_pdf") else 200
    return _answer(request, document, asked=code, verdict=verdict, file=file, status=status)


def _answer(request, document, *, asked, by_number_only=False, status=None, **extra):
    template = document and known_template(document.template)
    context = {
        "asked": asked,
        "document": document,
        "label": template.label if template else (document and document.get_kind_display()),
        "fields": list(public_fields(document, by_number_only=by_number_only)) if document else [],
        "by_number_only": by_number_only,
        "checked_at": timezone.now(),
        "max_megabytes": MAX_BYTES // 1024 // 1024,
        **extra,
    }
    return render(request, "kernel/verify_result.html", context, status=status or (200 if document else 404))


def _visible(request, pk) -> OfficialDocument:
    """The paper, if this person may open it; a hidden one and a missing one answer alike."""
    document = get_object_or_404(OfficialDocument, pk=pk)
    if not may_open(request.user, document):
        raise Http404
    return document


@login_required
@require_GET
@never_cache
def paper(request, pk):
    """One paper: how far its files are, and the files. Asks again by itself while they are being made."""
    document = _visible(request, pk)
    job = None
    if not document.is_ready:
        job = Job.objects.filter(kind="kernel.render_paper", arguments__paper=pk).order_by("-created_at").first()
    name = "kernel/paper_state.html" if request.htmx else "kernel/paper.html"
    template = known_template(document.template)
    label = template.label if template else document.get_kind_display()
    return render(request, name, {"document": document, "job": job, "label": label})


@login_required
@require_POST
def again(request, pk):
    """Make the files once more after a failure."""
    document = _visible(request, pk)
    try:
        remake(document, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The document is being made again."))
    return redirect("kernel:paper", pk=pk)


@login_required
@require_GET
def pdf(request, pk):
    """The signed PDF; shown in the browser, saved with ?save=1."""
    document = _visible(request, pk)
    return _file(document, document.pdf, "pdf", "application/pdf", attachment="save" in request.GET)


@login_required
@require_GET
def docx(request, pk):
    """The editable copy."""
    document = _visible(request, pk)
    return _file(document, document.docx, "docx", DOCX, attachment=True)


def _file(document, name, ending, content_type, *, attachment):
    storage = storages["private"]
    if not name or not storage.exists(name):
        raise Http404
    shown = f"{document.number_text} {document.title}.{ending}".replace("/", "-")  # FileResponse writes it by RFC 5987
    response = FileResponse(storage.open(name), as_attachment=attachment, filename=shown, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
