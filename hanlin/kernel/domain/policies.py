"""New values of regulations: dated, sourced, one at a time. What was in force stays readable for ever."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import Actor, log
from hanlin.kernel.enums import PolicyMark
from hanlin.kernel.errors import Refused
from hanlin.kernel.models import PolicyValue


@transaction.atomic
def set_policy(
    code: str,
    *,
    value: Decimal,
    valid_from: date,
    source: str,
    mark: PolicyMark,
    actor: Actor | None,
    region: str = "",
) -> PolicyValue:
    """Let `value` hold from `valid_from` in `region` (blank: everywhere), and end what held until then on that day.

    Name and unit are those of the code. Raises Refused for an unknown code, a missing source, a value
    that changes nothing, or a day on which a later or equal start is already known.
    """
    list(PolicyValue.objects.select_for_update().filter(code=code).order_by("pk").values_list("pk"))  # writers take turns …
    rows = list(PolicyValue.objects.filter(code=code).order_by("valid_from"))  # … and see what the one before them wrote
    if not rows:
        raise Refused(_("There is no policy value with this code."))
    if not source.strip():
        raise Refused(_("Say where the value comes from: title, number and article of the document."))
    here = [row for row in rows if row.region == region]
    last = here[-1] if here else None
    if last and (valid_from <= last.valid_from or (last.valid_to and valid_from < last.valid_to)):
        raise Refused(
            _(
                "A value is known from %(day)s on, so the new one must start after it. "
                "Withdraw the later one first, or choose a later day."
            )
            % {"day": last.valid_from.isoformat()}
        )
    if last and last.valid_to is None:
        if last.value == value and last.source == source.strip():
            raise Refused(_("This value is in force already."))
        PolicyValue.objects.filter(pk=last.pk).update(valid_to=valid_from)
    pattern = last or rows[-1]
    row = PolicyValue.objects.create(
        code=code,
        region=region,
        value=value,
        unit=pattern.unit,
        name=pattern.name,
        source=source.strip(),
        mark=mark,
        valid_from=valid_from,
    )
    before = {"value": last.value, "valid_from": last.valid_from} if last else None
    after = {"value": value, "valid_from": valid_from, "source": row.source}
    log(row, "kernel.policy.set", actor=actor, before=before, after=after)
    return row


@transaction.atomic
def withdraw_policy(row: PolicyValue, *, actor: Actor | None, today: date) -> None:
    """Take back a value that does not hold yet; what it would have ended goes on. Raises Refused for one that has begun."""
    row = PolicyValue.objects.select_for_update().get(pk=row.pk)
    if row.valid_from <= today:
        raise Refused(_("This value has been in force and stays on record. Set a new one instead."))
    log(row, "kernel.policy.withdraw", actor=actor, before={"value": row.value, "valid_from": row.valid_from})
    start = row.valid_from
    before = PolicyValue.objects.filter(code=row.code, region=row.region, valid_to=start)
    row.delete()
    before.update(valid_to=None)
