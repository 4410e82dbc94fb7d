from datetime import date

import pytest
from django.urls import reverse

from committees import registries
from committees.models import Absence, Expert, PoolAdmission, Seat, Tie
from committees.registries import Evidence
from hanlin.people.enums import OrganisationKind, Role
from hanlin.people.models import Person
from tests.factories.committees import (
    ExpertCommitteeFactory,
    ExpertFactory,
    FieldFactory,
    PoolAdmissionFactory,
    SeatFactory,
    TermFactory,
    TieFactory,
    rules,
)
from tests.factories.people import GrantFactory, OrganisationFactory, PersonFactory, PostFactory

TODAY = date(2026, 11, 22)


class Certified:
    """A source of candidates: everyone whose name begins with 证."""

    def people(self, path):
        return Person.objects.filter(name__startswith="证", posts__organisation__path__startswith=path).values("pk")

    def evidence(self, person_ids):
        return {pk: [Evidence("结业证书", "示党校证2026001", TODAY)] for pk in person_ids}


@pytest.fixture
def office(db, client, time_machine, monkeypatch):
    """A province with its committee, a running term, and its secretary logged in; 22 November 2026."""
    time_machine.move_to("2026-11-22 09:00+08:00")
    monkeypatch.setattr(registries, "CANDIDATES", [Certified()])
    monkeypatch.setattr("committees.queries.candidates.CANDIDATES", [Certified()])
    rules()
    root = OrganisationFactory(name="示例省人民政府")
    node = OrganisationFactory(parent=root, kind=OrganisationKind.COMMITTEE, document_code="示专委", name="示例省专家委")
    committee = ExpertCommitteeFactory(organisation=node, seats_planned=25)
    TermFactory(committee=committee, number=2)
    secretary = PersonFactory(name="闻笙")
    GrantFactory(person=secretary, role=Role.SECRETARY, organisation=root, started_on=date(2026, 1, 1))
    client.force_login(secretary, backend="allauth.account.auth_backends.AuthenticationBackend")
    return committee


def names(reply):
    return [expert.person.name for expert in reply.context["page"]]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_directory_costs_the_same_for_one_expert_or_three(office, client, rows, django_assert_num_queries):
    for _n in range(rows):
        expert = ExpertFactory(committee=office, fields=[FieldFactory()])
        PostFactory(person=expert.person)
    client.get(reverse("committees:experts"))
    with django_assert_num_queries(QUERIES["experts"]):
        reply = client.get(reverse("committees:experts"))
    assert len(names(reply)) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_roster_costs_the_same_for_one_seat_or_three(office, client, rows, django_assert_num_queries):
    for _n in range(rows):
        PostFactory(person=SeatFactory(term=office.terms.get()).person)
    with django_assert_num_queries(QUERIES["committee"]):
        reply = client.get(reverse("committees:committee", args=[office.pk]))
    assert len(reply.context["roster"]) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_committees_costs_the_same_for_one_or_three(office, client, rows, django_assert_num_queries):
    for _n in range(rows - 1):
        ExpertCommitteeFactory(parent=office)
    SeatFactory.create_batch(2, term=office.terms.get())
    with django_assert_num_queries(QUERIES["index"]):
        reply = client.get(reverse("committees:index"))
    assert [c.seated for c in reply.context["page"]] == [2] + [0] * (rows - 1)


@pytest.mark.parametrize("rows", [1, 3])
def test_history_candidates_and_admissions_cost_the_same_for_one_or_three(office, client, rows, django_assert_num_queries):
    for _n in range(rows):
        SeatFactory(term=office.terms.get())
        PoolAdmissionFactory(committee=office)
        PostFactory(person=PersonFactory(name=f"证{_n}"), organisation=office.organisation)
    for name, args in (("history", [office.pk]), ("candidates", []), ("admissions", [])):
        with django_assert_num_queries(QUERIES[name]):
            reply = client.get(reverse(f"committees:{name}", args=args))
        assert len(reply.context["page"]) == rows, name


@pytest.mark.parametrize("rows", [1, 3])
def test_a_file_costs_the_same_for_one_tie_or_three(office, client, rows, django_assert_num_queries):
    expert = ExpertFactory(committee=office, fields=[FieldFactory()])
    for _n in range(rows):
        TieFactory(person=expert.person)
    with django_assert_num_queries(QUERIES["expert"]):
        reply = client.get(reverse("committees:expert", args=[expert.pk]))
    assert len(reply.context["ties"]) == rows


QUERIES = {"experts": 11, "committee": 11, "index": 6, "history": 8, "candidates": 9, "admissions": 7, "expert": 17}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["单珺", "赵翀"]),
        ({"q": "shanjun"}, ["单珺"]),
        ({"q": "shan j"}, ["单珺"]),
        ({"q": "翀"}, ["赵翀"]),
        ({"q": "大学"}, ["赵翀"]),
        ({"q": "目录"}, ["单珺"]),
        ({"field": "B"}, ["单珺"]),
        ({"field": "C"}, []),
        ({"order": "workload"}, ["单珺", "赵翀"]),
        ({"field": "no-such"}, ["单珺", "赵翀"]),
    ],
)
def test_the_directory_finds_by_name_pinyin_unit_and_field(office, client, asked, found):
    rules()
    from committees.models import Field

    ExpertFactory(committee=office, person__name="单珺", fields=[Field.objects.get(code="B0101")])
    zhao = ExpertFactory(committee=office, person__name="赵翀", fields=[Field.objects.get(code="A0101")])
    PostFactory(person=zhao.person, organisation=OrganisationFactory(name="云澜理工大学"))
    ExpertFactory(person__name="外省")  # another pool
    assert names(client.get(reverse("committees:experts"), asked)) == found


def test_twenty_a_page(office, client):
    ExpertFactory.create_batch(21, committee=office)
    assert len(names(client.get(reverse("committees:experts")))) == 20
    assert len(names(client.get(reverse("committees:experts"), {"page": 2}))) == 1


def test_who_was_in_office_on_a_day_is_public(office, client):
    SeatFactory(term=office.terms.get(), person__name="林祎", valid_from=date(2026, 3, 1))
    client.logout()
    page = reverse("committees:committee", args=[office.pk])
    assert "林祎" in client.get(page, {"on": "2026-03-01"}).content.decode()
    assert "林祎" not in client.get(page, {"on": "2026-02-28"}).content.decode()
    assert client.get(page, {"on": "2026-02-31"}).status_code == 200  # no such day: today


def test_an_unpublished_committee_is_hidden_from_the_public(office, client):
    office.is_published = False
    office.save()
    page = reverse("committees:committee", args=[office.pk])
    assert client.get(page).status_code == 200
    client.logout()
    assert client.get(page).status_code == 404


def test_seating_mending_and_ending_a_seat(office, client):
    expert = ExpertFactory(committee=office)
    page = reverse("committees:seat", args=[office.pk])
    facts = {"person": expert.person_id, "role": "member", "on": "2026-02-01", "reason": "换届选举"}
    assert client.post(page, facts).status_code == 302
    again = client.post(page, facts)
    assert again.status_code == 422
    assert expert.person.name in again.content.decode()
    held = Seat.objects.get()
    change = {"role": "vice_chair", "valid_from": "2026-02-01", "reason": "登记有误"}
    assert client.post(reverse("committees:correct", args=[held.pk]), change).status_code == 302
    assert client.post(reverse("committees:unseat", args=[held.pk]), {"on": "2026-10-01", "reason": "x"}).status_code == 404
    held = Seat.objects.get(recorded_to=None)
    end = reverse("committees:unseat", args=[held.pk])
    assert client.post(end, {"on": "2025-10-01", "reason": "调离"}).status_code == 422
    assert client.post(end, {"on": "2026-10-01", "reason": "调离"}).status_code == 302
    assert Seat.objects.filter(recorded_to=None).values_list("role", "valid_to").get() == ("vice_chair", date(2026, 10, 1))


def test_from_candidate_to_expert_through_the_pages(office, client):
    person = PersonFactory(name="证明", born_on=date(1980, 1, 1))
    PostFactory(person=person, organisation=office.organisation)
    assert "示党校证2026001" in client.get(reverse("committees:candidates")).content.decode()
    page = reverse("committees:nominate", args=[office.pk, person.pk])
    assert client.post(page, {}).status_code == 422
    from committees.models import Field

    facts = {
        "fields": [Field.objects.get(code="B0101").pk], "title_text": "高级工程师", "practising_since": 2010, "grounds": "骨干",
    }  # fmt: skip
    assert client.post(page, facts).status_code == 302
    put = PoolAdmission.objects.get()
    assert put.evidence == [{"title": "结业证书", "number": "示党校证2026001", "on": "2026-11-22"}]
    desk = reverse("committees:admission", args=[put.pk])
    assert client.get(desk).status_code == 200

    def step(name, opinion=""):
        return client.post(reverse("committees:admission_step", args=[put.pk, name]), {"opinion": opinion}).status_code

    assert step("appoint") == 409
    assert step("examine") == 409  # without an opinion
    assert step("examine", "符合条件") == 302
    assert step("appoint") == 302
    assert step("dismiss") == 404
    expert = Expert.objects.get(person=person)
    assert client.get(desk).status_code == 200
    assert client.get(reverse("committees:candidates")).context["page"].paginator.count == 0
    assert expert.admission.letter.number_text in client.get(desk).content.decode()


def test_an_expert_declares_takes_back_and_notes_days(office, client):
    expert = ExpertFactory(committee=office)
    GrantFactory(person=expert.person, role=Role.EXPERT, organisation=office.organisation.get_root(), started_on=TODAY)
    client.force_login(expert.person, backend="allauth.account.auth_backends.AuthenticationBackend")
    firm = OrganisationFactory(name="示例承建科技有限公司")
    facts = {"body": " 示例承建科技有限公司 ", "kind": "director", "relation": "self", "ended_on": "2024-03-31"}
    declare = reverse("committees:declare")
    assert client.post(declare, facts).status_code == 302
    tie = Tie.objects.get()
    assert (tie.organisation, tie.origin) == (firm, "declared")
    page = client.get(reverse("committees:me")).content.decode()
    assert "2027" in page  # counts until 31 March 2027
    assert client.post(declare, {**facts, "started_on": "2025-01-01"}).status_code == 422
    assert client.post(declare, {"kind": "nonsense"}).status_code == 422
    assert client.post(reverse("committees:retract_tie", args=[tie.pk]), {"reason": "填错"}).status_code == 302
    assert not Tie.objects.standing().exists()
    days = {"first_day": "2026-12-08", "last_day": "2026-12-09", "kind": "away"}
    away = reverse("committees:be_away")
    assert client.post(away, days).status_code == 302
    assert client.post(away, days).status_code == 422
    assert client.post(reverse("committees:be_back", args=[Absence.objects.get().pk])).status_code == 302
    assert not Absence.objects.exists()


def test_the_check_names_whom_a_rule_touches_and_why(office, client):
    firm = OrganisationFactory(name="示例承建科技有限公司")
    blocked, _free = ExpertFactory(committee=office, person__name="吴赟"), ExpertFactory(committee=office)
    TieFactory(person=blocked.person, organisation=firm, kind="director", ended_on=date(2024, 3, 31))
    page = reverse("committees:check")
    reply = client.get(page, {"body": firm.name, "role": "contractor", "on": "2026-11-22"})
    assert [(e.person.name, [f.rule_id for f in found]) for e, found in reply.context["touched"]] == [("吴赟", ["COI-02"])]
    assert reply.context["free"] == 1
    assert client.get(page, {"body": firm.name, "role": "contractor", "on": "2027-04-01"}).context["touched"] == []
    assert client.get(page, {"body": "没有这家", "role": "contractor", "on": "2027-04-01"}).status_code == 422


def test_the_secretariat_records_what_it_found(office, client):
    expert = ExpertFactory(committee=office)
    page = reverse("committees:record_tie", args=[expert.pk])
    assert client.post(page, {"body": "某公司", "kind": "shareholder", "relation": "spouse"}).status_code == 302
    assert Tie.objects.get().origin == "found"
    assert client.post(page, {"body": "", "kind": "shareholder", "relation": "spouse"}).status_code == 422
