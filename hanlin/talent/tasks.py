"""Refreshing the board in the background: by a job that a leader starts, and by the clock."""

from celery import shared_task
from django.utils import timezone
from django.utils.translation import gettext as _

from hanlin.kernel.domain.jobs import progress, register_job
from hanlin.kernel.models import Job
from hanlin.talent.domain import rollups

REFRESH = "talent.refresh"


def refresh_job(job: Job) -> None:
    """Make every figure's roll-up again, one after the other."""
    total = len(rollups.MAKERS)
    for done, code in enumerate(rollups.MAKERS, start=1):
        rollups.refresh(code, on=timezone.localdate(), actor=None)
        progress(job, done, total, _("%(done)d of %(total)d figures") % {"done": done, "total": total})


def register() -> None:
    """Make the job known to the kernel."""
    register_job(REFRESH, refresh_job)


@shared_task
def refresh_figures() -> int:
    """By the clock: everything again."""
    return rollups.refresh_all(on=timezone.localdate(), actor=None)
