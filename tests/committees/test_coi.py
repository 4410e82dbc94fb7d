from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from committees.enums import Relation, TieKind
from committees.models import CoiRule
from committees.queries.coi import add_years, evaluate, evaluate_many, last_day, worst
from hanlin.kernel.models import PolicyValue
from hanlin.people.models import Employment, OrganisationName
from tests.factories.committees import ExpertFactory, TieFactory, rules
from tests.factories.people import OrganisationFactory, PostFactory

ON = date(2026, 11, 22)
days = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))


@pytest.fixture
def house(db):
    rules()
    return OrganisationFactory(name="示例省人民政府")


def said(expert, parties, on=ON):
    return [(finding.rule_id, finding.effect) for finding in evaluate(expert, parties, on=on)]


@pytest.mark.parametrize(
    ("ended", "blocked"),
    [
        (date(2023, 12, 22), True),  # two years and eleven months ago
        (date(2023, 11, 22), True),  # the corresponding day is the last of the period
        (date(2023, 11, 21), False),  # three years and a day
        (date(2026, 11, 21), True),
        (None, True),  # it still holds
    ],
)
def test_a_former_employment_blocks_until_three_years_have_passed_to_the_day(house, ended, blocked):
    builder, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=builder, started_on=date(2015, 1, 1), ended_on=ended)
    found = said(expert, {"contractor": [builder]})
    assert (("COI-01", "block") in found) is blocked


def test_a_tie_that_begins_tomorrow_does_not_count_today(house):
    builder, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=builder, started_on=ON + timedelta(days=1))
    assert said(expert, {"contractor": [builder]}) == []


def test_former_posts_and_employments_count_as_declared_ties_do(house):
    builder, expert = OrganisationFactory(parent=house), ExpertFactory()
    PostFactory(person=expert.person, organisation=builder, started_on=date(2015, 1, 1), ended_on=date(2025, 1, 1))
    assert ("COI-01", "block") in said(expert, {"contractor": [builder]})
    other = ExpertFactory()
    Employment.objects.create(person=other.person, organisation_text=f" {builder.name}", role="工程师", source="人事档案")
    assert ("COI-01", "block") in said(other, {"contractor": [builder]})


@pytest.mark.parametrize("name", ["旧示例科技", "示例科技（集团）"])
def test_a_body_known_by_words_alone_is_found_by_any_name_it_bore(house, name):
    builder, expert = OrganisationFactory(parent=house, name="示例科技（集团）"), ExpertFactory()
    OrganisationName.objects.create(organisation=builder, name="旧示例科技", valid_from=date(2010, 1, 1), valid_to=date(2018, 1, 1))
    TieFactory(person=expert.person, organisation=None, organisation_text=name.replace("（", "(").replace("）", ")"))
    assert ("COI-01", "block") in said(expert, {"contractor": [builder]})


def test_a_tie_to_a_body_that_became_the_supplier_counts(house):
    builder = OrganisationFactory(parent=house)
    former, expert = OrganisationFactory(parent=house, succeeded_by=builder), ExpertFactory()
    TieFactory(person=expert.person, organisation=former)
    assert ("COI-01", "block") in said(expert, {"contractor": [builder]})


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("same", [("COI-07", "block")]),
        ("below", [("COI-07", "block")]),
        ("above", [("COI-07", "warn")]),
        ("beside", []),
    ],
)
def test_own_unit_blocks_with_all_that_lies_below_the_owner(house, where, found):
    owner = OrganisationFactory(parent=house)
    bodies = {
        "same": owner,
        "below": OrganisationFactory(parent=owner),
        "above": house,
        "beside": OrganisationFactory(parent=house),
    }
    expert = ExpertFactory()
    PostFactory(person=expert.person, organisation=bodies[where])
    assert said(expert, {"applicant": [owner]}) == found


def test_a_unit_left_yesterday_is_not_the_own_unit_any_more(house):
    owner, expert = OrganisationFactory(parent=house), ExpertFactory()
    PostFactory(person=expert.person, organisation=owner, ended_on=ON - timedelta(days=1))
    assert said(expert, {"applicant": [owner]}) == []


@pytest.mark.parametrize(
    ("relation", "role", "found"),
    [
        (Relation.SPOUSE, "contractor", ["COI-04", "COI-10"]),
        (Relation.AFFINITY, "contractor", ["COI-04", "COI-10"]),
        (Relation.SPOUSE, "supervisor", ["COI-20"]),
        (Relation.SPOUSE, "applicant", []),
        (Relation.SELF, "contractor", []),
    ],
)
def test_relatives_of_the_person_in_charge_are_held_to_the_party_they_run(house, relation, role, found):
    firm, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=firm, kind=TieKind.PRINCIPAL, relation=relation)
    assert [rule for rule, _effect in said(expert, {role: [firm]})] == found


@pytest.mark.parametrize(
    ("kind", "role", "found"),
    [
        (TieKind.ACADEMIC, "applicant", [("COI-23", "disclose")]),
        (TieKind.OTHER, "contractor", [("COI-05", "warn")]),
        (TieKind.SHAREHOLDER, "contractor", [("COI-18", "block")]),
        (TieKind.CONSULTANCY, "applicant", [("COI-26", "disclose")]),
        (TieKind.DISPUTE, "contractor", [("COI-16", "block")]),
    ],
)
def test_each_kind_of_tie_has_its_rule(house, kind, role, found):
    firm, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=firm, kind=kind)
    assert said(expert, {role: [firm]}) == found


def test_the_hardest_finding_comes_first_and_decides(house):
    firm, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=firm, kind=TieKind.OTHER)
    TieFactory(person=expert.person, organisation=firm, kind=TieKind.SHAREHOLDER)
    found = evaluate(expert, {"contractor": [firm]}, on=ON)
    assert [finding.effect for finding in found] == ["block", "warn"]
    assert worst(found) == "block"
    assert worst([]) == ""


def test_a_retracted_tie_says_nothing_and_a_rule_out_of_force_is_silent(house):
    firm, expert = OrganisationFactory(parent=house), ExpertFactory()
    tie = TieFactory(person=expert.person, organisation=firm, kind=TieKind.SHAREHOLDER)
    CoiRule.objects.filter(code="COI-18").update(in_force=False)
    assert said(expert, {"contractor": [firm]}) == []
    CoiRule.objects.filter(code="COI-18").update(in_force=True)
    tie.retracted_at = tie.recorded_at
    tie.save()
    assert said(expert, {"contractor": [firm]}) == []


@pytest.mark.parametrize(("born", "found"), [(date(1956, 11, 22), ["DIS-01"]), (date(1956, 11, 23), [])])
def test_the_age_limit_is_reached_on_the_birthday(house, born, found):
    expert = ExpertFactory(person__born_on=born)
    assert [rule for rule, _effect in said(expert, {})] == found


def test_a_region_may_lengthen_the_window(house):
    builder, expert = OrganisationFactory(parent=house), ExpertFactory()
    TieFactory(person=expert.person, organisation=builder, kind=TieKind.DIRECTOR, ended_on=date(2022, 6, 1))
    nation = PolicyValue.objects.get(code="coi.window.procurement")
    PolicyValue.objects.create(
        code=nation.code, region="990000", value=5, unit="年", name=nation.name, source="示例", mark="proposal",
        valid_from=date(2020, 1, 1),
    )  # fmt: skip
    assert evaluate(expert, {"contractor": [builder]}, on=ON) == []
    assert [f.rule_id for f in evaluate(expert, {"contractor": [builder]}, on=ON, region="990000")] == ["COI-02"]


@pytest.mark.parametrize("count", [1, 3])
def test_many_experts_cost_as_one(house, count, django_assert_num_queries):
    builder = OrganisationFactory(parent=house)
    experts = [ExpertFactory(person__born_on=date(1970, 1, 1)) for _n in range(count)]
    for expert in experts:
        TieFactory(person=expert.person, organisation=builder)
        PostFactory(person=expert.person, organisation=builder)
    with django_assert_num_queries(12):
        found = evaluate_many(experts, {"contractor": [builder], "applicant": [house]}, on=ON)
    assert all(worst(found[expert.person_id]) == "block" for expert in experts)


@given(days, st.integers(0, 10), days)
def test_a_window_closes_once_and_never_opens_again(ended, years, on):
    until = last_day(ended, years, ever=False)
    assert until >= ended
    assert (on <= until) or not (on + timedelta(days=1) <= until)
    assert until.year == ended.year + years
    assert (until.month, until.day) == (ended.month, ended.day) or (ended.month, ended.day) == (2, 29)


@given(days, st.integers(1, 10))
def test_a_longer_window_never_lets_go_earlier(ended, years):
    assert last_day(ended, years, ever=False) < last_day(ended, years + 1, ever=False)
    assert last_day(ended, years, ever=True) is None
    assert add_years(ended, years) > ended


@settings(max_examples=200)
@given(st.dates(min_value=date(2018, 1, 1), max_value=date(2026, 12, 31)), st.integers(0, 2000))
def test_two_years_and_eleven_months_always_lie_inside_three_years(ended, after):
    on = ended + timedelta(days=after)
    months = (on.year - ended.year) * 12 + on.month - ended.month - (on.day < ended.day)
    if months < 36:
        assert on <= last_day(ended, 3, ever=False)
    if months > 36:
        assert on > last_day(ended, 3, ever=False)
