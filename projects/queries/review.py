"""A review as its page tells it."""

from typing import Any

from projects.enums import STEP_STATES, ReviewState, Step
from projects.models import ExpertReview, Panel

_PATH = [
    ReviewState.REGISTERED, ReviewState.ACCEPTED, ReviewState.COMPOSING, ReviewState.SCHEDULED, ReviewState.ASSESSING,
    ReviewState.MEETING, ReviewState.DRAFTING, ReviewState.CIRCULATING, ReviewState.ISSUED, ReviewState.RECTIFYING,
    ReviewState.CLOSED,
]  # fmt: skip


def panel_of(review: ExpertReview) -> Panel | None:
    """The panel of the last round."""
    return Panel.objects.filter(round__review=review).select_related("round").order_by("-round__number").first()


def steps(review: ExpertReview) -> list[dict[str, Any]]:
    """The five steps for the stepper: done, now, or ahead."""
    if review.state == ReviewState.CANCELLED:
        return [{"title": str(step.label), "state": ""} for step in Step]
    state = ReviewState.REGISTERED if review.state == ReviewState.RETURNED else ReviewState(review.state)
    here = _PATH.index(state)
    rows = []
    for step in Step:
        places = [_PATH.index(s) for s in STEP_STATES[step] if s in _PATH]
        kind = "done" if here > max(places) else "now" if here >= min(places) else ""
        note = str(review.get_state_display()) if kind == "now" else ""
        rows.append({"title": str(step.label), "state": kind, "note": note})
    return rows
