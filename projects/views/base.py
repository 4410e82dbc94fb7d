"""What every view of the room does first and last."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from hanlin.kernel.errors import Refused
from hanlin.kernel.uploads import open_private
from projects.models import ExpertReview, GovProject, PanelSeat

Page = Callable[..., HttpResponse]


def need(request: HttpRequest, permission: str, row: Any = None) -> None:
    """403 unless the person has the permission on the row."""
    if not request.user.has_perm(f"projects.{permission}", row):
        raise PermissionDenied


def project_of(request: HttpRequest, pk: int) -> GovProject:
    """A project in the person's scope, else 404."""
    rows = GovProject.objects.visible_to(request.user).select_related("owner", "competent", "region")
    return get_object_or_404(rows, pk=pk)


def review_of(request: HttpRequest, pk: int) -> ExpertReview:
    """A review in the person's scope as owner, secretary or leader, else 404."""
    rows = ExpertReview.objects.visible_to(request.user)
    rows = rows.select_related("project__owner", "project__region", "definition__form", "committee", "secretary")
    return get_object_or_404(rows, pk=pk)


def kept_review(request: HttpRequest, pk: int) -> ExpertReview:
    """A review that the person keeps as secretary; 404 out of scope, 403 for owner and leader."""
    review = review_of(request, pk)
    need(request, "keep_review", review)
    return review


def seat_of(request: HttpRequest, pk: int) -> PanelSeat:
    """One of the person's own seats, else 404: nobody learns that another seat exists."""
    rows = PanelSeat.objects.of(request.user).select_related(
        "expert__person", "panel__round__review__project__owner", "panel__round__review__project__region",
        "panel__round__review__definition__form", "panel__round__review__committee",
    )  # fmt: skip
    return get_object_or_404(rows, pk=pk)


def attempt(request: HttpRequest, act: Callable[[], Any], page: Page, then: str, *args: Any) -> HttpResponse:
    """Do one thing and go on to `then`; where it is refused, the page again with the words and status 409."""
    try:
        act()
    except Refused as error:
        return page(request, error=error, status=409)
    return HttpResponseRedirect(reverse(f"projects:{then}", args=args))


def private_file(name: str, shown: str, content_type: str) -> FileResponse:
    """A file out of the private storage, as a download but for PDF and pictures, never sniffed or framed elsewhere."""
    inline = content_type in ("application/pdf", "image/png", "image/jpeg")
    reply = FileResponse(open_private(name), as_attachment=not inline, filename=shown, content_type=content_type)
    reply["X-Content-Type-Options"] = "nosniff"
    reply["Content-Security-Policy"] = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    reply["Cache-Control"] = "private, no-store"
    return reply
