"""Reading the audit trail."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from hanlin.kernel.models import AuditEntry


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))  # noqa: DTZ001


def entries(
    *, since: date | None = None, until: date | None = None, actor: str = "", action: str = "", object: str = ""
) -> QuerySet[AuditEntry]:
    """The trail, newest first: days inclusive, parts of the actor's name, the action and the object's name or kind."""
    found: QuerySet[Any] = AuditEntry.objects.order_by("-at", "-pk")
    if since:
        found = found.filter(at__gte=_midnight(since))
    if until:
        found = found.filter(at__lt=_midnight(until + timedelta(days=1)))
    if actor:
        found = found.filter(actor_name__icontains=actor)
    if action:
        found = found.filter(action__icontains=action)
    if object:
        found = found.filter(Q(object_name__icontains=object) | Q(object_type__icontains=object) | Q(object_id=object))
    return found
