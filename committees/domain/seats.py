"""Taking a seat, leaving it, and mending what was recorded wrongly."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import SeatRole
from committees.models import Seat, SpecialistGroup, Term
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Person


def _words(seat: Seat) -> dict[str, object]:
    return {"role": seat.role, "group": str(seat.group or ""), "votes": seat.votes, "from": seat.valid_from, "until": seat.valid_to}


def _check(seat: Seat) -> None:
    """Raise Refused where the seat leaves its term, overlaps another of the person, or makes a second chair."""
    term = seat.term
    if not (term.started_on <= seat.valid_from < term.ended_on):
        raise Refused(_("The seat would begin outside its term."))
    if seat.valid_to is not None and not (seat.valid_from < seat.valid_to <= term.ended_on):
        raise Refused(_("The seat would end before it begins, or after its term."))
    others = Seat.objects.filter(Q(valid_to=None) | Q(valid_to__gt=seat.valid_from), term=term, recorded_to=None)
    if seat.valid_to is not None:
        others = others.filter(valid_from__lt=seat.valid_to)
    if others.filter(person=seat.person).exists():
        raise Refused(_("%(person)s holds a seat of this term in these days already.") % {"person": seat.person.name})
    if seat.role == SeatRole.CHAIR:
        if chair := others.filter(role=SeatRole.CHAIR).select_related("person").first():
            raise Refused(_("%(person)s is the chair in these days; end that seat first.") % {"person": chair.person.name})
        _check_terms_of_chair(seat)


def _check_terms_of_chair(seat: Seat) -> None:
    committee = seat.term.committee
    limit = int(policy("committee.chair_terms_max", on=seat.valid_from, region=committee.region.code))
    chaired = Seat.objects.filter(
        term__committee=committee,
        term__number__gte=seat.term.number - limit,
        term__number__lt=seat.term.number,
        person=seat.person,
        role=SeatRole.CHAIR,
        recorded_to=None,
    )
    if chaired.values("term").distinct().count() >= limit:
        raise Refused(_("A chair serves %(limit)d terms in a row at most.") % {"limit": limit})


@transaction.atomic
def seat(
    term: Term,
    person: Person,
    role: SeatRole,
    *,
    actor: Person | None,
    on: date,
    group: SpecialistGroup | None = None,
    until: date | None = None,
    reason: str = "",
) -> Seat:
    """Seat a person from `on` until before `until` (the end of the term). The secretary general has no vote."""
    term = Term.objects.select_for_update().select_related("committee__region").get(pk=term.pk)
    taken = Seat(
        term=term,
        person=person,
        role=role,
        group=group,
        votes=role != SeatRole.SECRETARY_GENERAL,
        valid_from=on,
        valid_to=until,
        reason=reason,
        is_demo=term.committee.is_demo,
    )
    if group is not None and group.committee_id != term.committee_id:
        raise Refused(_("This group belongs to another committee."))
    _check(taken)
    taken.save()
    log(taken, "committees.seat.take", actor=actor, after=_words(taken))
    return taken


@transaction.atomic
def unseat(held: Seat, *, actor: Person | None, on: date, reason: str) -> Seat:
    """End a seat from `on`: the open record is closed and one with the end takes its place."""
    return _rewrite(held, "committees.seat.leave", actor=actor, valid_to=on, reason=reason)


@transaction.atomic
def correct(
    held: Seat,
    *,
    actor: Person | None,
    reason: str,
    role: SeatRole | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> Seat:
    """Mend a record that was wrong: the old one stays readable as what we believed until now."""
    return _rewrite(
        held,
        "committees.seat.correct",
        actor=actor,
        reason=reason,
        role=role or held.role,
        valid_from=valid_from or held.valid_from,
        valid_to=valid_to if valid_to is not None else held.valid_to,
    )


def _rewrite(held: Seat, action: str, *, actor: Person | None, reason: str, **changes: object) -> Seat:
    term = Term.objects.select_for_update().select_related("committee__region").get(pk=held.term_id)
    held = Seat.objects.select_for_update(of=("self",)).select_related("person", "group").get(pk=held.pk)
    if held.recorded_to is not None:
        raise Refused(_("This record has been replaced already. Reload the page and look again."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays with the record."))
    now, before = timezone.now(), _words(held)
    Seat.objects.filter(pk=held.pk).update(recorded_to=now)
    written = Seat(
        term=term,
        person=held.person,
        group=held.group,
        role=held.role,
        votes=held.votes,
        valid_from=held.valid_from,
        valid_to=held.valid_to,
        recorded_from=now,
        reason=reason,
        is_demo=held.is_demo,
    )
    for name, value in changes.items():
        setattr(written, name, value)
    written.votes = written.role != SeatRole.SECRETARY_GENERAL
    _check(written)
    written.save()
    log(written, action, actor=actor, before=before, after={**_words(written), "reason": reason})
    return written
