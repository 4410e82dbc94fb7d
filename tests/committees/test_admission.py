from datetime import date

import pytest
from django.db import IntegrityError, transaction

from committees.domain import admission, ties
from committees.enums import TieKind, TieOrigin
from committees.models import Expert, Field, PoolAdmission, Tie
from committees.queries.pool import candidates
from hanlin.kernel.errors import IllegalMove, Refused
from hanlin.people.enums import OrganisationKind, Role
from hanlin.people.models import Grant, Notice
from tests.factories.committees import AbsenceFactory, ExpertCommitteeFactory, ExpertFactory, rules
from tests.factories.people import OrganisationFactory, PersonFactory, PostFactory

ON = date(2026, 11, 22)


@pytest.fixture
def committee(db):
    rules()
    root = OrganisationFactory(name="示例省人民政府")
    return ExpertCommitteeFactory(
        organisation=OrganisationFactory(parent=root, kind=OrganisationKind.COMMITTEE, document_code="示专委")
    )


def put_forward(committee, **fields):
    values = {
        "fields": [Field.objects.get(code="B0101")], "practising_since": 2010, "grounds": "长期从事数据共享", "title_text": "教授",
    }  # fmt: skip
    person = fields.pop("person", None) or PersonFactory(born_on=date(1975, 1, 1))
    return admission.nominate(committee, person, actor=fields.pop("actor", None) or PersonFactory(), **{**values, **fields})


def test_nomination_examination_appointment_make_an_expert_with_the_role_over_the_province(committee):
    secretary, put = PersonFactory(), put_forward(committee)
    admission.examine(put, actor=secretary, opinion="符合条件", on=ON)
    expert = admission.appoint(put, actor=secretary, on=ON)
    grant = Grant.objects.get(person=put.person, role=Role.EXPERT)
    assert (expert.admitted_on, expert.term_until) == (ON, date(2029, 11, 22))
    assert grant.organisation == committee.organisation.get_root()
    assert grant.ended_on == expert.term_until
    assert [field.code for field in expert.fields.all()] == ["B0101"]
    assert put.letter.number_text.startswith("示专委")
    assert put.letter.data["ended_on"] == "2029-11-21"
    assert Notice.objects.filter(person=put.person).count() == 1
    with pytest.raises(IllegalMove):
        admission.examine(put, actor=secretary, opinion="再审", on=ON)


@pytest.mark.parametrize(
    ("fields", "word"),
    [({"practising_since": 2020}, "8"), ({"title_text": ""}, "title|职称"), ({"person": "old"}, "70")],
)
def test_the_examination_names_every_condition_that_is_not_met(committee, fields, word):
    if fields.get("person"):
        fields = {"person": PersonFactory(born_on=date(1950, 1, 1))}
    put = put_forward(committee, **fields)
    with pytest.raises(Refused, match=word):
        admission.examine(put, actor=PersonFactory(), opinion="符合条件", on=ON)
    put.refresh_from_db()
    assert put.state == "nominated"


def test_nobody_is_put_forward_twice_or_by_themselves(committee):
    put = put_forward(committee)
    with pytest.raises(Refused):
        put_forward(committee, person=put.person)
    with pytest.raises(Refused):
        put_forward(committee, person=PersonFactory(), actor=put.person, grounds=" ")
    person = PersonFactory()
    with pytest.raises(Refused):
        put_forward(committee, person=person, actor=person)
    assert PoolAdmission.objects.count() == 1


@pytest.mark.parametrize("codes", [[], ["B01"], ["A0101", "B0101", "C0101", "D0101"]])
def test_one_to_three_fields_of_the_third_level(committee, codes):
    with pytest.raises(Refused):
        put_forward(committee, fields=list(Field.objects.filter(code__in=codes)))


def test_a_refused_person_may_be_put_forward_again(committee):
    put = put_forward(committee)
    admission.refuse(put, actor=PersonFactory(), reason="材料不全")
    again = put_forward(committee, person=put.person)
    admission.withdraw(again, actor=PersonFactory())
    put_forward(committee, person=put.person)


def test_the_database_keeps_one_live_entry_per_person(committee):
    expert = ExpertFactory(committee=committee)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpertFactory(committee=committee, person=expert.person)
    Expert.objects.filter(pk=expert.pk).update(state="ended")
    ExpertFactory(committee=committee, person=expert.person)


def test_who_declares_and_who_finds(db):
    person, secretary, firm = PersonFactory(), PersonFactory(), OrganisationFactory()
    own = ties.record(person, TieKind.DIRECTOR, actor=person, organisation=firm)
    found = ties.record(person, TieKind.SHAREHOLDER, actor=secretary, organisation_text=" 某公司 ")
    assert (own.origin, found.origin, found.body) == (TieOrigin.DECLARED, TieOrigin.FOUND, "某公司")
    with pytest.raises(Refused):
        ties.retract(found, actor=person, reason="不属实")
    with pytest.raises(Refused):
        ties.retract(own, actor=person, reason=" ")
    ties.retract(own, actor=person, reason="填错单位")
    ties.retract(found, actor=secretary, reason="查无此事")
    assert not Tie.objects.standing().exists()
    with pytest.raises(Refused):
        ties.record(person, TieKind.OTHER, actor=person)
    with pytest.raises(Refused):
        ties.record(person, TieKind.OTHER, actor=person, organisation=firm, started_on=ON, ended_on=date(2020, 1, 1))
    assert Tie.objects.count() == 2


def test_absences_do_not_overlap_and_keep_the_person_out_of_the_draw(committee):
    expert = ExpertFactory(committee=committee)
    AbsenceFactory(person=expert.person, first_day=date(2027, 3, 1), last_day=date(2027, 3, 3))
    with pytest.raises(Refused):
        ties.be_away(expert.person, actor=expert.person, first_day=date(2027, 3, 3), last_day=date(2027, 3, 4))
    with pytest.raises(Refused):
        ties.be_away(expert.person, actor=expert.person, first_day=date(2027, 3, 9), last_day=date(2027, 3, 8))
    with pytest.raises(Refused):
        ties.be_away(expert.person, actor=expert.person, first_day=date(2020, 3, 1), last_day=date(2020, 3, 2))
    assert list(candidates(on=ON, free_on=date(2027, 3, 3))) == []
    assert list(candidates(on=ON, free_on=date(2027, 3, 4))) == [expert]


def test_candidates_are_in_the_pool_in_the_field_and_in_order(committee):
    field, other = Field.objects.get(code="B0101"), Field.objects.get(code="G0101")
    late = ExpertFactory(committee=committee, person__name="赵翀", fields=[field])
    early = ExpertFactory(committee=committee, person__name="单珺", fields=[other, field])
    ExpertFactory(committee=committee, admitted_on=date(2020, 1, 1), term_until=ON, fields=[field])  # the term is over
    ExpertFactory(committee=committee, state="suspended", fields=[field])
    parent = Field.objects.get(code="B")
    assert list(candidates(on=ON, fields=[parent])) == [early, late]
    assert list(candidates(on=ON, family="economic")) == [early]
    assert list(candidates(on=ON, fields=[field], exclude=[early.person_id])) == [late]
    assert list(candidates(on=ON, committee=ExpertCommitteeFactory())) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_candidates_cost_the_same_for_one_or_three(committee, rows, django_assert_num_queries):
    for _n in range(rows):
        expert = ExpertFactory(committee=committee, fields=[Field.objects.get(code="B0101")])
        PostFactory(person=expert.person)
    with django_assert_num_queries(3):
        for expert in candidates(on=ON):
            assert expert.workload == 0
            assert expert.person.posts_of_day[0].organisation.name
