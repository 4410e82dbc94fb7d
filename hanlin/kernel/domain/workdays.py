"""The table of exceptional days, kept by hand from the State Council's yearly notice."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import Actor, log
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import Workday
from hanlin.kernel.queries.calendar import forget_stored_days


@transaction.atomic
def set_workday(day: date, *, works: bool, name: str, source: str, actor: Actor) -> Workday:
    """Say that offices are open, or closed, on `day`. Raises Refused without a source, or where the week says so anyway."""
    if not source.strip():
        raise Refused(_("Say where this comes from: title and number of the notice."))
    if works == (day.weekday() < 5):
        raise Refused(
            _("%(day)s is a working day anyway.") % {"day": day.isoformat()}
            if works
            else _("%(day)s is a day off anyway.") % {"day": day.isoformat()}
        )
    old = Workday.objects.select_for_update().filter(date=day).first()
    row, _new = Workday.objects.update_or_create(
        date=day, defaults={"works": works, "name": name.strip(), "source": source.strip()}
    )
    before = {"works": old.works, "name": old.name} if old else None
    log(row, "kernel.workday.set", actor=actor, before=before, after={"works": works, "name": row.name, "source": row.source})
    transaction.on_commit(forget_stored_days)
    return row


@transaction.atomic
def remove_workday(row: Workday, *, actor: Actor) -> None:
    """Let the ordinary week decide about the day again."""
    log(row, "kernel.workday.remove", actor=actor, before={"works": row.works, "name": row.name})
    row.delete()
    transaction.on_commit(forget_stored_days)
