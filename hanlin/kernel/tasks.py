"""What the queue may ring for. Each task does one domain call and is safe to run twice."""

from celery import shared_task

from hanlin.kernel.domain import audit, audit_checks, imports, jobs, outbox, papers


def register() -> None:
    """The kernel's own kinds of jobs."""
    jobs.register_job("kernel.import_check", imports.check_job)
    jobs.register_job("kernel.import_apply", imports.apply_job)
    jobs.register_job(audit_checks.VERIFY, audit_checks.verify_job)
    jobs.register_job(papers.RENDER, papers.render_paper)


@shared_task
def run_job(pk: str) -> None:
    """Do one job by its id."""
    jobs.run(pk)


@shared_task
def sweep_jobs() -> int:
    """Ring again for jobs that nobody holds."""
    return jobs.sweep()


@shared_task
def send_outbox() -> int:
    """Send the messages that are due."""
    return outbox.send_due()


@shared_task
def sweep_imports() -> int:
    """Delete the files of imports whose time is over."""
    return imports.forget_old_files()


@shared_task
def seal_audit() -> int:
    """Chain the audit entries that a crash left unsealed."""
    return audit.seal()
