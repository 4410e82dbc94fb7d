"""What people agree to, apart from what the law has state bodies do anyway (个人信息保护法, articles 13 to 15)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Consent, Person


@transaction.atomic
def agree(person: Person, *, purpose: str, version: str, legal_basis: str, actor: Person) -> Consent:
    """Note that a person agreed to one version of a notice. Agreeing twice to the same leaves one row."""
    held = Consent.objects.filter(person=person, purpose=purpose, version=version, withdrawn_at=None).first()
    if held is not None:
        return held
    consent = Consent.objects.create(
        person=person, purpose=purpose, version=version, legal_basis=legal_basis, given_at=timezone.now()
    )
    log(consent, "people.consent.agree", actor=actor, after={"purpose": purpose, "version": version})
    return consent


@transaction.atomic
def withdraw(consent: Consent, *, actor: Person) -> Consent:
    """Take a consent back, as easily as it was given. Refused for another's, and for one taken back already."""
    if actor.pk != consent.person_id:
        raise Refused(_("Only the person who agreed can take it back."))
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        raise Refused(_("This consent has been taken back already."))
    consent.withdrawn_at = timezone.now()
    consent.save(update_fields=["withdrawn_at"])
    log(consent, "people.consent.withdraw", actor=actor, after={"purpose": consent.purpose, "version": consent.version})
    return consent
