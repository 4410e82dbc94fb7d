import pytest
from django.urls import reverse
from wagtail.models import Locale, Page, Site

from hanlin.kernel.enums import PolicyMark
from hanlin.pages import demo
from hanlin.pages.domain import reference
from hanlin.pages.models import CasePage, HomePage, NewsPage, StandardPage, Topic
from hanlin.people import demo as people
from tests.factories import pages as make


@pytest.fixture
def site(db):
    return make.site()


def test_the_welcome_page_gives_way_to_ours(db):
    locale = Locale.objects.get_or_create(language_code="zh-hans")[0]
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    welcome = root.add_child(title="Welcome to your new Wagtail site!", slug="home", locale=locale)
    Site.objects.create(hostname="localhost", root_page=welcome, is_default_site=True)

    reference.load_structure()
    reference.load_structure()

    assert list(Page.objects.filter(depth=2)) == [HomePage.objects.get().page_ptr]
    assert Site.objects.get().root_page == HomePage.objects.get().page_ptr


def test_the_library_is_full_of_checked_entries(db):
    reference.load()
    before = list(StandardPage.objects.values_list("pk", "title"))
    reference.load()

    assert len(before) >= 15
    assert list(StandardPage.objects.values_list("pk", "title")) == before
    assert set(StandardPage.objects.values_list("mark", flat=True)) <= set(PolicyMark.values)
    assert not StandardPage.objects.filter(source="").exists()


def test_what_an_editor_changed_stays(db):
    reference.load()
    page = StandardPage.objects.get(slug="gbt-9704-2012")
    page.title = "编辑改过的题目"
    page.save()

    reference.load()

    assert StandardPage.objects.get(pk=page.pk).title == "编辑改过的题目"


@pytest.mark.parametrize("name", ["pages:public", "pages:news", "pages:standards", "pages:cases", "pages:search"])
def test_strangers_see_the_public_pages_even_when_empty(site, client, name):
    assert client.get(reverse(name)).status_code == 200


def test_a_stranger_s_home_page_has_the_way_in_and_the_verification(site, client):
    text = client.get("/").content.decode()

    assert reverse("account_login") in text
    assert reverse("kernel:verify") in text
    assert text.count("btn-primary") == 1


def test_a_standard_shows_how_well_it_was_checked(site, client):
    page = make.standard("某条例", mark=PolicyMark.MEMORY, source="未核对")

    text = client.get(page.url).content.decode()

    assert "prose-mark-memory" in text
    assert "未核对" in text


def test_filters_of_the_library(site, client):
    data, policy = Topic.objects.get(code="data"), Topic.objects.get(code="policy")
    make.standard("数据条例", kind="regulation", themes=[data])
    make.standard("采购法", kind="law", themes=[policy, data])

    def titles(**query):
        return [row.title for row in client.get(reverse("pages:standards"), query).context["rows"]]

    assert titles() == ["采购法", "数据条例"]
    assert titles(kind="regulation") == ["数据条例"]
    assert titles(theme="policy") == ["采购法"]
    assert titles(theme="data", kind="law") == ["采购法"]
    assert titles(q="采购") == ["采购法"]
    assert titles(kind="nonsense", theme="<script>", page="99") == ["采购法", "数据条例"]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "maker", "count"), [("news", make.news, 10), ("standards", make.standard, 12), ("cases", make.case, 12)]
)
def test_lists_cost_the_same_for_one_row_or_three(site, client, rows, name, maker, count, django_assert_num_queries):
    for number in range(rows):
        maker(f"题目{number}")
    client.get(reverse(f"pages:{name}"))

    with django_assert_num_queries(count):
        reply = client.get(reverse(f"pages:{name}"))

    assert len(reply.context["rows"]) == rows


def test_demo_articles_come_and_go_whole(db):
    from django.utils import timezone

    people.load(on=timezone.localdate())
    demo.load(on=timezone.localdate())
    demo.load(on=timezone.localdate())

    assert (NewsPage.objects.filter(is_demo=True).count(), CasePage.objects.filter(is_demo=True).count()) == (6, 4)
    assert all(page.title.endswith("（示例）") for page in CasePage.objects.all())

    demo.remove()

    assert not NewsPage.objects.exists()
    assert StandardPage.objects.exists()


def test_courses_are_not_served_by_the_site(site, client):
    assert client.get("/catalogue/").status_code == 404
