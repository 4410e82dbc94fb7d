"""Reviews and findings as the board counts them: the rows behind its figures."""

from datetime import date

from django.db.models import QuerySet

from hanlin.kernel.queries.calendar import working_days_left
from hanlin.talent.enums import Bucket
from projects.enums import STEP_STATES, AssessmentState, FindingState, OpinionState
from projects.models import ExpertReview, Finding, Rating

WAITING_FOR_A_CHECK = (FindingState.REPLIED,)


def reviews_at(step: str) -> QuerySet[ExpertReview]:
    """Running reviews at a step of the board of reviews; CLOSED and CANCELLED stand at none."""
    return ExpertReview.objects.filter(state__in=STEP_STATES[step])


def step_of(state: str) -> str:
    """The step that a state of a review belongs to; blank where it has ended."""
    return next((str(step) for step, states in STEP_STATES.items() if state in states), "")


def issued_ratings() -> QuerySet[Rating]:
    """Ratings that were handed in, of rounds whose opinion has been issued."""
    return Rating.objects.filter(
        assessment__state=AssessmentState.SUBMITTED, assessment__seat__panel__round__opinion__state=OpinionState.ISSUED
    )


def open_findings() -> QuerySet[Finding]:
    """Findings that are not struck off."""
    return Finding.objects.exclude(state=FindingState.CLOSED)


def bucket_of(state: str, due_on: date | None, on: date) -> Bucket:
    """Where a finding stands on a day, by working days; one that was answered waits for others and is not late."""
    if due_on is None or due_on >= on or state in WAITING_FOR_A_CHECK:
        return Bucket.AHEAD
    late = -working_days_left(due_on, on)
    for bucket, days in ((Bucket.LATE_5, 5), (Bucket.LATE_10, 10), (Bucket.LATE_20, 20)):
        if late <= days:
            return bucket
    return Bucket.LATE_MORE
