"""The worker of the tests: the project's own, and one kind of job that only counts."""

import os
import time
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

from celery.signals import worker_init

from hanlin.celery import app


def count(job: Any) -> None:
    """Count to `steps`, `pause` seconds each."""
    from hanlin.kernel.domain.jobs import progress

    for step in range(job.arguments["steps"]):
        time.sleep(job.arguments["pause"])
        progress(job, step + 1, job.arguments["steps"])


@worker_init.connect
def register(**kwargs: Any) -> None:
    """Tell the kernel of the counting job, here and in the test's own process."""
    from hanlin.kernel.domain.jobs import register_job

    register_job("tests.count", count)


__all__ = ["app"]
