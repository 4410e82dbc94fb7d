"""Assessing: a draft kept as it is typed, handed in once and for all."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused, StaleState
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Person
from projects.domain.invitations import tell_secretaries
from projects.domain.reviews import advance
from projects.enums import AssessmentState, GateOutcome, ItemKind, ReviewState, SeatState
from projects.models import Assessment, ExpertReview, Form, GateRating, Panel, PanelSeat, Rating, Remark
from projects.queries import drafts, merge, scoring


class Incomplete(Refused):
    """What an assessment still lacks; `lacking` lists it with the part of the form each stands in."""

    def __init__(self, message: str, lacking: list[tuple[str, str]]) -> None:
        super().__init__(message)
        self.lacking = lacking


@transaction.atomic
def open_draft(seat: PanelSeat, *, actor: Person) -> Assessment:
    """The seat's assessment, made empty on first sight. Raises Refused before the declaration."""
    if seat.state not in (SeatState.DECLARED, SeatState.ASSESSED, SeatState.SIGNED):
        raise Refused(_("Declare first whether there is a conflict of interest; then the papers open."))
    assessment, new = Assessment.objects.get_or_create(seat=seat)
    if new:
        log(assessment, "projects.assessment.open", actor=actor)
    return assessment


@transaction.atomic
def save_draft(assessment: Assessment, part: str, data: dict[str, Any], *, edition: int, page: str, actor: Person) -> datetime:
    """Keep one part of what stands on the page; returns the server's time. Not an event of the trail: handing in is.

    `edition` is the one that the page was loaded with, `page` the page itself: one left open elsewhere cannot
    write over a newer one. Raises StaleState then, and once the assessment has been handed in.
    """
    if actor.pk != assessment.seat.expert.person_id:
        raise Refused(_("Only the member of the panel fills in this form."))
    form = assessment.seat.panel.round.review.definition.form
    row = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if row.state != AssessmentState.DRAFT:
        raise StaleState(_("This assessment has been handed in; it does not change any more."))
    if row.edition != edition and row.writer != page:
        raise StaleState(_("A newer version was saved on another page. Reload this page before going on."))
    now = timezone.now()
    fields = {"draft": drafts.with_part(form, row.draft, part, data), "edition": row.edition + 1, "writer": page, "saved_at": now}
    Assessment.objects.filter(pk=row.pk).update(**fields)
    for name, value in fields.items():
        setattr(assessment, name, value)
    return now


@transaction.atomic
def submit(assessment: Assessment, *, actor: Person) -> Assessment:
    """Hand in: the draft becomes ratings, gates and remarks, and gets its score and verdict.

    Raises Incomplete with all that is missing, Refused while the assessment is not open.
    """
    seat = assessment.seat
    review = seat.panel.round.review
    if actor.pk != seat.expert.person_id:
        raise Refused(_("Only the member of the panel fills in this form."))
    if review.state not in (ReviewState.ASSESSING,):
        raise Refused(_("The assessment is not open: it begins when the session is scheduled and everybody has declared."))
    assessment = Assessment.objects.select_for_update().get(pk=assessment.pk)
    form, today, region = review.definition.form, timezone.localdate(), review.project.region.code
    reason_at = int(policy("review.rating.reason_at", on=today, region=region))
    lacking = drafts.lacking(form, assessment.draft, reason_at)
    if lacking:
        raise Incomplete(_("%(count)d points are still open.") % {"count": len(lacking)}, lacking)
    values = _write(assessment, form)
    means = merge.attribute_means(form, values)
    points = scoring.score(means, merge.weights(form))
    failed = sum(gate["outcome"] == GateOutcome.FAIL for gate in assessment.draft["gates"].values())
    verdict = scoring.verdict(points, means.values(), failed, scoring.Rule.on(today, region))
    move(
        assessment, AssessmentState.SUBMITTED, submitted_at=timezone.now(), score=points, verdict=verdict,
        comment=assessment.draft.get("comment", ""),
    )  # fmt: skip
    move(seat, SeatState.ASSESSED)
    log(assessment, "projects.assessment.submit", actor=actor, after={"items": len(assessment.draft.get("items", []))})
    close_if_all_in(review, actor=actor)
    return assessment


def _write(assessment: Assessment, form: Form) -> dict[int, int]:
    draft = assessment.draft
    criteria = {row.code: row for row in form.criteria.all()}
    gates = {row.code: row for row in form.gates.all()}
    ratings = [
        Rating(assessment=assessment, criterion=criteria[code], value=row["value"], reason=row.get("reason", ""))
        for code, row in draft["ratings"].items()
    ]
    Rating.objects.bulk_create(ratings)
    GateRating.objects.bulk_create(
        GateRating(assessment=assessment, gate=gates[code], outcome=row["outcome"], comment=row.get("comment", ""))
        for code, row in draft["gates"].items()
    )
    Remark.objects.bulk_create(
        Remark(
            assessment=assessment, criterion=criteria.get(item.get("criterion", "")), kind=ItemKind(item["kind"]),
            text=item["text"], page=item.get("page", ""), order=place,
        )
        for place, item in enumerate(draft.get("items", []), start=1)
    )  # fmt: skip
    return {rating.criterion_id: rating.value for rating in ratings}


def close_if_all_in(review: ExpertReview, *, actor: Person) -> bool:
    """Go on to the deliberation once every live seat has handed in. True where that happened now."""
    states = list(PanelSeat.objects.live().filter(panel__round__review=review).values_list("state", flat=True))
    if set(states) != {SeatState.ASSESSED} or review.state != ReviewState.ASSESSING:
        return False
    advance(review, ReviewState.MEETING)
    subject = _("All assessments are in: %(project)s") % {"project": review.project.name}
    tell_secretaries(review, subject, "assessed")
    log(review, "projects.review.deliberate", actor=actor, after={"seats": len(states)})
    return True


@transaction.atomic
def mark_absent(seat: PanelSeat, reason: str, *, actor: Person) -> PanelSeat:
    """Go on without a member who has not handed in after the deadline.

    Raises Refused without a reason, before the deadline, and where the quorum of the policy table would be lost.
    """
    review = seat.panel.round.review
    if not reason.strip():
        raise Refused(_("Say why the panel goes on without this member."))
    if review.state != ReviewState.ASSESSING or (review.due_on and review.due_on >= timezone.localdate()):
        raise Refused(_("A member can be marked absent only after the deadline of the assessment."))
    panel = Panel.objects.select_for_update().get(pk=seat.panel_id)
    left = panel.seats.live().exclude(pk=seat.pk).count()
    share = scoring.rounded_share(policy("review.quorum", region=review.project.region.code))
    if Decimal(left) / panel.size < share:
        raise Refused(_("Only %(left)d of %(size)d would be left; the quorum would be lost. Replace the member.") % {
            "left": left, "size": panel.size,
        })  # fmt: skip
    move(seat, SeatState.ABSENT, left_reason=reason.strip())
    log(seat, "projects.seat.absent", actor=actor, after={"reason": reason.strip()})
    close_if_all_in(review, actor=actor)
    return seat
