"""What this room does in the background, and what it makes known to the kernel."""

from courses.domain import assignments, certificates
from hanlin.kernel.domain.jobs import register_job


def register() -> None:
    """Called once by the wiring."""
    register_job(assignments.FILL, assignments.fill)
    register_job(assignments.REMIND, assignments.send_reminders)
    certificates.register_papers()
