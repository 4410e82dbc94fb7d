"""The joint opinion: merged from the assessments, edited, circulated, signed, issued under a number."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hanlin.kernel.domain import papers
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused, StaleState
from hanlin.kernel.queries.policy import policy
from hanlin.people.domain.notices import notify, settle
from hanlin.people.enums import NoticeKind
from hanlin.people.models import Person
from projects.domain import findings
from projects.domain.invitations import tell_secretaries
from projects.domain.reviews import advance
from projects.enums import ConsentKind, ItemKind, OpinionState, ReviewState, SeatState, Verdict
from projects.models import Consent, ExpertReview, OpinionItem, PanelOpinion, PanelSeat, ReviewMeeting
from projects.queries import merge, opinions
from projects.queries.deadlines import working_days
from projects.queries.people import owners_of
from projects.queries.scoring import rounded_share

PAPER = "projects.opinion"


def meeting_of(review: ExpertReview) -> ReviewMeeting | None:
    """The standing session of the last round."""
    found = ReviewMeeting.objects.standing().filter(round__review=review).select_related("room")
    return found.order_by("-round__number").first()


@transaction.atomic
def draft(review: ExpertReview, *, actor: Person) -> PanelOpinion:
    """Merge the assessments into a first text: the skeleton, every must-change item, every piece of advice."""
    if review.state != ReviewState.MEETING:
        raise Refused(_("The opinion is drafted once all assessments are in."))
    round_ = review.rounds.get(closed_at=None)
    merged = merge.merge(round_, review.definition.form, on=timezone.localdate(), region=review.project.region.code)
    if merged is None:
        raise Refused(_("There is no assessment to merge."))
    try:
        with transaction.atomic():
            opinion = PanelOpinion.objects.create(
                round=round_, body=opinions.skeleton(review, merged, meeting_of(review)), merged=merge.frozen(merged),
                score=merged.score, verdict=merged.verdict, proposed_verdict=merged.verdict, saved_at=timezone.now(),
            )  # fmt: skip
    except IntegrityError:
        raise StaleState(_("Someone has just drafted this opinion. Reload the page.")) from None
    for kind in ItemKind:
        remarks = [remark for remark in merged.remarks if remark.kind == kind]
        OpinionItem.objects.bulk_create(
            OpinionItem(
                opinion=opinion,
                kind=kind,
                order=place,
                text=remark.text,
                page=remark.page,
                criterion=remark.criterion,
                source=remark,
            )
            for place, remark in enumerate(remarks, start=1)
        )
    advance(review, ReviewState.DRAFTING)
    log(opinion, "projects.opinion.draft", actor=actor, after={"score": merged.score, "verdict": merged.verdict})
    return opinion


@transaction.atomic
def save(
    opinion: PanelOpinion,
    *,
    body: Mapping[str, str],
    items: Iterable[Mapping[str, Any]],
    verdict: Verdict,
    verdict_reason: str = "",
    edition: int,
    actor: Person,
) -> PanelOpinion:
    """Keep the edited text. Raises Refused for a verdict other than the rule's without a reason, StaleState for an old page."""
    verdict_reason = verdict_reason.strip()
    if verdict != opinion.proposed_verdict and not verdict_reason:
        raise Refused(
            _("By the rule the verdict is “%(verdict)s”. Say why the panel decides otherwise.")
            % {"verdict": opinion.get_proposed_verdict_display()}
        )
    known = {"head", *opinions.SECTIONS}
    kept = PanelOpinion.objects.filter(pk=opinion.pk, state=OpinionState.DRAFT, edition=edition).update(
        body={code: str(text).strip() for code, text in body.items() if code in known},
        verdict=verdict, verdict_reason=verdict_reason, edition=edition + 1, saved_at=timezone.now(),
    )  # fmt: skip
    if not kept:
        raise StaleState(_("The text was saved elsewhere or is being signed. Reload the page and look again."))
    _write_items(opinion, items)
    opinion.refresh_from_db()
    log(opinion, "projects.opinion.save", actor=actor, after={"edition": opinion.edition, "verdict": verdict})
    return opinion


def _write_items(opinion: PanelOpinion, items: Iterable[Mapping[str, Any]]) -> None:
    there = {item.pk: item for item in opinion.items.all()}
    rows = [row for row in items if str(row.get("text", "")).strip() and row.get("kind") in ItemKind.values]
    OpinionItem.objects.filter(opinion=opinion).delete()
    places = dict.fromkeys(ItemKind.values, 0)
    for row in rows:
        kind = str(row["kind"])
        places[kind] += 1
        old = there.get(int(row["pk"])) if str(row.get("pk") or "").isdigit() else None
        OpinionItem.objects.create(
            opinion=opinion, kind=kind, order=places[kind], text=str(row["text"]).strip(), page=str(row.get("page", ""))[:40],
            criterion_id=old.criterion_id if old else None, source_id=old.source_id if old else None,
        )  # fmt: skip


@transaction.atomic
def circulate(opinion: PanelOpinion, *, actor: Person) -> PanelOpinion:
    """Put the text before the panel. Raises Refused while a section is empty, or a revision has no must-change item."""
    review = opinion.round.review
    empty = [
        str(title) for code, title, text, items in opinions.sections(opinion, review)
        if not text and not items and code not in opinions.LIST_SECTIONS
    ]  # fmt: skip
    if empty:
        raise Refused(_("These sections are still empty: %(titles)s.") % {"titles": _(", ").join(empty)})
    if opinion.verdict == Verdict.REVISE and not opinion.items.filter(kind=ItemKind.MUST).exists():
        raise Refused(_("“Pass after revision” needs at least one must-change item."))
    sign_by = working_days("review.days.sign", review.project.region.code)
    move(opinion, OpinionState.CIRCULATING, circulated_at=timezone.now(), sign_by=sign_by)
    advance(review, ReviewState.CIRCULATING)
    seats = PanelSeat.objects.filter(panel__round=opinion.round_id, state=SeatState.ASSESSED).select_related("expert__person")
    for seat in seats.order_by("pk"):
        notify(
            seat.expert.person, NoticeKind.TODO, _("Sign the opinion: %(project)s") % {"project": review.project.name},
            reverse("projects:sign", args=[seat.pk]), key=_sign_key(opinion, seat), due_on=timezone.localdate(sign_by),
            body=_("Who says nothing by %(at)s is counted as agreeing.") % {
                "at": date_format(timezone.localtime(sign_by), "DATETIME_FORMAT"),
            },
        )  # fmt: skip
    log(opinion, "projects.opinion.circulate", actor=actor, after={"edition": opinion.edition, "until": sign_by})
    return opinion


def _sign_key(opinion: PanelOpinion, seat: PanelSeat) -> str:
    return f"projects.opinion.sign:{seat.pk}:{opinion.edition}"


@transaction.atomic
def recall(opinion: PanelOpinion, reason: str, *, actor: Person) -> PanelOpinion:
    """Take the text back to the desk; what was signed falls, everybody signs again. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(_("Say why the text is taken back."))
    move(opinion, OpinionState.DRAFT, circulated_at=None, sign_by=None)
    review = opinion.round.review
    advance(review, ReviewState.DRAFTING)
    before = list(opinion.consents.values_list("seat", "kind", "reason"))
    Consent.objects.filter(opinion=opinion).delete()
    for seat in PanelSeat.objects.filter(panel__round=opinion.round_id, state__in=[SeatState.ASSESSED, SeatState.SIGNED]):
        if seat.state == SeatState.SIGNED:
            move(seat, SeatState.ASSESSED)
        settle(seat.expert.person, _sign_key(opinion, seat))
    log(opinion, "projects.opinion.recall", actor=actor, before={"consents": before}, after={"reason": reason.strip()})
    return opinion


@transaction.atomic
def sign(opinion: PanelOpinion, seat: PanelSeat, *, agrees: bool, reason: str = "", actor: Person) -> Consent:
    """A member agrees, or dissents with reasons (政府采购法实施条例 article 41).

    Raises Refused after the deadline, for somebody else's seat, for a dissent without reasons; StaleState for a second word.
    """
    reason = reason.strip()
    if actor.pk != seat.expert.person_id:
        raise Refused(_("Everybody signs for themselves."))
    if not agrees and len(reason) < 4:
        raise Refused(_("A dissent needs its reasons; they are printed with the opinion."))
    opinion = PanelOpinion.objects.select_for_update().get(pk=opinion.pk)
    now = timezone.now()
    if opinion.state != OpinionState.CIRCULATING:
        raise Refused(_("The text is not open for signing."))
    if opinion.sign_by and now > opinion.sign_by:
        raise Refused(_("The time to sign is over; who said nothing is counted as agreeing."))
    move(seat, SeatState.SIGNED)
    consent = Consent.objects.create(
        opinion=opinion, seat=seat, kind=ConsentKind.AGREE if agrees else ConsentKind.DISSENT,
        reason=reason, edition=opinion.edition, at=now,
    )  # fmt: skip
    settle(actor, _sign_key(opinion, seat))
    log(opinion, "projects.opinion.sign", actor=actor, after={"kind": consent.kind, "edition": opinion.edition})
    if not opinions.signing(opinion).waiting:
        review = opinion.round.review
        tell_secretaries(
            review, _("Everybody has signed: %(project)s") % {"project": review.project.name}, f"signed-{opinion.edition}"
        )
    return consent


@transaction.atomic
def issue(opinion: PanelOpinion, *, actor: Person, now: datetime | None = None) -> PanelOpinion:
    """Number and issue the opinion as a signed paper; must-change items become findings, else the review closes.

    Raises Refused while somebody may still sign, and where fewer than the policy's share of the panel agree.
    """
    now = now or timezone.now()
    opinion = PanelOpinion.objects.select_for_update().select_related("round").get(pk=opinion.pk)
    review = ExpertReview.objects.select_related("project__owner", "committee", "definition").get(pk=opinion.round.review_id)
    if opinion.state != OpinionState.CIRCULATING:
        raise Refused(_("Only a text that the panel has signed is issued."))
    state = opinions.signing(opinion)
    if state.waiting and opinion.sign_by and now <= opinion.sign_by:
        names = _(", ").join(seat.expert.person.name for seat in state.waiting)
        raise Refused(_("Not signed yet: %(names)s. They may do so until the deadline.") % {"names": names})
    if state.share() < rounded_share(policy("review.pass_share", region=review.project.region.code)):
        raise Refused(_("Fewer of the panel agree than are needed. Take the text back and discuss it again."))
    for seat in state.waiting:
        Consent.objects.create(opinion=opinion, seat=seat, kind=ConsentKind.SILENT, edition=opinion.edition, at=now)
        move(seat, SeatState.SIGNED)
        settle(seat.expert.person, _sign_key(opinion, seat))
    document = papers.issue(
        PAPER, opinion, actor=actor, issuer_name=review.committee.name, issuer_code=review.committee.document_code,
        title=_paper_title(review), data=opinions.paper_data(opinion, review, meeting_of(review)),
    )  # fmt: skip
    move(opinion, OpinionState.ISSUED, number=document.number_text, paper_id=str(document.pk), issued_at=now, issued_by=actor)
    log(opinion, "projects.opinion.issue", actor=actor, after={"number": opinion.number, "verdict": opinion.verdict})
    _go_on(review, opinion, actor)
    return opinion


def _paper_title(review: ExpertReview) -> str:
    return f"关于{review.project.name}的专家{review.definition.name.removeprefix('项目')}意见"[:200]


def _go_on(review: ExpertReview, opinion: PanelOpinion, actor: Person) -> None:
    advance(review, ReviewState.ISSUED)
    for person in owners_of(review.project):
        notify(
            person, NoticeKind.INFO, _("Opinion issued: %(project)s") % {"project": review.project.name},
            reverse("projects:review", args=[review.pk]), key=f"projects.opinion.issued:{opinion.pk}",
        )  # fmt: skip
    items = list(opinion.items.filter(kind=ItemKind.MUST).order_by("order"))
    if items and opinion.verdict != Verdict.FAIL:
        advance(review, ReviewState.RECTIFYING)
        findings.open_from(review, items, actor=actor)
    else:
        move(review, ReviewState.CLOSED, due_on=None, closed_at=timezone.now())
        review.rounds.filter(closed_at=None).update(closed_at=timezone.now())
