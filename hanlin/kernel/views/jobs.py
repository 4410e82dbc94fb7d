"""Long tasks as the person who asked sees them: how far, stop it, what came out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from hanlin.kernel.domain import jobs
from hanlin.kernel.enums import JobState
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Job
from hanlin.kernel.uploads.kinds import CONTENT_TYPES

from .files import private_response


def _job(request: HttpRequest, pk: UUID) -> Job:
    """A job one has asked for; the system administrator sees them all, others none."""
    job = get_object_or_404(Job, pk=pk)
    if job.asked_by_id != request.user.pk and not request.user.has_perm("kernel.view_any_job"):
        raise Http404("job")
    return job


@login_required
@require_safe
@never_cache
def job(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One job on a page of its own; it may be closed and opened again at any time."""
    return render(request, "kernel/job.html", {"job": _job(request, pk)})


@login_required
@require_safe
@never_cache
def bar(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The progress alone, asked for each second by the page that shows it; with ?reload=1 the page is loaded anew at the end."""
    found = _job(request, pk)
    reload = request.GET.get("reload") == "1"
    response = render(request, "kernel/job_progress.html", {"job": found, "reload": reload})
    if reload and found.state not in (JobState.WAITING, JobState.RUNNING):
        response["HX-Refresh"] = "true"
    return response


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a job's end; 409 where it has ended already."""
    found = _job(request, pk)
    status = 200
    try:
        found = jobs.cancel(found, actor=request.user)
    except Refused as error:
        messages.error(request, str(error))
        status = 409
    if request.htmx:
        return render(request, "kernel/job_progress.html", {"job": found}, status=status)
    return (
        redirect("kernel:job", pk=found.pk) if status == 200 else render(request, "kernel/job.html", {"job": found}, status=status)
    )


@login_required
@require_safe
def file(request: HttpRequest, pk: UUID, part: str) -> HttpResponseBase:
    """What a job has made (`result`), or the list of what it could not do (`errors`)."""
    found = _job(request, pk)
    name = found.result_file if part == "result" else found.error_file
    if not name:
        raise Http404("file")
    ending = name.rpartition(".")[2]
    filename = found.result.get("filename") or f"{found.kind}.{ending}"
    return private_response(
        request, name, filename if part == "result" else f"errors.{ending}", CONTENT_TYPES.get(ending, "application/octet-stream")
    )
