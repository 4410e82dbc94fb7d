"""Document numbers without gaps: one counter per issuer, series and year, moved in the paper's own transaction.

A rollback gives the number back, because the counter's row rolls back too; a rival waits on the row's lock.
"""

from typing import Any

from django.db import connection
from django.db.models import F, Max
from django.db.transaction import TransactionManagementError

from hanlin.kernel.models.paper import NumberCounter, OfficialDocument
from hanlin.kernel.papers.numbering import certificate_text, number_text, parse_number, tidy_number

__all__ = ["certificate_text", "number_text", "parse_number", "recount", "take_number", "tidy_number"]


def take_number(issuer_code: str, series: str, year: int) -> int:
    """The next number of the series, from 1. Belongs into the transaction that writes the paper."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("a number is taken only inside the transaction of its paper")
    key: dict[str, Any] = {"issuer_code": issuer_code, "series": series, "year": year}
    NumberCounter.objects.get_or_create(**key)
    NumberCounter.objects.filter(**key).update(last=F("last") + 1)  # holds the row until the transaction ends
    return NumberCounter.objects.values_list("last", flat=True).get(**key)


def recount() -> None:
    """Set every counter to the last number that a paper still bears; only where demo papers were taken away."""
    for counter in NumberCounter.objects.select_for_update():
        series = {"issuer_code": counter.issuer_code, "series": counter.series, "year": counter.year}
        last = OfficialDocument.objects.filter(**series).aggregate(last=Max("number"))["last"]
        if last is None:
            counter.delete()
        else:
            NumberCounter.objects.filter(pk=counter.pk).update(last=last)
