"""Declaring conflicts of interest, and withdrawing: before the papers are opened, or whenever one comes to light."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.people.models import Person
from projects.domain.invitations import tell_secretaries
from projects.domain.reviews import advance
from projects.enums import AssessmentState, ReviewState, SeatState
from projects.models import Assessment, CoiDeclaration, ExpertReview, Panel, PanelSeat


def statement() -> str:
    """The words an expert agrees to before the papers open."""
    return _(
        "I have read the discipline of the review. I have no employment, interest, kinship or other tie with the project owner "
        "or a party to the project that could touch my judgement; I judge independently, keep the papers and the panel's talk to "
        "myself, and withdraw by my own word should such a tie come to light."
    )


@transaction.atomic
def declare(seat: PanelSeat, *, has_conflict: bool, text: str = "", actor: Person) -> PanelSeat:
    """Take an expert's declaration. A conflict takes them off the panel at once.

    Raises Refused for a conflict without words and for a second declaration.
    """
    review = seat.panel.round.review
    text = text.strip()
    if has_conflict and not text:
        raise Refused(_("Say in a few words what the conflict is."))
    if seat.state != SeatState.ACCEPTED:
        raise Refused(_("A declaration is made once, after accepting the invitation."))
    if has_conflict:
        move(seat, SeatState.RECUSED, left_reason=text)
    else:
        move(seat, SeatState.DECLARED)
    CoiDeclaration.objects.create(
        seat=seat, has_conflict=has_conflict, text=text, statement=statement(), declared_at=timezone.now()
    )
    log(seat, "projects.seat.declare", actor=actor, after={"conflict": has_conflict})
    if has_conflict:
        _leave(seat, review)
    open_assessment(review, actor=actor)
    return seat


@transaction.atomic
def recuse(seat: PanelSeat, reason: str, *, actor: Person) -> PanelSeat:
    """Take an expert off the panel because a conflict came to light: what they handed in becomes void, never deleted.

    招标投标法实施条例 article 48: the substitute reviews again from the start. Raises Refused without a reason.
    """
    if not reason.strip():
        raise Refused(_("Say in a few words what the conflict is."))
    review = seat.panel.round.review
    if review.state in (ReviewState.ISSUED, ReviewState.RECTIFYING, ReviewState.CLOSED):
        raise Refused(_("The opinion has been issued; a conflict that comes to light now goes to the objection procedure."))
    if seat.state == SeatState.SIGNED:
        raise Refused(_("Call the text back first: %(name)s has signed it.") % {"name": seat.expert.person.name})
    move(seat, SeatState.RECUSED, left_reason=reason.strip())
    assessment = Assessment.objects.filter(seat=seat).exclude(state=AssessmentState.VOIDED).first()
    if assessment is not None:
        move(assessment, AssessmentState.VOIDED, void_reason=reason.strip()[:300])
    if review.state == ReviewState.MEETING:
        advance(review, ReviewState.ASSESSING)
    log(seat, "projects.seat.recuse", actor=actor, after={"reason": reason.strip(), "voided": assessment is not None})
    _leave(seat, review)
    return seat


def _leave(seat: PanelSeat, review: ExpertReview) -> None:
    words = {"name": seat.expert.person.name, "project": review.project.name}
    tell_secretaries(review, _("%(name)s has withdrawn: %(project)s") % words, f"recused-{seat.pk}", body=seat.left_reason)


def open_assessment(review: ExpertReview, *, actor: Person) -> bool:
    """Let the assessment begin once a session stands and every live seat has declared. True where it began now."""
    review.refresh_from_db(fields=["state"])
    if review.state != ReviewState.SCHEDULED:
        return False
    panel = Panel.objects.get(round__review=review, round__closed_at=None)
    states = list(panel.seats.live().values_list("state", flat=True))
    if len(states) < panel.size or set(states) != {SeatState.DECLARED}:
        return False
    advance(review, ReviewState.ASSESSING)
    log(review, "projects.review.assess", actor=actor, after={"due": review.due_on, "seats": len(states)})
    return True
