"""Who may sit on a panel: each expert of the pool with what the conflict rules say, fit and work in hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from committees.enums import Effect, PartyRole
from committees.models import Expert
from committees.queries import coi, pool
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Organisation
from projects.enums import ENDED, LIVE_SEATS, ReviewState
from projects.models import ExpertReview, GovProject, PanelSeat


@dataclass(frozen=True)
class Candidate:
    """One expert beside one review. `effect`: block, warn, disclose or blank."""

    expert: Expert
    unit: str
    findings: list[coi.CoiFinding]
    warnings: list[str]  # facts of this matter, from the room's own records
    families: set[str]
    workload: int
    effect: str

    @property
    def is_blocked(self) -> bool:
        return self.effect == Effect.BLOCK


def parties(project: GovProject) -> dict[str, Sequence[Organisation]]:
    """Every body with a part in the project, by the role that the conflict rules know."""
    found: dict[str, list[Organisation]] = {PartyRole.APPLICANT: [project.owner]}
    if project.competent:
        found[PartyRole.COMPETENT] = [project.competent]
    for party in project.parties.select_related("organisation").order_by("pk"):
        found.setdefault(PartyRole(party.role), []).append(party.organisation)
    return dict(found)


def pool_of(review: ExpertReview) -> QuerySet[Expert]:
    """Experts of the committee's pool who do not sit on this panel, least loaded first."""
    seated = PanelSeat.objects.filter(panel__round__review=review).values("expert__person")
    people = list(seated.values_list("expert__person", flat=True))
    return pool.candidates(exclude=people).filter(committee__organisation=review.committee_id)


def judge(review: ExpertReview, experts: Sequence[Expert]) -> list[Candidate]:
    """Experts with everything that speaks for and against them, free ones first. A constant number of queries."""
    today = timezone.localdate()
    said = coi.evaluate_many(experts, parties(review.project), on=today, region=review.project.region.code)
    often, earlier = _often(review, experts, today), _earlier(review, experts)
    found = []
    for expert in experts:
        findings = said[expert.person_id]
        warnings = [*often.get(expert.person_id, []), *earlier.get(expert.person_id, [])]
        effect = coi.worst(findings) or (Effect.WARN if warnings else "")
        if warnings and effect == Effect.DISCLOSE:
            effect = Effect.WARN
        unit = pool.employer_of(expert)
        families = {field.family for field in expert.fields_shown}  # type: ignore[attr-defined]
        workload = expert.workload  # type: ignore[attr-defined]
        found.append(Candidate(expert, unit.name if unit else "", findings, warnings, families, workload, effect))
    return sorted(found, key=lambda c: (c.is_blocked, c.effect == Effect.WARN, c.workload, c.expert.person.pinyin))


def judge_one(review: ExpertReview, expert: Expert) -> Candidate:
    """The same for one expert, whether or not they are free."""
    rows = pool.with_workload(pool.with_employers(Expert.objects.filter(pk=expert.pk)))
    return judge(review, list(rows))[0]


def _often(review: ExpertReview, experts: Sequence[Expert], on: date) -> dict[int, list[str]]:
    """COI-25: too many reviews for the same owner in twelve months."""
    most = int(policy("review.workload.year", on=on, region=review.project.region.code))
    counted = (
        PanelSeat.objects.filter(
            expert__in=experts,
            state__in=LIVE_SEATS,
            panel__round__review__project__owner=review.project.owner_id,
            proposed_at__date__gt=on - timedelta(days=365),
        )
        .values_list("expert__person")
        .annotate(count=Count("pk"))
    )
    words = _("%(count)d reviews for this project owner in twelve months")
    return {person: [words % {"count": count}] for person, count in counted if count >= most}


def _earlier(review: ExpertReview, experts: Sequence[Expert]) -> dict[int, list[str]]:
    """COI-14 and COI-21: sat on another review of the same project."""
    seats = (
        PanelSeat.objects.filter(expert__in=experts, state__in=LIVE_SEATS, panel__round__review__project=review.project_id)
        .exclude(panel__round__review=review)
        .select_related("panel__round__review__definition")
        .order_by("pk")
    )
    found: dict[int, list[str]] = {}
    for seat in seats:
        earlier = seat.panel.round.review
        words = _("Has taken part in “%(service)s” of this project before") % {"service": earlier.definition}
        found.setdefault(seat.expert.person_id, []).append(words)
    return found


def running_seats(on: date) -> Coalesce:
    """For the committees' directory: how many running reviews an expert sits on."""
    seats = PanelSeat.objects.filter(expert__person=OuterRef("person_id"), state__in=LIVE_SEATS)
    seats = seats.exclude(panel__round__review__state__in=[*ENDED, ReviewState.ISSUED, ReviewState.RECTIFYING])
    counted = seats.order_by().values("expert__person").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)
