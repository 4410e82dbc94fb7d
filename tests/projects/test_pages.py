"""Pages: what they cost, what they show, and what they must not leak."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from hanlin.kernel.models import Outbox
from projects.domain import invitations
from projects.enums import ReviewState, SeatOrigin, SeatState
from projects.models import Assessment, CalendarFeed, Finding, Panel, PanelSeat, Round
from projects.queries import stats
from projects.queries.search import hits_for
from projects.queries.todo import todos_for
from tests.factories.committees import ExpertFactory
from tests.factories.projects import DocumentVersionFactory, ExpertReviewFactory, GovProjectFactory, definition
from tests.projects.flow import Flow
from tests.world import World

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def get(client, person, address, *args, **query):
    client.force_login(person, backend=BACKEND)
    return client.get(reverse(f"projects:{address}", args=args), query)


def post(client, person, address, *args, **data):
    client.force_login(person, backend=BACKEND)
    return client.post(reverse(f"projects:{address}", args=args), data)


def rows(world, count, expert=None):
    """Reviews in assessment with a seat each."""
    found, kind = [], definition()
    for _n in range(count):
        project = GovProjectFactory(owner=world.bodies["bureau"])
        review = ExpertReviewFactory(
            project=project, definition=kind, committee=world.bodies["committee"], secretary=world.people["secretary"],
            asked_by=world.people["owner"], state=ReviewState.ASSESSING, due_on=timezone.localdate(),
        )  # fmt: skip
        panel = Panel.objects.create(round=Round.objects.create(review=review), size=5)
        PanelSeat.objects.create(
            panel=panel, expert=expert or ExpertFactory(), state=SeatState.DECLARED, origin=SeatOrigin.APPOINTED, reason="对口"
        )
        found.append(review)
    return found


def count_queries(client, person, name, count, world, capture, **how):
    rows(world, count, **how)
    client.force_login(person, backend=BACKEND)
    url = reverse(f"projects:{name}")
    client.get(url)
    with capture as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize(("name", "cost"), [("projects", 8), ("board", 13), ("reviews", 6)])
def test_a_list_costs_the_same_for_one_row_and_three(name, cost, client, world, django_assert_max_num_queries):
    person = world.people["secretary"]
    costs = []
    for more in (1, 2):
        costs.append(count_queries(client, person, name, more, world, django_assert_max_num_queries(60)))
    assert costs == [cost, cost]


def test_the_experts_list_costs_the_same_for_one_row_and_three(client, world, django_assert_max_num_queries):
    expert = ExpertFactory(person=world.people["expert"])
    costs = [
        count_queries(client, expert.person, "seats", more, world, django_assert_max_num_queries(40), expert=expert)
        for more in (1, 2)
    ]
    assert costs == [6, 6]


def test_the_owner_does_not_read_the_panels_names_before_the_issue(client, flow):
    flow.circulated()
    names = [seat.expert.person.name for seat in flow.seats]
    for name, args in (
        ("review", [flow.review.pk]),
        ("board", []),
        ("reviews", []),
        ("project", [flow.project.pk]),
        ("findings", [flow.review.pk]),
    ):
        page = get(client, flow.owner, name, *args).content.decode()
        assert not [n for n in names if n in page], name
    leader = get(client, flow.world.people["leader"], "review", flow.review.pk).content.decode()
    assert not [n for n in names if n in leader]


def test_the_names_are_published_with_the_opinion(client, flow):
    flow.issued()
    page = get(client, flow.owner, "review", flow.review.pk).content.decode()
    assert all(seat.expert.person.name in page for seat in flow.seats)
    assert flow.opinion.number in page


def test_the_owner_cannot_search_for_a_review_by_an_experts_name(client, flow):
    flow.invited()
    name = flow.seats[1].expert.person.name
    assert flow.project.name not in get(client, flow.owner, "reviews", q=name).content.decode()
    assert flow.project.name in get(client, flow.secretary, "reviews", q=name).content.decode()


def test_others_views_open_only_after_mine_is_in(client, flow):
    flow.assessing()
    first, second = flow.seats[:2]
    flow.hand_in(second, must=1)
    words = "补齐第1项处理目的"
    assert words not in get(client, first.expert.person, "seat", first.pk).content.decode()
    flow.hand_in(first)
    assert words in get(client, first.expert.person, "seat", first.pk).content.decode()


def test_another_members_seat_and_another_provinces_review_do_not_exist(client, flow):
    flow.assessing()
    first, second = flow.seats[:2]
    for name in ("seat", "assessment", "sign"):
        assert get(client, first.expert.person, name, second.pk).status_code == 404
    assert get(client, flow.world.people["other_secretary"], "review", flow.review.pk).status_code == 404
    assert get(client, flow.world.people["other_secretary"], "panel", flow.review.pk).status_code == 404


def test_papers_open_for_a_member_only_after_the_declaration(client, flow):
    flow.scheduled()
    seat = flow.seats[1]
    version = flow.project.dossiers.get().documents.first().versions.get()
    assert get(client, seat.expert.person, "document", version.pk).status_code == 403
    assert get(client, flow.world.people["other_expert"], "document", version.pk).status_code == 404
    post(client, seat.expert.person, "declare", seat.pk, conflict="no", agreed="1")
    reply = get(client, seat.expert.person, "document", version.pk)
    assert reply.status_code == 200
    assert "sandbox" in reply["Content-Security-Policy"]


def test_a_proposed_expert_learns_nothing_before_the_invitation(client, flow):
    flow.composed()
    seat = PanelSeat.objects.order_by("pk")[1]
    assert get(client, seat.expert.person, "seat", seat.pk).status_code == 404
    assert not todos_for(seat.expert.person)


def test_the_link_of_the_letter_answers_without_log_in_and_once(client, flow):
    flow.invited()
    seat = flow.seats[1]
    link = invitations.link_of(seat.invitation)
    letter = Outbox.objects.filter(body__contains=link)
    assert not seat.expert.person.email or letter.exists()
    assert client.get(link).status_code == 200
    assert client.post(link, {"answer": "no", "reason": ""}).status_code == 409
    assert client.post(link, {"answer": "no", "reason": "出差"}).status_code == 302
    assert client.post(link, {"answer": "yes"}).status_code == 409
    seat.refresh_from_db()
    assert seat.state == SeatState.DECLINED
    assert client.get(link[:-3] + "xx/").status_code == 404
    assert not mail.outbox


def test_the_draft_is_saved_as_it_is_typed_with_the_servers_time(client, flow):
    flow.assessing()
    seat = flow.seats[0]
    get(client, seat.expert.person, "assessment", seat.pk)
    url = reverse("projects:assessment_save", args=[seat.pk])
    data = {
        "part": "SECURITY",
        "edition": "0",
        "page": "a",
        "r_SEC1": "3",
        "y_SEC1": "缺依据",
        "item_kind": "must",
        "item_text": "补齐",
        "item_page": "",
    }
    reply = client.post(url, data, headers={"X-Requested-With": "autosave"})
    assert set(reply.json()) == {"time", "edition"}
    kept = Assessment.objects.get(seat=seat).draft
    assert kept["ratings"]["SEC1"] == {"value": 3, "reason": "缺依据"}
    assert kept["items"] == [{"kind": "must", "text": "补齐", "page": "", "criterion": "SECURITY"}]
    stale = client.post(url, {**data, "page": "b"}, headers={"X-Requested-With": "autosave"})
    assert stale.status_code == 409
    assert stale.json()["error"]


def test_a_refused_act_shows_its_words_on_the_page(client, flow):
    flow.composed(count=3)
    reply = post(client, flow.secretary, "convene", flow.review.pk)
    assert reply.status_code == 409
    assert "hl-errors" in reply.content.decode()


def test_a_wrong_form_comes_back_with_what_was_typed(client, world):
    Flow.begin(world)
    reply = post(client, world.people["owner"], "register", name="丙项目", budget="-3")
    assert reply.status_code == 422
    assert "丙项目" in reply.content.decode()


def test_the_calendar_file_tells_the_time_zone_and_the_room(client, flow):
    flow.scheduled()
    meeting = flow.review.rounds.get().meetings.get()
    reply = get(client, flow.seats[0].expert.person, "meeting_file", meeting.pk)
    calendar = Calendar.from_ical(reply.content)
    event = calendar.walk("VEVENT")[0]
    assert event["location"] == "301室"
    assert event["dtstart"].dt == meeting.starts_at.replace(microsecond=0)
    assert event["dtstart"].dt.tzinfo.key == "Asia/Shanghai"
    assert calendar.walk("VTIMEZONE")


def test_a_new_calendar_address_makes_the_old_one_dead(client, flow):
    flow.scheduled()
    person = flow.seats[0].expert.person
    address = get(client, person, "calendar").context["address"]
    client.logout()
    path = address.removeprefix("http://testserver")
    assert b"VEVENT" in client.get(path).content
    post(client, person, "calendar_renew")
    assert client.get(path).status_code == 404
    assert CalendarFeed.objects.count() == 1


def test_figures_for_the_rooms_above(flow):
    flow.issued(must=2)
    reviews = type(flow.review).objects.all()
    assert stats.reviews_by_step(reviews)["issue"] == 1
    profile = stats.attribute_profile(reviews)
    assert [(row.code, row.mean, row.reviews) for row in profile][:2] == [
        ("SYNERGY", Decimal(4), 1),
        ("EXTENSIBILITY", Decimal(4), 1),
    ]
    assert stats.findings_ageing(reviews) == {"open": 2, "replied": 0, "overdue": 0, "on_time": 2}
    late = timezone.localdate() + timedelta(days=60)
    assert stats.findings_ageing(reviews, on=late)["overdue"] == Finding.objects.count()


def test_search_finds_only_what_lies_in_ones_scope(flow):
    flow.applied()
    assert [hit.title for hit in hits_for(flow.owner, "大数据")] == [flow.project.name]
    assert hits_for(flow.world.people["other_secretary"], "大数据") == []
    assert hits_for(flow.owner, flow.review.number)[0].title == flow.review.number


def test_todos_follow_the_review(flow):
    flow.applied()
    assert len(todos_for(flow.secretary)) == 1
    flow.registered("丁项目").filed().circulated()
    seat = flow.seats[0]
    assert [todo.url for todo in todos_for(seat.expert.person)] == [reverse("projects:sign", args=[seat.pk])]


def test_a_world_without_reviews_has_empty_lists_that_say_what_to_do(client):
    world = World.make()
    Flow.begin(world)
    page = get(client, world.people["owner"], "projects").content.decode()
    assert reverse("projects:register") in page


PARTS = {"project": 9, "review": 18, "panel": 42, "findings": 9, "opinion": 28}


@pytest.mark.parametrize("name", PARTS)
def test_a_page_of_a_review_costs_the_same_for_little_and_for_much(name, client, world, django_assert_max_num_queries):
    flow = Flow.begin(world).issued(must=1)
    costs = []
    client.force_login(flow.secretary, backend=BACKEND)
    url = reverse(f"projects:{name}", args=[flow.project.pk if name == "project" else flow.review.pk])
    for more in (1, 2):
        for n in range(more):
            flow.expert("technical")
            PanelSeat.objects.create(
                panel=flow.seats[0].panel, expert=ExpertFactory(), state=SeatState.DECLINED, origin=SeatOrigin.APPOINTED,
                reason="对口", left_reason="出差",
            )  # fmt: skip
            Finding.objects.create(
                review=flow.review, number=2 + more + n, text="补齐目录", state="notified", due_on=timezone.localdate()
            )
            DocumentVersionFactory(document__dossier=flow.project.dossiers.get(), document__title=f"附件{more}{n}")
            ExpertReviewFactory(
                project=flow.project,
                definition=flow.review.definition,
                committee=flow.review.committee,
                state=ReviewState.CANCELLED,
                number=f"旧{more}{n}",
            )
        client.get(url)
        with django_assert_max_num_queries(60) as found:
            assert client.get(url).status_code == 200
        costs.append(len(found))
    assert costs == [PARTS[name]] * 2
