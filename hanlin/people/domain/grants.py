"""Giving and ending roles. Grants are the security administrator's to give; nobody gives themselves one."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.enums import SEPARATED, Role
from hanlin.people.models import Grant, Organisation, Person


@transaction.atomic
def give(
    person: Person,
    role: Role,
    organisation: Organisation,
    *,
    actor: Person | None,
    on: date,
    until: date | None = None,
    reason: str,
) -> Grant:
    """Grant `role` over `organisation` and all below, from `on` until before `until`.

    Giving the same open grant twice returns the first. Raises Refused where the actor is the
    person, or where two of the three administrators' roles would overlap.
    """
    if actor is not None and actor.pk == person.pk:
        raise Refused(_("Nobody changes their own rights. Ask another security administrator."))
    if until is not None and until <= on:
        raise Refused(_("The grant would end before it begins."))
    Person.objects.select_for_update().get(pk=person.pk)  # two administrators granting at once take turns
    overlap = Grant.objects.filter(Q(ended_on=None) | Q(ended_on__gt=on), person=person)
    if until is not None:
        overlap = overlap.filter(started_on__lt=until)
    if same := overlap.filter(role=role, organisation=organisation).first():
        return same
    if role in SEPARATED and (other := overlap.filter(role__in=SEPARATED).first()):
        raise Refused(_refusal_of_second(person, role, other))
    grant = Grant.objects.create(
        person=person, role=role, organisation=organisation, started_on=on, ended_on=until, given_by=actor, reason=reason
    )
    log(grant, "people.grant.give", actor=actor, after={"role": role, "organisation": organisation.name, "until": until})
    return grant


def _refusal_of_second(person: Person, role: Role, other: Grant) -> str:
    """Why one of the three administrators gets no second such role."""
    if other.role == role:
        words = _("%(person)s is %(role)s over %(organisation)s already. End that role first, or give one over a higher body.")
    else:
        words = _("%(person)s is %(role)s already; the three administrators must be three people.")
    return words % {"person": person.name, "role": other.get_role_display(), "organisation": other.organisation.name}


@transaction.atomic
def end(grant: Grant, *, actor: Person, on: date, reason: str) -> Grant:
    """End a grant from `on`. Raises Refused for one's own grant or one that has ended."""
    if actor.pk == grant.person_id:
        raise Refused(_("Nobody changes their own rights. Ask another security administrator."))
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_on is not None and grant.ended_on <= on:
        raise Refused(_("This grant has ended already."))
    before, grant.ended_on = grant.ended_on, max(on, grant.started_on)
    grant.save(update_fields=["ended_on"])
    log(grant, "people.grant.end", actor=actor, before={"until": before}, after={"until": grant.ended_on, "reason": reason})
    return grant


@transaction.atomic
def review(grant: Grant, *, actor: Person, on: date) -> Grant:
    """Confirm that a role is still needed. Raises Refused for one's own, or one that has ended."""
    if actor.pk == grant.person_id:
        raise Refused(_("Nobody changes their own rights. Ask another security administrator."))
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.ended_on is not None and grant.ended_on <= on:
        raise Refused(_("This grant has ended already."))
    before, grant.reviewed_on = grant.reviewed_on, on
    grant.save(update_fields=["reviewed_on"])
    log(grant, "people.grant.review", actor=actor, before={"on": before}, after={"on": on})
    return grant
