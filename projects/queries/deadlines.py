"""When the present step of a review ends, in working days of the policy table."""

from datetime import date, datetime, time

from django.utils import timezone

from hanlin.kernel.queries.calendar import add_working_days
from hanlin.kernel.queries.policy import policy
from projects.models import ExpertReview

CLOSE_OF_BUSINESS = time(17, 0)


def due_after(review: ExpertReview, state: str, on: date | None = None) -> date | None:
    """The last day of `state` when it begins on a day (today); None where the definition sets no deadline."""
    code = review.definition.data["deadlines"].get(state)
    if code is None:
        return None
    day = on or timezone.localdate()
    return add_working_days(day, int(policy(code, on=day, region=review.project.region.code)))


def end_of(day: date) -> datetime:
    """17:00 of a day: when a deadline of that day is over."""
    return timezone.make_aware(datetime.combine(day, CLOSE_OF_BUSINESS))


def working_days(code: str, region: str, on: date | None = None) -> datetime:
    """Close of business as many working days from a day as the policy `code` says."""
    day = on or timezone.localdate()
    return end_of(add_working_days(day, int(policy(code, on=day, region=region))))
