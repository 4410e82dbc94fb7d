from django.test import Client
from django.urls import reverse

from hanlin.people.models import Notice


def test_the_choice_stays_with_the_person(client, world):
    person = world.people["learner"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    reply = client.post(reverse("people:display"), {"display_mode": "senior", "next": reverse("people:me")})
    assert reply.url == reverse("people:me")
    other_machine = Client()
    other_machine.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert 'data-mode="senior"' in other_machine.get(reverse("people:me")).text


def test_a_stranger_keeps_it_in_a_cookie(client, db):
    client.post(reverse("people:display"), {"theme": "dark", "language": "en"})
    page = client.get("/no-such-page/").text
    assert 'data-bs-theme="dark"' in page
    assert 'lang="en"' in page
    assert "There is no such page" in page


def test_nonsense_changes_nothing(client, world):
    person = world.people["learner"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("people:display"), {"theme": "pink", "display_mode": "<b>"})
    person.refresh_from_db()
    assert (person.theme, person.display_mode) == ("light", "standard")


def test_it_never_sends_anyone_to_another_site(client, db):
    reply = client.post(reverse("people:display"), {"theme": "dark", "next": "https://example.org/"})
    assert reply.url == "/"


def test_the_language_goes_with_the_person(client, world):
    person = world.people["learner"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(reverse("people:display"), {"language": "zh-hant"})
    client.cookies.pop("django_language", None)
    assert 'lang="zh-Hant"' in client.get(reverse("people:me")).text


def test_the_frame_asks_the_database_twice(client, world, django_assert_num_queries):
    person = world.people["secretary"]
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    for n in range(3):
        Notice.objects.create(person=person, kind="info", key=f"k{n}", subject="会议通知")
    with django_assert_num_queries(9):  # session, person; the page's five; the frame's two: roles, unread notices with the place
        page = client.get(reverse("people:me")).text
    assert "示例省电子政务专家委员会" in page
