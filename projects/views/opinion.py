"""The opinion: editor beside the merged table, circulation, signature, issue."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from projects.domain import opinions as domain
from projects.enums import ItemKind, OpinionState, Verdict
from projects.forms import OpinionForm, opinion_rows
from projects.models import Consent, ExpertReview, PanelOpinion, PanelSeat
from projects.queries import merge, opinions
from projects.views import review as review_page
from projects.views.base import attempt, kept_review, need, seat_of


def _opinion(review: ExpertReview) -> PanelOpinion:
    return get_object_or_404(PanelOpinion.objects.select_related("round__review__project"), round__review=review)


@login_required
@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge the assessments into a first text."""
    review = kept_review(request, pk)
    return attempt(
        request,
        lambda: domain.draft(review, actor=request.user),
        lambda r, **more: review_page.page(r, review, **more),
        "opinion",
        pk,
    )


@login_required
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor; what is sent is kept, and with `circulate` put before the panel."""
    review = kept_review(request, pk)
    opinion = _opinion(review)
    if request.method != "POST":
        return _page(request, review, opinion)
    form = OpinionForm(request.POST)
    if not form.is_valid():
        return _page(request, review, opinion, form=form, status=422)
    body, rows = opinion_rows(request.POST)
    data = form.cleaned_data
    try:
        opinion = domain.save(
            opinion, body=body, items=rows, verdict=Verdict(data["verdict"]), verdict_reason=data["verdict_reason"],
            edition=data["edition"], actor=request.user,
        )  # fmt: skip
        if "circulate" in request.POST:
            domain.circulate(opinion, actor=request.user)
            return redirect("projects:review", pk)
    except Refused as error:
        opinion.refresh_from_db()
        return _page(request, review, opinion, error=error, status=409)
    return redirect("projects:opinion", pk)


def _page(
    request: HttpRequest, review: ExpertReview, opinion: PanelOpinion, *, form: OpinionForm | None = None,
    error: Refused | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    merged = merge.merge(opinion.round, review.definition.form, on=timezone.localdate(), region=review.project.region.code)
    initial = {"edition": opinion.edition, "verdict": opinion.verdict, "verdict_reason": opinion.verdict_reason}
    context: dict[str, Any] = {
        "review": review,
        "project": review.project,
        "opinion": opinion,
        "merged": merged,
        "gates": [(gate, gate.said(outcome), [gate.said(o) for o in said]) for gate, outcome, said in merged.gates]
        if merged
        else [],
        "sections": opinions.sections(opinion, review),
        "list_sections": opinions.LIST_SECTIONS,
        "blank_advice": {"kind": ItemKind.ADVICE},
        "form": form or OpinionForm(initial=initial),
        "is_open": opinion.state == OpinionState.DRAFT,
        "error": error,
    }
    return render(request, "projects/opinion.html", context, status=status)


@login_required
@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the text back to the desk."""
    review = kept_review(request, pk)
    opinion, reason = _opinion(review), request.POST.get("reason", "")
    return attempt(
        request, lambda: domain.recall(opinion, reason, actor=request.user),
        lambda r, **more: review_page.page(r, review, **more), "opinion", pk,
    )  # fmt: skip


@login_required
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Number and issue the signed text."""
    review = kept_review(request, pk)
    opinion = _opinion(review)
    return attempt(
        request,
        lambda: domain.issue(opinion, actor=request.user),
        lambda r, **more: review_page.page(r, review, **more),
        "review",
        pk,
    )


@login_required
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """A member reads the text and agrees, or dissents with reasons."""
    seat = seat_of(request, pk)
    need(request, "open_papers", seat)
    opinion = get_object_or_404(
        PanelOpinion.objects.exclude(state=OpinionState.DRAFT).select_related("round__review"), round=seat.panel.round_id
    )
    if request.method != "POST":
        return _sign_page(request, seat, opinion)
    agrees, reason = request.POST.get("word") == "agree", request.POST.get("reason", "")
    return attempt(
        request, lambda: domain.sign(opinion, seat, agrees=agrees, reason=reason, actor=request.user),
        lambda r, **more: _sign_page(r, seat, opinion, **more), "sign", pk,
    )  # fmt: skip


def _sign_page(
    request: HttpRequest, seat: PanelSeat, opinion: PanelOpinion, *, error: Refused | None = None, status: int = 200
) -> HttpResponse:
    review = seat.panel.round.review
    context = {
        "seat": seat,
        "review": review,
        "project": review.project,
        "opinion": opinion,
        "sections": opinions.sections(opinion, review),
        "consent": Consent.objects.filter(opinion=opinion, seat=seat).first(),
        "is_open": opinion.state == OpinionState.CIRCULATING and (opinion.sign_by is None or timezone.now() <= opinion.sign_by),
        "error": error,
    }
    return render(request, "projects/sign.html", context, status=status)
