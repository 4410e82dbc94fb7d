"""What the three administrators see of the machine room on their workbench."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from hanlin.kernel.enums import JobState
from hanlin.kernel.models import AuditEntry, Job, Outbox, PolicyValue
from hanlin.kernel.queries.calendar import is_certain


def audit_panel(person: Any) -> dict[str, Any]:
    """How much was written today, and whether the chain was found whole."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "today": AuditEntry.objects.filter(at__gte=midnight).count(),
        "total": AuditEntry.objects.count(),
        "job": Job.objects.filter(kind="kernel.verify_audit").order_by("-created_at").first(),
    }


def machine_panel(person: Any) -> dict[str, Any]:
    """Tasks and messages that did not succeed within a week, and whether next year's holidays are entered."""
    week, today = timezone.now() - timedelta(days=7), timezone.localdate()
    failed = Job.objects.filter(state=JobState.FAILED, ended_at__gte=week).order_by("-ended_at")
    return {
        "failed": list(failed[:5]),
        "failed_count": failed.count(),
        "waiting": Outbox.objects.filter(sent_at=None, given_up_at=None).count(),
        "given_up": Outbox.objects.filter(given_up_at__gte=week).count(),
        "next_year": today.year + 1 if not is_certain(today.replace(year=today.year + 1, month=6, day=1)) else None,
    }


def policy_panel(person: Any) -> dict[str, Any]:
    """The values that were set last, and those that rest on memory alone."""
    return {
        "latest": list(PolicyValue.objects.order_by("-pk")[:5]),
        "memory": PolicyValue.objects.filter(mark="memory", valid_to=None).count(),
    }
