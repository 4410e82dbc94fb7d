from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hanlin.kernel.models import AuditEntry
from hanlin.people.enums import Role
from hanlin.people.models import Grant, Organisation, Person
from hanlin.people.queries.directory import directory
from hanlin.people.queries.search import hits_for
from hanlin.people.queries.todo import todos_for
from tests.factories.people import GrantFactory, NoticeFactory, OrganisationFactory, PersonFactory, PostFactory

pytestmark = pytest.mark.django_db


def enter(client, person):
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")


@pytest.fixture
def province():
    return OrganisationFactory(name="示例省人民政府")


@pytest.fixture
def admin(province):
    return GrantFactory(person__name="何昕", role=Role.TRAINING_ADMIN, organisation=province).person


@pytest.mark.parametrize("rows", [1, 3])
def test_the_inbox_costs_the_same_for_one_row_or_three(client, rows, django_assert_num_queries):
    person = PersonFactory()
    NoticeFactory.create_batch(rows, person=person)
    enter(client, person)
    with django_assert_num_queries(7):  # session, person; count, page, filters; the frame's two
        assert len(client.get(reverse("people:inbox")).context["page"].object_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_roles_cost_the_same_for_one_row_or_three(client, province, rows, django_assert_num_queries):
    security = GrantFactory(person__name="陆衡", role=Role.SECURITY_ADMIN, organisation=province).person
    GrantFactory.create_batch(rows, organisation=province)
    enter(client, security)
    client.get(reverse("people:grants"))
    with django_assert_num_queries(8):  # session, person, roles; to review, count, page, bodies to choose; the frame
        assert len(client.get(reverse("people:grants")).context["page"].object_list) == rows + 1


def test_people_are_found_by_name_pinyin_body_and_title_only_within_scope(admin, province):
    here = PostFactory(
        organisation=OrganisationFactory(name="云澜市数据局", parent=province), person__name="单珺", title="总工程师"
    )
    PostFactory(organisation=OrganisationFactory(name="样例省数据局"), person__name="单立")

    for words in ("单", "shanjun", "shan", "数据局", "总工", "单 云澜市"):
        assert list(directory(admin, words=words)) == [here.person], words
    assert list(directory(admin, organisation="junk")) == []
    assert [hit.title for hit in hits_for(admin, "单")] == ["单珺"]
    assert hits_for(here.person, "单") == []


def test_three_administrators_are_three_people(client, province):
    security = GrantFactory(person__name="陆衡", role=Role.SECURITY_ADMIN, organisation=province).person
    system = GrantFactory(person__name="沈砚", role=Role.SYSTEM_ADMIN, organisation=province).person
    enter(client, security)
    fields = {"organisation": province.pk, "started_on": timezone.localdate(), "reason": "任命"}

    second = client.post(reverse("people:give_grant"), {"person": system.username, "role": Role.AUDIT_ADMIN, **fields})
    own = client.post(reverse("people:give_grant"), {"person": security.username, "role": Role.EXPERT, **fields})

    assert (second.status_code, own.status_code) == (422, 422)
    assert "三员须由三人分别担任" in second.content.decode()
    assert "不得变更本人权限" in own.content.decode()
    assert Grant.objects.count() == 2


def test_a_role_over_a_body_out_of_reach_is_not_given(client, province):
    security = GrantFactory(role=Role.SECURITY_ADMIN, organisation=OrganisationFactory(parent=province)).person
    who = PersonFactory()
    enter(client, security)
    fields = {
        "person": who.username,
        "role": Role.LEADER,
        "organisation": province.pk,
        "started_on": "2026-01-01",
        "reason": "任命",
    }
    assert client.post(reverse("people:give_grant"), fields).status_code == 422
    assert not Grant.objects.filter(person=who).exists()


def test_roles_older_than_a_year_wait_for_review_and_a_review_is_kept(client, province):
    today = timezone.localdate()
    security = GrantFactory(role=Role.SECURITY_ADMIN, organisation=province).person
    old = GrantFactory(organisation=province, started_on=today - timedelta(days=400))
    enter(client, security)
    assert list(client.get(reverse("people:grants"), {"show": "review"}).context["page"]) == [old]

    client.post(reverse("people:review_grant", args=[old.pk]))

    assert list(client.get(reverse("people:grants"), {"show": "review"}).context["page"]) == []
    client.post(reverse("people:end_grant", args=[old.pk]), {"reason": "调离"})
    old.refresh_from_db()
    assert old.ended_on == today
    assert AuditEntry.objects.filter(action="people.grant.end", after__reason="调离").exists()


def test_closing_a_body_moves_its_people_to_the_successor(client, province):
    system = GrantFactory(role=Role.SYSTEM_ADMIN, organisation=province).person
    old, new = OrganisationFactory(parent=province), OrganisationFactory(parent=province)
    post = PostFactory(organisation=old)
    enter(client, system)
    fields = {"close-closed_on": "2026-06-01"}
    assert client.post(reverse("people:close_organisation", args=[old.pk]), fields).status_code == 422  # someone is still there

    client.post(reverse("people:close_organisation", args=[old.pk]), fields | {"close-successor": new.pk})

    assert Organisation.objects.get(pk=old.pk).succeeded_by == new
    held = post.person.posts.order_by("started_on").values_list("organisation", "ended_on")
    assert [(body, end and end.isoformat()) for body, end in held] == [(old.pk, "2026-06-01"), (new.pk, None)]


def test_a_renamed_body_keeps_its_earlier_name_with_dates(client, province):
    system = GrantFactory(role=Role.SYSTEM_ADMIN, organisation=province).person
    body = OrganisationFactory(name="大数据局", parent=province)
    enter(client, system)
    client.post(reverse("people:rename_organisation", args=[body.pk]), {"rename-name": "数据局", "rename-valid_from": "2026-06-01"})
    body.refresh_from_db()
    assert body.name == "数据局"
    assert [(n.name, str(n.valid_to)) for n in body.names.order_by("valid_from")] == [
        ("大数据局", "2026-06-01"),
        ("数据局", "None"),
    ]


def test_a_suspended_account_loses_its_sessions_and_a_reset_tells_the_password_once(client, province):
    system = GrantFactory(role=Role.SYSTEM_ADMIN, organisation=province).person
    who = PersonFactory()
    enter(client, system)
    told = client.post(reverse("people:reset_password", args=[who.pk])).context["told"]
    assert Person.objects.get(pk=who.pk).check_password(told)
    assert told not in client.get(reverse("people:account", args=[who.pk])).content.decode()
    assert not any(told in f"{entry.after}{entry.before}" for entry in AuditEntry.objects.all())
    assert client.post(reverse("people:suspend_account", args=[system.pk]), {"reason": "误"}).status_code == 422
    client.post(reverse("people:suspend_account", args=[who.pk]), {"reason": "离岗"})
    assert not Person.objects.get(pk=who.pk).is_active


def test_the_inbox_filters_reads_and_opens_only_ones_own(client):
    person, today = PersonFactory(), timezone.localdate()
    late = NoticeFactory(person=person, kind="todo", due_on=today - timedelta(days=2), subject="逾期", url="/me/")
    NoticeFactory(person=person, kind="todo", due_on=today + timedelta(days=2), subject="待办")
    NoticeFactory(person=person, subject="告知", url="//evil.example/")
    other = NoticeFactory(subject="他人的")
    enter(client, person)

    def shown(show):
        return [notice.subject for notice in client.get(reverse("people:inbox"), {"show": show}).context["page"]]

    assert shown("late") == ["逾期"]
    assert shown("todo") == ["逾期", "待办"]
    assert "他人的" not in shown("")
    assert [todo.title for todo in todos_for(person)] == ["逾期", "待办"]
    assert client.post(reverse("people:open_notice", args=[late.pk]))["Location"] == "/me/"
    assert client.post(reverse("people:open_notice", args=[other.pk])).status_code == 404
    evil = person.notices.get(subject="告知")
    assert client.post(reverse("people:open_notice", args=[evil.pk]))["Location"] == reverse("people:inbox")
    client.post(reverse("people:read_notices"), {"all": "1"})
    assert shown("unread") == []
    other.refresh_from_db()
    assert other.read_at is None


@pytest.mark.parametrize("providers", ["", "dingtalk", "weixin,feishu", "openid_connect"])
def test_log_in_providers_appear_when_set_and_never_otherwise(monkeypatch, providers):
    from hanlin import environment

    monkeypatch.setenv("HANLIN_LOGIN_PROVIDERS", providers)
    monkeypatch.setenv("HANLIN_DINGTALK_CLIENT_ID", "id-of-app")
    found = environment.login_providers("HANLIN_LOGIN_PROVIDERS")
    assert ",".join(found) == providers
    if "dingtalk" in found:
        assert found["dingtalk"]["APPS"][0]["client_id"] == "id-of-app"


def test_no_provider_stands_on_the_log_in_page_by_default(client):
    assert "3rdparty" not in client.get(reverse("account_login")).content.decode()


COSTS = {"directory": 9, "accounts": 8, "organisations": 5, "roster": 7, "person": 11, "organisation": 9}


@pytest.mark.parametrize("name", COSTS)
def test_each_list_of_people_costs_the_same_for_one_row_or_three(client, province, name, django_assert_max_num_queries):
    role = Role.SYSTEM_ADMIN if name in ("accounts", "organisations", "organisation") else Role.TRAINING_ADMIN
    looking = GrantFactory(person__name="何昕", role=role, organisation=province).person
    body = OrganisationFactory(parent=province)
    somebody = PostFactory(organisation=body).person
    args = {"person": [somebody.pk], "organisation": [body.pk]}.get(name, [])
    enter(client, looking)
    costs = []
    for more in (1, 2):
        for _n in range(more):
            post = PostFactory(organisation=OrganisationFactory(parent=body))
            post.person.set_unusable_password()
            post.person.save()
            PostFactory(organisation=body, person=post.person, is_main=False)
            PostFactory(person=somebody, organisation=post.organisation, is_main=False)
        client.get(reverse(f"people:{name}", args=args))
        with django_assert_max_num_queries(40) as found:
            assert client.get(reverse(f"people:{name}", args=args)).status_code == 200
        costs.append(len(found))
    assert costs == [COSTS[name]] * 2
