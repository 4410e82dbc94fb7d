from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hanlin.pages.models import HomePage, NewsIndexPage
from hanlin.people.enums import Role
from hanlin.people.models import Grant
from tests.factories import pages as make
from tests.world import SINCE

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def editor(world):
    make.site()
    person = world.people["learner"]
    Grant.objects.create(person=person, role=Role.EDITOR, organisation=world.bodies["province"], started_on=SINCE, reason="测试")
    return person


def test_an_editor_works_on_pages_in_chinese(client, editor):
    client.force_login(editor, backend=BACKEND)

    home = client.get(reverse("wagtailadmin_home"))
    new = client.get(reverse("wagtailadmin_pages:add", args=["pages", "newspage", NewsIndexPage.objects.get().pk]))

    assert home.status_code == new.status_code == 200
    assert "摘要" in new.content.decode()
    assert "gravatar" not in home.content.decode()


def test_an_ended_grant_ends_the_desk_at_the_next_step(client, editor):
    client.force_login(editor, backend=BACKEND)
    client.get(reverse("wagtailadmin_home"))
    assert editor.groups.count() == 1

    Grant.objects.filter(person=editor).update(ended_on=timezone.localdate() - timedelta(days=1))

    assert client.get(reverse("wagtailadmin_home")).status_code == 403


def test_a_training_administrator_has_no_hand_in_the_news(client, world):
    make.site()
    client.force_login(world.people["training_admin"], backend=BACKEND)

    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[HomePage.objects.get().pk])).status_code == 302


def test_there_is_one_log_in_page(client, db):
    assert client.get("/cms/").headers["Location"].startswith(reverse("account_login"))
    assert client.get("/cms/login/?next=//evil.example/").headers["Location"] == f"{reverse('account_login')}?next=%2Fcms%2F"


def test_the_content_policy_is_loosened_under_cms_alone(client, editor):
    client.force_login(editor, backend=BACKEND)

    assert "'unsafe-inline'" in client.get("/cms/").headers["Content-Security-Policy"]
    assert "'unsafe-inline'" not in client.get("/search/").headers["Content-Security-Policy"]
