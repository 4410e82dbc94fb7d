"""Founding committees and opening their terms."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from committees.models import ExpertCommittee, SpecialistGroup, Term
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Organisation, Person


@transaction.atomic
def found(
    organisation: Organisation,
    *,
    actor: Person | None,
    parent: ExpertCommittee | None = None,
    duties: str = "",
    seats_planned: int = 0,
    groups: tuple[str, ...] = (),
    is_published: bool = True,
) -> ExpertCommittee:
    """Found a committee on its organisation; founding it twice returns the first."""
    committee, new = ExpertCommittee.objects.get_or_create(
        organisation=organisation,
        defaults={
            "region": organisation.region,
            "name": organisation.name,
            "parent": parent,
            "duties": duties,
            "seats_planned": seats_planned,
            "is_published": is_published,
            "is_demo": organisation.is_demo,
        },
    )
    if new:
        SpecialistGroup.objects.bulk_create(
            SpecialistGroup(committee=committee, name=name, order=place) for place, name in enumerate(groups)
        )
        log(committee, "committees.committee.found", actor=actor, after={"name": committee.name, "groups": list(groups)})
    return committee


@transaction.atomic
def open_term(committee: ExpertCommittee, *, actor: Person | None, started_on: date, ended_on: date) -> Term:
    """Open the next term, from `started_on` until before `ended_on`. Raises Refused where it would overlap another."""
    ExpertCommittee.objects.select_for_update().get(pk=committee.pk)
    if ended_on <= started_on:
        raise Refused(_("The term would end before it begins."))
    if committee.terms.filter(started_on__lt=ended_on, ended_on__gt=started_on).exists():
        raise Refused(_("Another term of this committee runs in these years."))
    last = committee.terms.order_by("-number").values_list("number", flat=True).first() or 0
    term = Term.objects.create(committee=committee, number=last + 1, started_on=started_on, ended_on=ended_on)
    log(term, "committees.term.open", actor=actor, after={"from": started_on, "until": ended_on})
    return term
