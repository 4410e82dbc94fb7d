"""Must-change items: the owner's checklist, the secretary's recheck, the evidence."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from projects.domain import findings
from projects.enums import FindingState
from projects.models import Evidence, ExpertReview, Finding
from projects.views.base import attempt, need, private_file, review_of


@login_required
def index(request: HttpRequest, pk: int) -> HttpResponse:
    """The items of a review with their steps."""
    return _page(request, review_of(request, pk))


def _page(
    request: HttpRequest, review: ExpertReview, *, error: Refused | None = None, at: int = 0, status: int = 200
) -> HttpResponse:
    rows = review.findings.select_related("item__criterion").prefetch_related("steps__by", "steps__evidence").order_by("number")
    rows = list(rows)
    context: dict[str, Any] = {
        "review": review,
        "project": review.project,
        "findings": rows,
        "done": sum(row.state == FindingState.CLOSED for row in rows),
        "owns": request.user.has_perm("projects.answer_review", review),
        "keeps": request.user.has_perm("projects.keep_review", review),
        "waiting": (FindingState.NOTIFIED, FindingState.RECHECKED, FindingState.OVERDUE, FindingState.ESCALATED),
        "error": error,
        "at": at,
    }
    return render(request, "projects/findings.html", context, status=status)


def _finding(request: HttpRequest, pk: int) -> tuple[ExpertReview, Finding]:
    finding = get_object_or_404(Finding.objects.filter(review__in=ExpertReview.objects.visible_to(request.user)), pk=pk)
    return review_of(request, finding.review_id), finding


@login_required
@require_POST
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """The owner's answer with files."""
    review, finding = _finding(request, pk)
    need(request, "answer_review", review)
    text, files = request.POST.get("text", ""), request.FILES.getlist("files")
    return attempt(
        request, lambda: findings.reply(finding, text, files=files, actor=request.user),
        lambda r, **more: _page(r, review, at=pk, **more), "findings", review.pk,
    )  # fmt: skip


@login_required
@require_POST
def recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike off, or send back with words."""
    review, finding = _finding(request, pk)
    need(request, "keep_review", review)
    accepted, text = request.POST.get("word") == "accept", request.POST.get("text", "")
    return attempt(
        request, lambda: findings.recheck(finding, accepted=accepted, text=text, actor=request.user),
        lambda r, **more: _page(r, review, at=pk, **more), "findings", review.pk,
    )  # fmt: skip


@login_required
def evidence(request: HttpRequest, pk: int) -> FileResponse:
    """A file of an answer, for everybody in whose scope the review lies."""
    visible = ExpertReview.objects.visible_to(request.user)
    row = get_object_or_404(Evidence.objects.filter(step__finding__review__in=visible), pk=pk)
    return private_file(row.file, row.file_name, row.content_type)
