"""What the ratings amount to. Pure arithmetic in Decimal; the numbers of the rule come from the policy table.

Score = Σ weight × mean rating ÷ 5, so 100 is everything at 5. The verdict rule is a proposal of Hanlin and claims no law.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hanlin.kernel.queries.policy import policy
from projects.enums import GateOutcome, Verdict

CENT = Decimal("0.01")
TOP = Decimal(5)


@dataclass(frozen=True)
class Rule:
    """The numbers that turn a score into a verdict, as in force on a day."""

    pass_score: Decimal
    revise_score: Decimal
    pass_attribute: Decimal
    revise_attribute: Decimal
    gate_fail_share: Decimal
    pass_share: Decimal

    @classmethod
    def on(cls, day: date, region: str = "") -> "Rule":
        names = ("pass_score", "revise_score", "pass_attribute", "revise_attribute", "gate_fail_share")
        values = {name: policy(f"review.verdict.{name}", on=day, region=region) for name in names}
        return cls(**values, pass_share=policy("review.pass_share", on=day, region=region))


def rounded(value: Decimal) -> Decimal:
    """Two places, halves up, as people round."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def mean(values: Sequence[Decimal | int], weights: Sequence[Decimal | int] | None = None) -> Decimal:
    """The weighted mean, unrounded; weights need not add up to 100. `values` must not be empty."""
    weights = weights or [1] * len(values)
    total = sum((Decimal(w) for w in weights), Decimal(0))
    return sum((Decimal(v) * Decimal(w) for v, w in zip(values, weights, strict=True)), Decimal(0)) / total


def score(attributes: Mapping[str, Decimal], weights: Mapping[str, Decimal]) -> Decimal:
    """0 to 100 from attribute means of 1 to 5, with two places."""
    total = sum(weights.values(), Decimal(0))
    return rounded(sum((weights[code] * value / TOP for code, value in attributes.items()), Decimal(0)) * 100 / total)


def verdict(points: Decimal, attributes: Iterable[Decimal], failed_gates: int, rule: Rule) -> Verdict:
    """Fail: a gate fails, the score is below the line of revision, or an attribute is.

    Pass: the score reaches the pass line and every attribute does. Between them: pass after revision.
    """
    lowest = min(attributes)
    if failed_gates or points < rule.revise_score or lowest < rule.revise_attribute:
        return Verdict.FAIL
    if points >= rule.pass_score and lowest >= rule.pass_attribute:
        return Verdict.PASS
    return Verdict.REVISE


def gate_of(outcomes: Sequence[str], fail_share: Decimal) -> GateOutcome:
    """The panel's outcome of one gate: it fails where more than `fail_share` of those who judged it say so.

    Otherwise one doubt (a condition, or a minority's "fails") makes it conditional. Who says "does not apply" does not judge.
    """
    judged = [outcome for outcome in outcomes if outcome != GateOutcome.NOT_APPLICABLE]
    if not judged:
        return GateOutcome.NOT_APPLICABLE
    failing = sum(outcome == GateOutcome.FAIL for outcome in judged)
    if Decimal(failing) / len(judged) > fail_share:
        return GateOutcome.FAIL
    return GateOutcome.PASS if all(outcome == GateOutcome.PASS for outcome in judged) else GateOutcome.CONDITIONAL


def panel_verdict(by_rule: Verdict, votes: Sequence[str], pass_share: Decimal) -> Verdict:
    """The rule's verdict, unless fewer than `pass_share` of the members would let the project through."""
    passing = sum(vote != Verdict.FAIL for vote in votes)
    if Decimal(passing) / len(votes) < rounded_share(pass_share):
        return Verdict.FAIL
    return by_rule


def rounded_share(share: Decimal) -> Decimal:
    """Two thirds are stored as 0.6667; 2 of 3 must reach them."""
    return share - Decimal("0.0001") if share % 1 else share
