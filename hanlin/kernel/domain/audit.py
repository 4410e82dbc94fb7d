"""The trail of everything that is written: append-only, chained, verifiable.

An entry is inserted inside the transaction of its cause. After the commit it is sealed: it takes the
next place in the chain of its month, and its digest covers its own words and the digest before it.
Sealing apart from the cause keeps one busy lock out of every transaction; sealing at most every second
per process, and by beat, keeps its price off most writes (`make bench NAME=audit`). Until it is sealed,
seconds at most, an entry is guarded by the append-only trigger alone (migration audit_guard).
"""

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from django.db import models, transaction
from django.utils import timezone

from hanlin.kernel.context import current_address
from hanlin.kernel.models import AuditChain, AuditEntry


class Actor(Protocol):
    """Whoever acts: any object with a primary key and a name."""

    pk: Any

    def get_full_name(self) -> str: ...


@dataclass(frozen=True)
class Break:
    """A place where the chain does not hold: month, place in the chain, and what is wrong."""

    month: str
    seq: int
    what: str


def _digest(text: str, algorithm: str) -> str:
    if algorithm == "sm3":
        digest = hashes.Hash(hashes.SM3())
        digest.update(text.encode())
        return digest.finalize().hex()
    return hashlib.sha256(text.encode()).hexdigest()


def _algorithm() -> str:
    try:
        _digest("", "sm3")
    except UnsupportedAlgorithm:
        return "sha256"
    return "sm3"


def _words(entry: AuditEntry, previous: str) -> str:
    return json.dumps(
        [
            previous,
            entry.at.astimezone(timezone.get_default_timezone()).isoformat(),
            entry.actor_id,
            entry.actor_name,
            entry.action,
            entry.object_type,
            entry.object_id,
            entry.object_name,
            entry.before,
            entry.after,
            entry.address,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    """JSON-ready: dates as ISO text, decimals as text, rows as their primary key."""

    def plain(value: Any) -> Any:
        if value is None or isinstance(value, bool | int | str):
            return value
        if isinstance(value, models.Model):
            return value.pk
        if isinstance(value, dict):
            return {str(key): plain(item) for key, item in value.items()}
        if isinstance(value, list | tuple | set):
            return [plain(item) for item in value]
        if isinstance(value, datetime):
            return value.isoformat()
        return str(value)

    return {key: plain(value) for key, value in (values or {}).items()}


def log(
    row: models.Model,
    action: str,
    *,
    actor: Actor | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEntry:
    """Leave one entry about `row` in the current transaction; `actor` None means the system.

    `action` is room.noun.verb. Never put a password, a token or an encrypted field's content
    into `before` or `after`.
    """
    entry = AuditEntry.objects.create(
        at=timezone.now(),
        actor_id=actor.pk if actor else None,
        actor_name=actor.get_full_name()[:80] if actor else "",
        action=action,
        object_type=row._meta.label_lower,
        object_id=str(row.pk),
        object_name=str(row)[:200],
        before=_plain(before),
        after=_plain(after),
        address=current_address(),
    )
    transaction.on_commit(_seal_now_and_then)
    return entry


_sealed_at = 0.0  # monotonic seconds; a throttle of this process, not data


def _seal_now_and_then() -> None:
    global _sealed_at
    if time.monotonic() - _sealed_at >= 1:
        seal()
        _sealed_at = time.monotonic()


def _chain_of(month: str) -> AuditChain:
    """The locked chain of a month; a new one starts from the last month's head."""
    chain = AuditChain.objects.select_for_update().filter(month=month).first()
    if chain is None:
        last = AuditChain.objects.filter(month__lt=month).order_by("-month").first()
        algorithm = _algorithm()
        genesis = _digest(f"{month}|{last.head if last else ''}", algorithm)
        AuditChain.objects.get_or_create(month=month, defaults={"algorithm": algorithm, "genesis": genesis, "head": genesis})
        chain = AuditChain.objects.select_for_update().get(month=month)
    return chain


def seal() -> int:
    """Give entries without a place (5,000 at most a call) their places in the chain; returns how many. Safe at any time."""
    if not AuditEntry.objects.filter(chain=None).exists():
        return 0
    with transaction.atomic():
        month = f"{timezone.localtime():%Y-%m}"
        chain = _chain_of(month)
        entries = list(AuditEntry.objects.filter(chain=None).order_by("pk")[:5000])
        for entry in entries:
            entry.chain, entry.seq, entry.previous = chain, chain.length + 1, chain.head
            entry.digest = _digest(_words(entry, entry.previous), chain.algorithm)
            chain.head, chain.length = entry.digest, entry.seq
        AuditEntry.objects.bulk_update(entries, ["chain", "seq", "previous", "digest"], batch_size=200)
        chain.save(update_fields=["head", "length"])
    return len(entries)


def breaks(month: str | None = None, *, walked: Callable[[int], None] = lambda count: None) -> Iterator[Break]:
    """Walk the chains (of one month, or all) and yield every place that does not hold.

    `walked` is told each thousandth entry, for a progress bar.
    """
    count = 0
    chains = AuditChain.objects.order_by("month")
    anchor = ""
    for chain in chains:
        genesis = _digest(f"{chain.month}|{anchor}", chain.algorithm)
        anchor = chain.head
        if month and chain.month != month:
            continue
        if genesis != chain.genesis:
            yield Break(chain.month, 0, "genesis")
        previous, seq = chain.genesis, 0
        for entry in chain.entries.order_by("seq").iterator(chunk_size=2000):
            seq += 1
            count += 1
            if count % 1000 == 0:
                walked(count)
            if entry.seq != seq:
                yield Break(chain.month, seq, "missing")
                seq = entry.seq or seq
            if entry.previous != previous:
                yield Break(chain.month, seq, "link")
            if _digest(_words(entry, entry.previous), chain.algorithm) != entry.digest:
                yield Break(chain.month, seq, "content")
            previous = entry.digest
        if previous != chain.head or seq != chain.length:
            yield Break(chain.month, seq, "head")
