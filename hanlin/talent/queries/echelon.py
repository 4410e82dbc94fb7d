"""Who stands at which stage of the talent echelon."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from committees.enums import AdmissionState, SeatRole
from committees.models import Expert, PoolAdmission, Seat
from courses.enums import EnrolmentState
from courses.models import Certificate, Enrolment
from hanlin.people.models import Post
from hanlin.talent.enums import StageCode
from hanlin.talent.queries.hours import cadres

TOP = (SeatRole.CHAIR, SeatRole.VICE_CHAIR)


def people_at(stage: str, on: date) -> QuerySet[Any]:
    """Ids of the people at a stage on a day, as a subquery."""
    seats = Seat.objects.believed().held_on(on)
    gone = [AdmissionState.REFUSED, AdmissionState.WITHDRAWN]
    standing = Q(revoked_at=None) & (Q(valid_until=None) | Q(valid_until__gte=on))
    found: dict[str, QuerySet[Any]] = {
        StageCode.CADRE: cadres(on),
        StageCode.TRAINED: Enrolment.objects.filter(state=EnrolmentState.COMPLETED),
        StageCode.CERTIFIED: Certificate.objects.filter(standing),
        StageCode.CANDIDATE: PoolAdmission.objects.exclude(state__in=gone),
        StageCode.EXPERT: Expert.objects.live(),
        StageCode.MEMBER: seats.filter(votes=True),
        StageCode.CHAIR: seats.filter(role__in=TOP),
    }
    return found[stage].order_by().values("person")


def above(stage: str) -> str:
    """The stage before this one; blank for the first."""
    order = list(StageCode)
    place = order.index(StageCode(stage))
    return order[place - 1] if place else ""


def posts_at(stage: str, on: date) -> QuerySet[Post]:
    """The main posts of the people at a stage; whoever has none is not counted."""
    return Post.objects.current(on).filter(is_main=True, person__in=people_at(stage, on))
