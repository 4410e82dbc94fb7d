"""The panel's assessments side by side: the table that the secretary works from and the opinion keeps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from projects.enums import AssessmentState, ItemKind, Verdict
from projects.models import Assessment, Criterion, Form, Gate, GateRating, Rating, Remark, Round
from projects.queries import scoring


@dataclass(frozen=True)
class MergedAttribute:
    """One attribute: its mean over the panel, each member's own mean, and how far they lie apart."""

    criterion: Criterion
    mean: Decimal
    by_seat: list[Decimal]
    spread: Decimal


@dataclass(frozen=True)
class Merged:
    """What the whole panel said. `seats` gives the order of every `by_seat` and `outcomes`."""

    seats: list[Any]
    attributes: list[MergedAttribute]
    gates: list[Any]  # gate, the panel's outcome, each member's
    score: Decimal
    verdict: Verdict
    votes: list[str]
    scores: list[Decimal]
    remarks: list[Remark]
    reasons: list[Rating]
    gate_reasons: list[GateRating]
    comments: list[tuple[Any, str]]


def attribute_means(form: Form, values: dict[int, int]) -> dict[str, Decimal]:
    """Weighted mean of each attribute from {criterion id: 1 to 5}; an attribute nobody rated is left out."""
    means = {}
    for attribute, children in tree(form):
        rated = [child for child in children if child.pk in values]
        if rated:
            means[attribute.code] = scoring.mean([values[c.pk] for c in rated], [c.weight for c in rated])
    return means


def tree(form: Form) -> list[tuple[Criterion, list[Criterion]]]:
    """Attributes with what is asked under each, in order. One query."""
    rows = list(form.criteria.order_by("order"))
    return [(top, [row for row in rows if row.parent_id == top.pk]) for top in rows if top.parent_id is None]


def weights(form: Form) -> dict[str, Decimal]:
    return {top.code: top.weight for top, _children in tree(form)}


def submitted(round_: Round) -> list[Assessment]:
    """Assessments that count, with seat, expert, ratings and gates fetched, by the expert's name."""
    found = Assessment.objects.filter(seat__panel__round=round_, state=AssessmentState.SUBMITTED)
    found = found.select_related("seat__expert__person").prefetch_related(
        "ratings__criterion", "gate_ratings__gate", "remarks__criterion"
    )
    return list(found.order_by("-seat__is_leader", "seat__expert__person__pinyin", "pk"))


def merge(round_: Round, form: Form, *, on: date, region: str = "") -> Merged | None:
    """The panel's assessments as one; None where nobody has handed in."""
    papers = submitted(round_)
    if not papers:
        return None
    rule = scoring.Rule.on(on, region)
    attributes = list(_attributes(form, papers))
    gates = [
        (gate, scoring.gate_of(said, rule.gate_fail_share), said)
        for gate, said in ((gate, _said(papers, gate.pk)) for gate in form.gates.order_by("order"))
    ]
    points = scoring.score({row.criterion.code: row.mean for row in attributes}, weights(form))
    failed = sum(outcome == "fail" for _gate, outcome, _said in gates)
    by_rule = scoring.verdict(points, [row.mean for row in attributes], failed, rule)
    votes = [paper.verdict for paper in papers]
    return Merged(
        seats=[paper.seat for paper in papers],
        attributes=attributes,
        gates=gates,
        score=points,
        verdict=scoring.panel_verdict(by_rule, votes, rule.pass_share),
        votes=votes,
        scores=[paper.score or Decimal(0) for paper in papers],
        remarks=_ordered(remark for paper in papers for remark in paper.remarks.all()),
        reasons=[rating for paper in papers for rating in paper.ratings.all() if rating.reason],
        gate_reasons=[rating for paper in papers for rating in paper.gate_ratings.all() if rating.comment],
        comments=[(paper.seat, paper.comment) for paper in papers if paper.comment],
    )


def _attributes(form: Form, papers: list[Assessment]) -> Iterable[MergedAttribute]:
    each = [attribute_means(form, {r.criterion_id: r.value for r in paper.ratings.all()}) for paper in papers]
    for top, _children in tree(form):
        mine = [means[top.code] for means in each if top.code in means]
        yield MergedAttribute(top, scoring.mean(mine), [scoring.rounded(m) for m in mine], scoring.rounded(max(mine) - min(mine)))


def _said(papers: list[Assessment], gate: int) -> list[str]:
    return [rating.outcome for paper in papers for rating in paper.gate_ratings.all() if rating.gate_id == gate]


def _ordered(remarks: Iterable[Remark]) -> list[Remark]:
    """Must-change items first, each kind in the order of the attributes."""
    return sorted(remarks, key=lambda r: (r.kind != ItemKind.MUST, r.criterion.order if r.criterion else 9999, r.pk))


def frozen(merged: Merged) -> dict[str, Any]:
    """The table as plain data, to be kept with the opinion. Names of codes only, no names of people."""
    return {
        "score": str(merged.score),
        "verdict": merged.verdict.value,
        "votes": merged.votes,
        "scores": [str(points) for points in merged.scores],
        "attributes": [
            {"code": row.criterion.code, "name": row.criterion.name, "weight": str(row.criterion.weight),
             "mean": str(scoring.rounded(row.mean)), "by_seat": [str(m) for m in row.by_seat], "spread": str(row.spread)}
            for row in merged.attributes
        ],
        "gates": [{"code": gate.code, "name": gate.name, "outcome": outcome, "words": _chinese(gate, outcome), "said": said}
            for gate, outcome, said in merged.gates],
        "seats": [seat.pk for seat in merged.seats],
    }  # fmt: skip


def _chinese(gate: Gate, outcome: str) -> str:
    """The outcome in the words of the rubric; a paper is in Simplified Chinese whatever the page."""
    return next((str(row["zh"]) for row in gate.outcomes if row["code"] == outcome), "")
