"""Long tasks. The row is the truth, the broker only rings: a lost message, a killed worker and a closed
laptop lid are one case, mended by `sweep`, which beat calls and which rings again for what nobody holds.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hanlin.kernel.domain.audit import Actor
from hanlin.kernel.domain.states import move
from hanlin.kernel.enums import JobState
from hanlin.kernel.errors import Refused, StaleState
from hanlin.kernel.models import Job

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)  # renewed by every call of progress()
ATTEMPTS = 3
_kinds: dict[str, Callable[[Job], None]] = {}


class Cancelled(Exception):
    """Raised inside a job's function by `progress` when somebody asked for its end."""


def register_job(kind: str, function: Callable[[Job], None]) -> None:
    """Make `function(job)` the work of `kind` (room.verb). It must be safe to run twice.

    It reads `job.arguments` (JSON), calls `progress`, may set `job.result`, `job.result_file` and
    `job.error_file`, and raises Refused for what the person who asked should read.
    """
    _kinds[kind] = function


def start(kind: str, *, actor: Actor | None, arguments: dict[str, Any], key: str = "") -> Job:
    """Write a job into the current transaction and ring for it after the commit.

    With a `key`, a second start while the first still waits or runs gives back the first.
    """
    if kind not in _kinds:
        raise LookupError(f"no job kind {kind!r} is registered")
    fields = {
        "arguments": arguments,
        "asked_by_id": actor.pk if actor else None,
        "asked_by_name": actor.get_full_name() if actor else "",
        "language": translation.get_language() or "",
    }
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, key=key, **fields)
    except IntegrityError:
        return Job.objects.get(kind=kind, key=key, state__in=[JobState.WAITING, JobState.RUNNING])
    transaction.on_commit(lambda: ring(job))
    return job


def ring(job: Job) -> None:
    """Tell the workers to look at this job. If the broker is away, the sweep will ring later."""
    try:
        current_app.send_task("hanlin.kernel.tasks.run_job", args=[str(job.pk)]) if not _eager() else run(str(job.pk))
    except OSError:
        logger.warning("the broker did not answer; job %s waits for the sweep", job.pk)


def _eager() -> bool:
    return bool(current_app.conf.task_always_eager)


def progress(job: Job, done: int, total: int, message: str = "") -> None:
    """Note how far a job is and renew its lease. Raises Cancelled where its end was asked for."""
    job.done, job.total, job.message = done, total, message[:300]
    mine = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
    if not mine.update(done=done, total=total, message=job.message, lease_until=timezone.now() + LEASE):
        raise Cancelled
    if Job.objects.filter(pk=job.pk, cancel_asked=True).exists():
        raise Cancelled


def _claim(pk: str) -> Job | None:
    """Take a job whose lease nobody holds; None where another worker was quicker."""
    now = timezone.now()
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=now)
    job = Job.objects.filter(free, pk=pk).first()
    if job is None:
        return None
    if job.attempts >= ATTEMPTS:
        words = _("Given up after several tries; the administrator finds the cause in the log.")
        Job.objects.filter(free, pk=pk, attempts=job.attempts).update(state=JobState.FAILED, ended_at=now, message=words)
        return None
    taken = Job.objects.filter(free, pk=pk, attempts=job.attempts).update(
        state=JobState.RUNNING, lease_until=now + LEASE, attempts=job.attempts + 1
    )
    return Job.objects.get(pk=pk) if taken else None


def run(pk: str) -> None:
    """Do one job, if it is still to be done. Called by the worker, safe to call twice."""
    job = _claim(pk)
    if job is None:
        return
    with translation.override(job.language or None):
        try:
            _kinds[job.kind](job)
        except Cancelled:
            _end(job, JobState.CANCELLED, job.message)
        except Refused as error:
            _end(job, JobState.FAILED, str(error))
        except (ObjectDoesNotExist, ArithmeticError, AttributeError, LookupError, OSError, RuntimeError, TypeError, ValueError):
            logger.exception("job %s (%s) failed", job.pk, job.kind)
            _end(job, JobState.FAILED, _("Something went wrong on our side. The administrator finds the cause in the log."))
        else:
            _end(job, JobState.DONE, job.message)


def _end(job: Job, state: JobState, message: str) -> None:
    fields = {
        "message": message[:300],
        "ended_at": timezone.now(),
        "lease_until": None,
        "result": job.result,
        "result_file": job.result_file,
        "error_file": job.error_file,
    }
    try:
        move(job, state, **fields)
    except StaleState:
        logger.warning("job %s had been ended by somebody else", job.pk)


@transaction.atomic
def cancel(job: Job, *, actor: Actor) -> Job:
    """Ask for the end of a job: at once where it waits, at its next step where it runs.

    Raises Refused where it has ended already.
    """
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state == JobState.WAITING:
        move(job, JobState.CANCELLED, ended_at=timezone.now())
    elif job.state == JobState.RUNNING:
        Job.objects.filter(pk=job.pk).update(cancel_asked=True)
        job.cancel_asked = True
    else:
        raise Refused(_("This task has ended already."))
    return job


def sweep() -> int:
    """Ring for every job that waits or whose lease ran out; returns how many. Beat calls it each half minute."""
    late = timezone.now() - timedelta(seconds=20)
    stale = Q(state=JobState.WAITING, created_at__lt=late) | Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    jobs = list(Job.objects.filter(stale).order_by("created_at")[:200])
    for job in jobs:
        ring(job)
    return len(jobs)
