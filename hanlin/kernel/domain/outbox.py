"""Messages that must leave. The row is written with its cause; here it is claimed, sent and marked.

A sender that dies between sending and marking sends again after its lease: at least once, never lost.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db.models import F, Q
from django.utils import timezone

from hanlin.kernel.models import Outbox
from hanlin.kernel.queries.policy import policy

logger = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
AT_ONCE = 100
LONGEST_PAUSE = timedelta(hours=6)


class ChannelError(Exception):
    """Raised by a channel that could not send now; the message is tried again later."""


def _mail(message: Outbox) -> None:
    EmailMessage(message.subject, message.body, to=[message.to], headers={"X-Hanlin-Key": message.key}).send()


_channels: dict[str, Callable[[Outbox], None]] = {"mail": _mail}


def register_channel(name: str, send: Callable[[Outbox], None]) -> None:
    """Let messages of channel `name` (sms, wecom, dingtalk, webhook) leave by `send`.

    It raises OSError or ChannelError where the message did not leave. Nothing of the message goes into a log.
    """
    _channels[name] = send


def send_due(now: datetime | None = None) -> int:
    """Send what is due, at most a hundred; returns how many left. Several senders share the work by leases."""
    moment = now or timezone.now()
    due = _waiting(moment).order_by("due_at", "pk").values_list("pk", flat=True)[:AT_ONCE]
    return sum(_send(pk, moment) for pk in list(due))


def _waiting(moment: datetime):  # type: ignore[no-untyped-def]  # a queryset of Outbox
    free = Q(lease_until=None) | Q(lease_until__lt=moment)
    return Outbox.objects.filter(free, sent_at=None, given_up_at=None, due_at__lte=moment)


def _send(pk: int, moment: datetime) -> bool:
    """Claim one message, send it, mark it. False where another sender has it, or it did not leave."""
    if not _waiting(moment).filter(pk=pk).update(lease_until=moment + LEASE, attempts=F("attempts") + 1):
        return False
    message = Outbox.objects.get(pk=pk)
    send = _channels.get(message.channel)
    if send is None:
        Outbox.objects.filter(pk=pk).update(given_up_at=moment, lease_until=None, error="no such channel here")
        return False
    try:
        send(message)
    except (OSError, ChannelError) as error:  # smtplib's errors are OSErrors
        _put_off(message, moment, error)
        return False
    Outbox.objects.filter(pk=pk).update(sent_at=timezone.now(), lease_until=None, error="")
    return True


def _put_off(message: Outbox, moment: datetime, error: Exception) -> None:
    """Wait twice as long each time; after the policy's number of tries, give up and say so in the log."""
    fields = {"lease_until": None, "error": f"{type(error).__name__}: {error}"[:300]}
    if message.attempts >= int(policy("outbox.attempts")):
        logger.error("message %s by %s did not leave in %s tries", message.pk, message.channel, message.attempts)
        Outbox.objects.filter(pk=message.pk).update(given_up_at=moment, **fields)
        return
    pause = min(timedelta(minutes=2**message.attempts), LONGEST_PAUSE)
    Outbox.objects.filter(pk=message.pk).update(due_at=moment + pause, **fields)
