"""A person's ties as a secretary reads them: which rules they touch and until when."""

from dataclasses import dataclass
from datetime import date

from committees.enums import Detector
from committees.models import CoiRule, Tie
from committees.queries.coi import last_day
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Person


@dataclass(frozen=True)
class TieView:
    """A tie with the rules it may set off. `until` is the last day that any of them counts it; None: no end."""

    tie: Tie
    rules: tuple[CoiRule, ...]
    until: date | None
    lapsed: bool


def ties_of(person: Person, *, on: date, region: str = "") -> list[TieView]:
    """Standing ties of a person, those that still count first, the newest first; a constant number of queries."""
    rules = list(CoiRule.objects.filter(in_force=True, detector=Detector.TIE).order_by("code"))
    codes = sorted({rule.window_policy for rule in rules} - {""})
    windows = {code: int(policy(code, on=on, region=region)) for code in codes}
    views = []
    for tie in Tie.objects.standing().filter(person=person).select_related("organisation").order_by("-started_on", "pk"):
        touched = tuple(rule for rule in rules if tie.kind in rule.kinds and tie.relation in rule.relations)
        ends = [last_day(tie.ended_on, windows.get(rule.window_policy), rule.ever) for rule in touched]
        until = None if None in ends else max((end for end in ends if end), default=tie.ended_on)
        views.append(TieView(tie, touched, until, lapsed=until is not None and until < on))
    return sorted(views, key=lambda view: view.lapsed)
