"""Chinese full text, on whichever database the suite runs."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from hanlin.kernel.search import words_to_ask, words_to_index
from hanlin.pages.models import NewsPage
from hanlin.pages.queries.search import hits_for
from hanlin.people import registries
from hanlin.people.registries import Hit
from tests.factories import pages as make


@pytest.fixture
def library(db):
    make.site()
    make.news("领导干部数字素养轮训班开班", "专家评审会上提出意见。", slug="cadres")
    make.standard("党政机关公文格式", number="GB/T 9704-2012", slug="gbt")
    make.case("12345热线智能化", problem="录音里有个人信息。", slug="hotline")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("干部", ["cadres"]),
        ("评审", ["cadres"]),
        ("幹部", ["cadres"]),
        ("部干", []),
        ("干", ["cadres"]),
        ("干部 评审", ["cadres"]),
        ("干部 热线", []),
        ("9704", ["gbt"]),
        ("gb/t 9704-2012", ["gbt"]),
        ("ＧＢ", ["gbt"]),
        ("12345热线", ["hotline"]),
        ("个人信息", ["hotline"]),
        ('"', []),
        ("？！", []),
        ("100% '; --", []),
        ("a AND NOT (b", []),
    ],
)
def test_what_words_find(library, words, found):
    assert [hit.url.strip("/").split("/")[-1] for hit in hits_for(None, words)] == found


def test_words_of_text_and_of_question():
    assert words_to_index("领导干部（GB/T）") == "领 领导 导 导干 干 干部 部 gb t"
    assert words_to_ask("領導干部X1") == ["领导", "导干", "干部", "x1"]


def test_a_title_is_found_before_a_body(library):
    make.news("别的消息", "顺便提到热线。", slug="aside")

    assert [hit.title for hit in hits_for(None, "热线")][0] in {"12345热线智能化"} or len(hits_for(None, "热线")) == 2


def test_drafts_and_pages_of_other_rooms_stay_hidden(library):
    draft = make.news("未发布的干部消息", slug="draft", live=False)

    assert draft.title not in [hit.title for hit in hits_for(None, "干部")]
    assert set(Page.objects.live().search("课程目录").get_queryset().values_list("slug", flat=True)) == {"catalogue"}
    assert hits_for(None, "课程目录") == []


def test_an_editor_s_change_is_found_at_once(library):
    page = NewsPage.objects.get(slug="cadres")
    page.title = "改成别的题目"
    page.save()

    assert [hit.title for hit in hits_for(None, "别的题目")] == ["改成别的题目"]
    assert hits_for(None, "轮训班开班") == []


def test_a_stranger_asks_the_public_pages_alone(library, client, monkeypatch):
    monkeypatch.setattr(registries, "SEARCHES", [lambda person, words: [Hit("内部项目", "/projects/1/", "项目")]])

    reply = client.get(reverse("pages:search"), {"q": "干部"})

    assert "内部项目" not in reply.content.decode()
    assert reply.context["count"] == 1


def test_a_person_finds_what_the_rooms_offer_them(world, library, client, monkeypatch):
    asked = []

    def provider(person, words):
        asked.append((person, words))
        return [Hit("<b>内部</b>项目", "/projects/1/", "项目", "干部的项目")]

    monkeypatch.setattr(registries, "SEARCHES", [provider, hits_for])
    client.force_login(world.people["learner"], backend="allauth.account.auth_backends.AuthenticationBackend")

    text = client.get(reverse("pages:search"), {"q": " 干部 "}).content.decode()

    assert asked == [(world.people["learner"], "干部")]
    assert "&lt;b&gt;内部&lt;/b&gt;项目" in text
    assert "<mark>干部</mark>的项目" in text


@pytest.mark.parametrize("query", ["", "   ", "x" * 500, "\x00干部"])
def test_odd_questions_get_a_page(library, client, query):
    assert client.get(reverse("pages:search"), {"q": query}).status_code == 200
