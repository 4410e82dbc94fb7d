"""Numbers of regulations, asked for by code and date; no room holds such a number itself."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils import timezone

from hanlin.kernel.models import PolicyValue

_regions: list[Callable[[], dict[str, str]]] = []


def register_region_names(provider: Callable[[], dict[str, str]]) -> None:
    """Whoever knows the regions says their names: GB/T 2260 code → name."""
    _regions[:] = [provider]


def region_names() -> dict[str, str]:
    """Code → name of every region that is known; one query."""
    return _regions[0]() if _regions else {}


class PolicyMissing(LookupError):
    """No value is in force for this code, region and date: the installation lacks a policy row."""


def policy_row(code: str, *, on: date | None = None, region: str = "") -> PolicyValue:
    """The row in force on `on` (today), the region's own before its province's before the nation's.

    `region` is a GB/T 2260 code of six digits. Raises PolicyMissing.
    """
    day = on or timezone.localdate()
    regions = {"", region, region[:4] + "00", region[:2] + "0000"} if region else {""}
    rows = PolicyValue.objects.filter(code=code, region__in=regions, valid_from__lte=day)
    rows = rows.filter(Q(valid_to=None) | Q(valid_to__gt=day)).order_by("-region", "-valid_from")
    found = {row.region: row for row in reversed(rows)}
    for candidate in (region, region[:4] + "00", region[:2] + "0000", ""):
        if candidate in found:
            return found[candidate]
    raise PolicyMissing(f"no policy value {code!r} in force on {day} for region {region!r}")


def policy(code: str, *, on: date | None = None, region: str = "") -> Decimal:
    """The number alone; see `policy_row`."""
    return policy_row(code, on=on, region=region).value
