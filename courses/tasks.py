"""What this room does in the background."""

from courses.domain import assignments
from hanlin.kernel.domain.jobs import register_job


def register() -> None:
    """Called once by the wiring."""
    register_job(assignments.FILL, assignments.fill)
    register_job(assignments.REMIND, assignments.send_reminders)
