"""What the chained audit trail costs a write: the write alone (the floor) beside the write with its entry, sealed."""

import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import transaction

from hanlin.kernel.domain.audit import breaks, log, seal
from hanlin.kernel.models import AuditEntry, PolicyValue

ROWS = 3_000


def _cpu(work: Callable[[int], None]) -> float:
    began = time.process_time()
    for number in range(ROWS):
        work(number)
    return time.process_time() - began


def _row(number: int, prefix: str) -> PolicyValue:
    return PolicyValue.objects.create(
        code=f"{prefix}.{number}", name="基准", value=Decimal(number), source="bench", mark="proposal", valid_from=date(2026, 1, 1)
    )


@transaction.atomic
def _plain(number: int) -> None:
    _row(number, "plain")


@transaction.atomic
def _audited(number: int) -> None:
    row = _row(number, "audited")
    log(row, "bench.row.make", actor=None, after={"value": row.value})


def measure() -> dict[str, object]:
    """CPU of the client per write, without and with the trail, and of walking the whole chain."""
    floor, ours = _cpu(_plain), _cpu(_audited)
    while seal():
        pass
    began = time.process_time()
    found = list(breaks())
    walk = time.process_time() - began
    entries = AuditEntry.objects.count()
    return {
        "writes": ROWS,
        "floor_ms": f"{floor / ROWS * 1000:.2f}",
        "audited_ms": f"{ours / ROWS * 1000:.2f}",
        "ratio": f"{ours / floor:.2f}",
        "verify_us_per_entry": f"{walk / entries * 1e6:.0f}",
        "entries": entries,
        "breaks": len(found),
    }
