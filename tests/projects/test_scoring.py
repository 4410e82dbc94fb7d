"""Arithmetic of scores and verdicts: properties that hold for whatever the panel says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.enums import GateOutcome, Verdict
from projects.queries.scoring import Rule, gate_of, mean, panel_verdict, rounded, score, verdict

RULE = Rule(Decimal(80), Decimal(60), Decimal(3), Decimal(2), Decimal("0.5"), Decimal("0.6667"))
WEIGHTS = dict(zip("abcdef", map(Decimal, (20, 15, 20, 20, 10, 15)), strict=True))
ratings = st.decimals(min_value=1, max_value=5, places=2)
six = st.fixed_dictionaries(dict.fromkeys(WEIGHTS, ratings))
outcomes = st.lists(st.sampled_from(GateOutcome.values), min_size=1, max_size=9)


@given(six)
def test_a_score_lies_between_twenty_and_a_hundred_with_two_places(attributes):
    points = score(attributes, WEIGHTS)
    assert Decimal(20) <= points <= Decimal(100)
    assert points == rounded(points)


@given(six, st.sampled_from(list(WEIGHTS)), ratings)
def test_a_better_rating_never_lowers_the_score_or_the_verdict(attributes, code, better):
    raised = {**attributes, code: max(attributes[code], better)}
    before, after = score(attributes, WEIGHTS), score(raised, WEIGHTS)
    assert after >= before
    order = [Verdict.FAIL, Verdict.REVISE, Verdict.PASS]
    assert order.index(verdict(after, raised.values(), 0, RULE)) >= order.index(verdict(before, attributes.values(), 0, RULE))


@given(six, st.integers(min_value=1, max_value=3))
def test_a_failed_gate_fails_whatever_the_score(attributes, failed):
    assert verdict(score(attributes, WEIGHTS), attributes.values(), failed, RULE) == Verdict.FAIL


@given(six)
def test_a_pass_has_no_attribute_below_three_and_a_revision_none_below_two(attributes):
    found = verdict(score(attributes, WEIGHTS), attributes.values(), 0, RULE)
    if found == Verdict.PASS:
        assert min(attributes.values()) >= 3
    if found == Verdict.REVISE:
        assert min(attributes.values()) >= 2


@given(outcomes)
def test_a_gate_fails_only_where_more_than_half_of_those_who_judged_it_say_so(said):
    judged = [o for o in said if o != GateOutcome.NOT_APPLICABLE]
    failing = judged.count(GateOutcome.FAIL)
    assert (gate_of(said, RULE.gate_fail_share) == GateOutcome.FAIL) == (2 * failing > len(judged) and bool(judged))


@given(outcomes, st.randoms())
def test_the_order_of_voices_does_not_matter(said, random):
    mixed = said[:]
    random.shuffle(mixed)
    assert gate_of(said, RULE.gate_fail_share) == gate_of(mixed, RULE.gate_fail_share)


@pytest.mark.parametrize(
    ("points", "lowest", "expected"),
    [
        ("80.00", "3.00", Verdict.PASS),
        ("79.99", "3.00", Verdict.REVISE),
        ("95.00", "2.99", Verdict.REVISE),
        ("60.00", "2.00", Verdict.REVISE),
        ("59.99", "3.00", Verdict.FAIL),
        ("90.00", "1.99", Verdict.FAIL),
    ],
)
def test_the_lines_of_the_rule(points, lowest, expected):
    assert verdict(Decimal(points), [Decimal(lowest), Decimal(5)], 0, RULE) == expected


@pytest.mark.parametrize(("passing", "total", "expected"), [(2, 3, Verdict.PASS), (3, 5, Verdict.FAIL), (4, 5, Verdict.PASS)])
def test_two_thirds_of_the_members_must_let_it_pass(passing, total, expected):
    votes = [Verdict.PASS] * passing + [Verdict.FAIL] * (total - passing)
    assert panel_verdict(Verdict.PASS, votes, RULE.pass_share) == expected


def test_halves_are_rounded_up():
    assert rounded(mean([3, 4, 4, 4, 4, 4, 4, 4])) == Decimal("3.88")
