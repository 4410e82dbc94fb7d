"""Ties and absences: what a person declares of themselves, and what the secretariat finds."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import AbsenceKind, Relation, TieKind, TieOrigin
from committees.models import Absence, Tie
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Organisation, Person


@transaction.atomic
def record(
    person: Person,
    kind: TieKind,
    *,
    actor: Person | None,
    organisation: Organisation | None = None,
    organisation_text: str = "",
    relation: Relation = Relation.SELF,
    position: str = "",
    started_on: date | None = None,
    ended_on: date | None = None,
    source: str = "",
) -> Tie:
    """Record a tie: declared where the actor is the person, found otherwise. `ended_on` is its last day."""
    if organisation is None and not organisation_text.strip():
        raise Refused(_("Name the body that the tie is with."))
    if started_on and ended_on and ended_on < started_on:
        raise Refused(_("The tie would end before it begins."))
    own = actor is None or actor.pk == person.pk
    tie = Tie.objects.create(
        person=person,
        kind=kind,
        organisation=organisation,
        organisation_text="" if organisation else organisation_text.strip(),
        relation=relation,
        position=position,
        started_on=started_on,
        ended_on=ended_on,
        origin=TieOrigin.DECLARED if own else TieOrigin.FOUND,
        source=source,
        recorded_by=actor,
        is_demo=person.is_demo,
    )
    log(
        tie, "committees.tie.record", actor=actor, after={"person": person.pk, "kind": kind, "body": tie.body, "origin": tie.origin}
    )
    return tie


@transaction.atomic
def retract(tie: Tie, *, actor: Person, reason: str) -> Tie:
    """Take back a tie recorded in error; it stays readable. What the secretariat found, it alone takes back."""
    tie = Tie.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=tie.pk)
    if tie.retracted_at is not None:
        raise Refused(_("This tie has been taken back already."))
    if not reason.strip():
        raise Refused(_("Say why: the reason stays with the record."))
    if tie.origin == TieOrigin.FOUND and actor.pk == tie.person_id:
        raise Refused(_("The secretariat found this tie; ask the secretariat to look at it again."))
    tie.retracted_at, tie.retracted_reason = timezone.now(), reason.strip()
    tie.save(update_fields=["retracted_at", "retracted_reason"])
    log(tie, "committees.tie.retract", actor=actor, after={"reason": tie.retracted_reason})
    return tie


@transaction.atomic
def be_away(
    person: Person, *, actor: Person, first_day: date, last_day: date, kind: AbsenceKind = AbsenceKind.AWAY, note: str = ""
) -> Absence:
    """Note days on which the person cannot come. Raises Refused where they lie in the past or overlap."""
    if last_day < first_day:
        raise Refused(_("The last day lies before the first."))
    if last_day < timezone.localdate():
        raise Refused(_("These days have passed."))
    Person.objects.select_for_update().get(pk=person.pk)
    if person.absences.filter(first_day__lte=last_day, last_day__gte=first_day).exists():
        raise Refused(_("Some of these days are noted already."))
    absence = Absence.objects.create(
        person=person, first_day=first_day, last_day=last_day, kind=kind, note=note, is_demo=person.is_demo
    )
    log(absence, "committees.absence.note", actor=actor, after={"from": first_day, "until": last_day})
    return absence


@transaction.atomic
def be_back(absence: Absence, *, actor: Person) -> None:
    """Strike out an absence."""
    log(absence, "committees.absence.strike", actor=actor, before={"from": absence.first_day, "until": absence.last_day})
    absence.delete()
