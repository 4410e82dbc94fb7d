"""What the queue may ring for. Each task does one domain call and is safe to run twice."""

from celery import shared_task

from hanlin.kernel.domain import audit, jobs


@shared_task
def run_job(pk: str) -> None:
    """Do one job by its id."""
    jobs.run(pk)


@shared_task
def sweep_jobs() -> int:
    """Ring again for jobs that nobody holds."""
    return jobs.sweep()


@shared_task
def seal_audit() -> int:
    """Chain the audit entries that a crash left unsealed."""
    return audit.seal()
