"""Composing a panel: proposing, drawing by lot, leading, convening, replacing."""

import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import Effect
from committees.models import Expert
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.people.models import Person
from projects.domain import invitations
from projects.domain.reviews import advance
from projects.enums import LIVE_SEATS, ReviewState, SeatOrigin, SeatState
from projects.models import ExpertReview, Panel, PanelSeat
from projects.queries import candidates, preset

_OPEN = (ReviewState.ACCEPTED, ReviewState.COMPOSING, ReviewState.SCHEDULED, ReviewState.ASSESSING)


@transaction.atomic
def begin(review: ExpertReview, *, actor: Person) -> Panel:
    """The panel of the open round, made with the numbers in force today where there is none yet."""
    if review.state not in _OPEN:
        raise Refused(_("The panel can be changed only between acceptance and the end of the assessment."))
    round_ = review.rounds.select_for_update().get(closed_at=None)
    panel = Panel.objects.filter(round=round_).first()
    if panel is None:
        rules = preset.Preset.of(review)
        panel = Panel.objects.create(round=round_, size=int(rules["size"]), preset=rules.as_data())
        log(panel, "projects.panel.begin", actor=actor, after={"preset": panel.preset})
    if review.state == ReviewState.ACCEPTED:
        advance(review, ReviewState.COMPOSING)
    return panel


@transaction.atomic
def propose(review: ExpertReview, expert: Expert, reason: str, *, actor: Person) -> PanelSeat:
    """Put an expert on the panel, with the reason of the choice on record.

    Raises Refused without a reason, for somebody who must withdraw (and says by which rule), or who sits there already.
    """
    return _seat(review, expert, reason, SeatOrigin.APPOINTED, actor=actor)


@transaction.atomic
def draw(review: ExpertReview, family: str, *, actor: Person) -> PanelSeat:
    """Draw one expert by lot among those of a field family (or all) against whom nothing speaks.

    Raises Refused where nobody is left to draw from. Number drawn, pool and picked place stay on record.
    """
    begin(review, actor=actor)
    everybody = list(candidates.pool_of(review))
    free = [c for c in candidates.judge(review, everybody) if not c.effect and (not family or family in c.families)]
    free.sort(key=lambda c: c.expert.pk)
    if not free:
        raise Refused(_("Nobody is left to draw from: everyone in this field sits already or a conflict rule speaks against them."))
    place = secrets.randbelow(len(free))
    reason = _("Drawn by lot: place %(place)d of %(count)d from the pool of %(pool)d.") % {
        "place": place + 1, "count": len(free), "pool": len(everybody),
    }  # fmt: skip
    seat = _seat(review, free[place].expert, reason, SeatOrigin.DRAWN, actor=actor)
    drawn_from = [candidate.expert.pk for candidate in free]
    log(seat, "projects.panel.draw", actor=actor, after={"family": family, "from": drawn_from, "place": place})
    return seat


def _seat(review: ExpertReview, expert: Expert, reason: str, origin: SeatOrigin, *, actor: Person) -> PanelSeat:
    if not reason.strip():
        raise Refused(_("Give the reason of the choice; it stays on record."))
    panel = begin(review, actor=actor)
    candidate = candidates.judge_one(review, expert)
    if candidate.is_blocked:
        first = candidate.findings[0]
        raise Refused(
            _("%(name)s must withdraw: %(fact)s (%(rule)s, %(source)s)")
            % {"name": expert.person.name, "fact": first.fact, "rule": first.rule, "source": first.source}
        )
    said = [{"rule": f.rule_id, "effect": f.effect, "fact": f.fact, "source": f.source} for f in candidate.findings]
    said += [{"rule": "", "effect": Effect.WARN, "fact": words, "source": ""} for words in candidate.warnings]
    try:
        with transaction.atomic():
            seat = PanelSeat.objects.create(panel=panel, expert=expert, origin=origin, reason=reason.strip(), coi=said)
    except IntegrityError:
        raise Refused(_("%(name)s is on this panel's list already.") % {"name": expert.person.name}) from None
    log(seat, "projects.seat.propose", actor=actor, after={"origin": origin, "reason": seat.reason, "coi": said})
    return seat


@transaction.atomic
def take_out(seat: PanelSeat, *, actor: Person) -> None:
    """Take somebody off the list who has not been invited yet. Raises Refused later: then they are replaced."""
    if seat.state != SeatState.PROPOSED:
        raise Refused(_("%(name)s has been invited. Replace the seat instead.") % {"name": seat.expert.person.name})
    log(seat, "projects.seat.remove", actor=actor, before={"expert": seat.expert.person.name})
    if not PanelSeat.objects.filter(pk=seat.pk, state=SeatState.PROPOSED).delete()[0]:
        raise Refused(_("Someone has just changed this. Reload the page and look again."))


@transaction.atomic
def set_leader(seat: PanelSeat, *, actor: Person) -> None:
    """Make a live seat the panel's leader (组长). The leader's vote counts as every other."""
    if seat.state not in LIVE_SEATS:
        raise Refused(_("%(name)s has left the panel.") % {"name": seat.expert.person.name})
    PanelSeat.objects.filter(panel=seat.panel_id, is_leader=True).update(is_leader=False)
    PanelSeat.objects.filter(pk=seat.pk).update(is_leader=True)
    seat.is_leader = True
    log(seat, "projects.seat.lead", actor=actor)


@transaction.atomic
def convene(review: ExpertReview, *, actor: Person, override_reason: str = "") -> Panel:
    """Check the panel against its preset and invite everybody on the list.

    Raises Refused with everything that is missing at once; what is not law may be overridden with a reason.
    """
    panel = Panel.objects.select_for_update().get(round__review=review, round__closed_at=None)
    unmet = [row for row in preset.check(panel, review) if not row.is_hint]
    hard = [row for row in unmet if not row.may_override]
    override_reason = override_reason.strip()
    if hard or (unmet and not override_reason):
        lines = " ".join(row.text for row in (hard or unmet))
        tail = "" if hard else " " + _("What is a proposal only may be overridden with a reason.")
        raise Refused(_("The panel cannot be convened yet. %(lines)s%(tail)s") % {"lines": lines, "tail": tail})
    panel.convened_at, panel.override_reason = timezone.now(), override_reason if unmet else ""
    panel.save(update_fields=["convened_at", "override_reason"])
    seats = list(panel.seats.filter(state=SeatState.PROPOSED).select_related("expert__person").order_by("pk"))
    if not panel.seats.filter(is_leader=True, state__in=LIVE_SEATS).exists() and seats:
        set_leader(seats[0], actor=actor)
    for seat in seats:
        invitations.send(seat, review, actor=actor)
    log(panel, "projects.panel.convene", actor=actor, after={"seats": len(seats), "override": panel.override_reason})
    return panel


@transaction.atomic
def replace(seat: PanelSeat, expert: Expert, reason: str, *, actor: Person) -> PanelSeat:
    """Give an empty chair to somebody else and invite them; who has not answered yet is released first.

    Raises Refused where the chair has been given already, or its holder has said yes.
    """
    review = seat.panel.round.review
    seat = PanelSeat.objects.select_for_update().select_related("expert__person").get(pk=seat.pk)
    if seat.replaced_by_id is not None:
        raise Refused(_("This chair has been given to somebody else already. Reload the page."))
    if seat.state == SeatState.INVITED:
        move(seat, SeatState.VOIDED, left_reason=_("Released by the secretary: no answer."))
        invitations.forget(seat)
    elif seat.state in LIVE_SEATS:
        raise Refused(_("%(name)s still sits on the panel.") % {"name": seat.expert.person.name})
    successor = propose(review, expert, reason, actor=actor)
    if not PanelSeat.objects.filter(pk=seat.pk, replaced_by=None).update(replaced_by=successor, is_leader=False):
        raise Refused(_("This chair has been given to somebody else already. Reload the page."))
    if seat.is_leader:
        set_leader(successor, actor=actor)
    if seat.panel.convened_at:
        invitations.send(successor, review, actor=actor)
    log(seat, "projects.seat.replace", actor=actor, after={"by": expert.person.name, "reason": reason.strip()})
    return successor
