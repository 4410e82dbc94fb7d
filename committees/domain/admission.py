"""The way into a pool: nominate, examine, appoint. Each step is a person's act."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import AdmissionState
from committees.models import Expert, ExpertCommittee, Field, PoolAdmission
from committees.queries.coi import add_years, age
from hanlin.kernel.domain import papers
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.queries.policy import policy
from hanlin.people.domain import grants
from hanlin.people.domain.notices import notify
from hanlin.people.enums import Gender, NoticeKind, Role
from hanlin.people.models import Organisation, Person, Rank


def jurisdiction(committee: ExpertCommittee) -> Organisation:
    """The highest body of the committee's region above its node: what an expert's role covers."""
    above = committee.organisation.get_ancestors().filter(region=committee.region).order_by("depth").first()
    return above or committee.organisation


@transaction.atomic
def nominate(
    committee: ExpertCommittee,
    person: Person,
    *,
    actor: Person,
    fields: Sequence[Field],
    practising_since: int,
    grounds: str,
    title: Rank | None = None,
    title_text: str = "",
    evidence: Sequence[dict[str, Any]] = (),
) -> PoolAdmission:
    """Put a person forward. Raises Refused where they are in a pool or on the way into one."""
    Person.objects.select_for_update().get(pk=person.pk)
    if actor.pk == person.pk:
        raise Refused(_("Nobody nominates themselves."))
    if Expert.objects.live().filter(person=person).exists():
        raise Refused(_("%(person)s is in an expert pool already.") % {"person": person.name})
    if PoolAdmission.objects.open().filter(person=person).exists():
        raise Refused(_("%(person)s has been nominated already.") % {"person": person.name})
    limit = int(policy("pool.fields_max", region=committee.region.code))
    if not fields or len(fields) > limit or any(field.level != 3 for field in fields):
        raise Refused(_("Choose one to %(limit)d fields of the third level.") % {"limit": limit})
    if not grounds.strip():
        raise Refused(_("Say why this person: the examination rests on it."))
    admission = PoolAdmission.objects.create(
        committee=committee,
        person=person,
        title=title,
        title_text=title_text,
        practising_since=practising_since,
        grounds=grounds.strip(),
        evidence=list(evidence),
        nominated_by=actor,
        is_demo=committee.is_demo,
    )
    admission.fields.set(fields)
    log(admission, "committees.admission.nominate", actor=actor, after={"person": person.pk, "fields": [f.code for f in fields]})
    return admission


def shortfalls(admission: PoolAdmission, *, on: date) -> list[str]:
    """The entry conditions that the person does not meet on a day, in words; empty where all are met."""
    region, person = admission.committee.region.code, admission.person
    limit = int(policy("pool.age_limit", on=on, region=region))
    years = int(policy("pool.experience_years", on=on, region=region))
    missing = []
    if person.born_on and age(person.born_on, on) >= limit:
        missing.append(
            _("%(age)d years old; the pool's limit is under %(limit)d.") % {"age": age(person.born_on, on), "limit": limit}
        )
    if on.year - admission.practising_since < years:
        missing.append(
            _("%(have)d years in the field; %(need)d are needed.") % {"have": on.year - admission.practising_since, "need": years}
        )
    if not (admission.title_id or admission.title_text):
        missing.append(_("No professional title is on record."))
    return missing


@transaction.atomic
def examine(admission: PoolAdmission, *, actor: Person, opinion: str, on: date) -> PoolAdmission:
    """Find that the entry conditions are met. Raises Refused with every condition that is not."""
    if missing := shortfalls(admission, on=on):
        raise Refused(" ".join(missing))
    if not opinion.strip():
        raise Refused(_("Write the opinion of the examination."))
    move(admission, AdmissionState.EXAMINED, examined_by=actor, opinion=opinion.strip())
    log(admission, "committees.admission.examine", actor=actor, after={"opinion": opinion})
    return admission


@transaction.atomic
def appoint(admission: PoolAdmission, *, actor: Person, on: date) -> Expert:
    """Appoint for the term of the policy: the pool entry, the role of expert, the notice."""
    committee, person = admission.committee, admission.person
    years = int(policy("pool.term_years", on=on, region=committee.region.code))
    if Expert.objects.live().filter(person=person).exists():
        raise Refused(_("%(person)s is in an expert pool already.") % {"person": person.name})
    expert = Expert.objects.create(
        person=person,
        committee=committee,
        title=admission.title,
        title_text=admission.title_text,
        practising_since=admission.practising_since,
        admitted_on=on,
        term_until=add_years(on, years),
        is_demo=admission.is_demo,
    )
    expert.fields.set(admission.fields.all())
    letter = _letter(expert, actor=actor, on=on)
    move(admission, AdmissionState.APPOINTED, expert=expert, letter=letter, decided_at=timezone.now())
    reason = _("Appointed to the pool of %(committee)s") % {"committee": committee.name}
    grants.give(person, Role.EXPERT, jurisdiction(committee), actor=actor, on=on, until=expert.term_until, reason=reason)
    log(expert, "committees.expert.appoint", actor=actor, after={"from": on, "until": expert.term_until})
    notify(
        person,
        NoticeKind.INFO,
        _("You are appointed an expert of %(committee)s") % {"committee": committee.name},
        "/committees/me/",
        key=f"committees.expert.appoint:{expert.pk}",
    )
    return expert


def _letter(expert: Expert, *, actor: Person, on: date) -> OfficialDocument:
    committee, person = expert.committee, expert.person
    honorific = {Gender.MALE: "先生", Gender.FEMALE: "女士"}.get(Gender(person.gender), "同志")  # as printed, in Chinese
    return papers.issue(
        "committees.appointment",
        expert,
        actor=actor,
        issuer_name=committee.name,
        issuer_code=committee.organisation.document_code,
        title="聘书",
        data={
            "name": person.name,
            "honorific": honorific,
            "committee": committee.name,
            "fields": [field.name for field in expert.fields.order_by("code")],
            "started_on": expert.admitted_on,
            "ended_on": expert.last_day,
        },
        on=on,
    )


@transaction.atomic
def refuse(admission: PoolAdmission, *, actor: Person, reason: str) -> PoolAdmission:
    """Turn a nomination down, with the reason."""
    if not reason.strip():
        raise Refused(_("Say why: the reason stays with the record."))
    move(admission, AdmissionState.REFUSED, opinion=reason.strip(), decided_at=timezone.now())
    log(admission, "committees.admission.refuse", actor=actor, after={"reason": reason})
    return admission


@transaction.atomic
def withdraw(admission: PoolAdmission, *, actor: Person) -> PoolAdmission:
    """Take a nomination back."""
    move(admission, AdmissionState.WITHDRAWN, decided_at=timezone.now())
    log(admission, "committees.admission.withdraw", actor=actor)
    return admission
