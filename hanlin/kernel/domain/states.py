"""Moving a row from one state to the next, safely among rivals."""

from typing import Any

from django.utils.translation import gettext as _

from hanlin.kernel.errors import IllegalMove, StaleState


def move(row: Any, to: str, **fields: Any) -> None:
    """Write state `to`, and `fields` with it, if `row.NEXT` ({from: {to, ...}}) allows.

    The UPDATE repeats the state we read, so of two racing requests one wins.
    Raises IllegalMove or StaleState, and then leaves `row` as it was.
    """
    was = row.state
    if to not in row.NEXT.get(was, ()):
        raise IllegalMove(_("This step is not open from here. Reload the page to see where things stand."))
    if not type(row)._base_manager.filter(pk=row.pk, state=was).update(state=to, **fields):
        raise StaleState(_("Someone has just changed this. Reload the page and look again."))
    for name, value in {"state": to, **fields}.items():
        setattr(row, name, value)
