"""What only shows with several processes: a real worker, a killed one, a flushed queue."""

import os
import signal
import time

import pytest

from hanlin.kernel.domain import jobs
from hanlin.kernel.models import Job


def _wait(job: Job, states: set[str], seconds: float = 40) -> Job:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        job.refresh_from_db()
        if job.state in states:
            break
        time.sleep(0.1)
    return job


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_was_committed(worker):
    job = jobs.start("tests.count", actor=None, arguments={"steps": 5, "pause": 0})

    _wait(job, {"done", "failed"})

    assert (job.state, job.done, job.total, job.attempts) == ("done", 5, 5, 1)


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_loses_nothing(worker, monkeypatch):
    job = jobs.start("tests.count", actor=None, arguments={"steps": 40, "pause": 0.1})
    _wait(job, {"running"})
    os.killpg(worker.process.pid, signal.SIGKILL)
    worker.process.wait()
    Job.objects.filter(pk=job.pk).update(lease_until=job.created_at)  # the lease would run out by itself in two minutes

    worker.start()
    assert jobs.sweep() == 1
    _wait(job, {"done", "failed"})

    assert (job.state, job.done, job.attempts) == ("done", 40, 2)


@pytest.mark.django_db(transaction=True)
def test_a_running_job_ends_when_asked(worker):
    from tests.factories.people import PersonFactory

    job = jobs.start("tests.count", actor=None, arguments={"steps": 300, "pause": 0.1})
    _wait(job, {"running"})

    jobs.cancel(job, actor=PersonFactory())

    assert _wait(job, {"done", "failed", "cancelled"}).state == "cancelled"
