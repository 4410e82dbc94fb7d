"""How a person wants pages shown to them."""

from django.conf import settings
from django.db import transaction

from hanlin.kernel.domain.audit import log
from hanlin.people.models import Person

LANGUAGES = [code for code, _ in settings.LANGUAGES]


@transaction.atomic
def choose(person: Person, *, actor: Person, **wanted: str) -> None:
    """Keep `display_mode`, `theme` or `language` on the person; the caller has checked the values."""
    before = {name: getattr(person, name) for name in wanted}
    if before == wanted:
        return
    for name, value in wanted.items():
        setattr(person, name, value)
    person.save(update_fields=list(wanted))
    log(person, "people.person.display", actor=actor, before=before, after=wanted)
