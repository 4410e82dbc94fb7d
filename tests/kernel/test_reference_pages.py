from datetime import date

import pytest
from django.urls import reverse

from hanlin.kernel.domain.reference import load
from hanlin.kernel.models import PolicyValue, Workday

CODE = "training.day.hours"
GOOD = {"value": "6", "valid_from": "2027-01-01", "mark": "secondary", "source": "示例省规定第1条", "region": ""}


@pytest.fixture(autouse=True)
def facts(world):
    load()


@pytest.fixture
def log_in(world, client):
    def log_in(role):
        client.force_login(world.people[role], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return log_in


def test_everyone_sees_value_source_and_how_well_it_is_founded(log_in):
    client = log_in("learner")
    page = client.get(reverse("kernel:policies"), {"q": "初任培训"}).content.decode()

    assert "公务员培训规定（2019年修订）" in page
    assert "新录用公务员初任培训" in page
    assert "新录用公务员初任培训" not in client.get(reverse("kernel:policies"), {"mark": "law"}).content.decode()
    assert client.get(reverse("kernel:policies"), {"q": "没有这样的词"}).context["rows"] == []


def test_the_security_administrator_sets_a_value_and_withdraws_it(log_in):
    client, url = log_in("security_admin"), reverse("kernel:policy", args=[CODE])
    assert client.post(url, GOOD).status_code == 302
    row = PolicyValue.objects.get(code=CODE, valid_from=date(2027, 1, 1))
    assert reverse("kernel:policy_withdraw", args=[row.pk]) in client.get(url).content.decode()
    client.post(reverse("kernel:policy_withdraw", args=[row.pk]))

    assert PolicyValue.objects.get(code=CODE).valid_to is None


@pytest.mark.parametrize(
    "wrong", [{"valid_from": "2020-01-01"}, {"value": "many"}, {"source": ""}, {"mark": "rumour"}, {"region": "123"}]
)
def test_a_wrong_value_is_refused_on_the_form(log_in, wrong):
    reply = log_in("security_admin").post(reverse("kernel:policy", args=[CODE]), GOOD | wrong)

    assert reply.status_code == 422
    assert PolicyValue.objects.filter(code=CODE).count() == 1


def test_nobody_else_sets_a_value(log_in):
    assert log_in("system_admin").post(reverse("kernel:policy", args=[CODE]), GOOD).status_code == 403
    assert log_in("learner").get(reverse("kernel:policy", args=["no.such"])).status_code == 404


def test_the_calendar_tells_the_year_and_takes_new_days(log_in):
    url = reverse("kernel:calendar")
    assert "248" in log_in("learner").get(url, {"year": 2026}).content.decode()
    client = log_in("system_admin")
    day = {"date": "2027-01-01", "works": "0", "name": "元旦", "source": "国务院办公厅通知"}
    assert client.post(url, day).status_code == 302
    row = Workday.objects.get(date=date(2027, 1, 1))
    assert client.post(reverse("kernel:workday_remove", args=[row.pk])).status_code == 302
    assert not Workday.objects.filter(pk=row.pk).exists()
    assert client.post(url, day | {"works": "1"}).status_code == 422
    assert log_in("learner").post(url, day).status_code == 403


def test_an_odd_year_shows_this_one(log_in):
    assert log_in("learner").get(reverse("kernel:calendar"), {"year": "99999"}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_for_one_row_or_three(log_in, django_assert_num_queries, rows):
    keep = PolicyValue.objects.order_by("pk").values_list("pk", flat=True)[:rows]
    PolicyValue.objects.exclude(pk__in=list(keep)).delete()
    Workday.objects.exclude(pk__in=list(Workday.objects.order_by("pk").values_list("pk", flat=True)[:rows])).delete()
    client = log_in("learner")
    for url in (reverse("kernel:policies"), reverse("kernel:calendar")):
        client.get(url)
    with django_assert_num_queries(7):
        assert len(client.get(reverse("kernel:policies")).context["rows"]) == rows
    with django_assert_num_queries(7):
        assert len(client.get(reverse("kernel:calendar"), {"year": 2026}).context["rows"]) == rows
