"""What every installation's site begins with: the home page, its three sections, the themes, the library's entries."""

from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.utils.translation import override
from wagtail.models import Locale, Page, Site

from courses.enums import Theme
from courses.models import CatalogueIndex
from hanlin.kernel.prose import article
from hanlin.pages.domain import desks
from hanlin.pages.models import CaseIndexPage, HomePage, NewsIndexPage, StandardPage, StandardsIndexPage, Topic

DATA = Path(__file__).resolve().parent.parent / "data"
SECTIONS: list[tuple[type[Page], str, str]] = [
    (NewsIndexPage, "news", "动态"),
    (StandardsIndexPage, "standards", "标准库"),
    (CaseIndexPage, "cases", "示范案例"),
]
LEAD = "电子政务人才、专家委员会与专家评审平台：干部学习有学时，项目论证有专家，每份意见可核验。"


@transaction.atomic
def load() -> None:
    """Make what is missing; what editors have changed since stays as it is."""
    with override("zh-hans"):
        home = load_structure()
        library = StandardsIndexPage.objects.child_of(home).get()
        for entry in yaml.safe_load((DATA / "standards.yaml").read_text()):
            add_standard(library, entry)


@transaction.atomic
def load_structure() -> HomePage:
    """The themes, the empty site, and the groups that stand for our roles."""
    for order, theme in enumerate(Theme.values):
        Topic.objects.update_or_create(code=theme, defaults={"order": order})
    home = make_site()
    desks.load()
    return home


def make_site() -> HomePage:
    """The home page under the default site, in place of Wagtail's welcome page."""
    locale, _made = Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    home = HomePage.objects.first()
    if home is None:
        home = root.add_child(instance=HomePage(title="翰林", slug="site", lead=LEAD, locale=locale))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "port": 80, "site_name": "翰林", "root_page": home}
    )
    for welcome in Page.objects.filter(depth=2, content_type__model="page", content_type__app_label="wagtailcore"):
        welcome.delete()
    home.refresh_from_db()  # the tree's counters have moved
    for model, slug, title in SECTIONS:
        if not model.objects.child_of(home).exists():
            home.add_child(instance=model(title=title, slug=slug, show_in_menus=True, locale=locale))
    if not CatalogueIndex.objects.exists():
        home.add_child(instance=CatalogueIndex(title="课程目录", slug="catalogue", locale=locale))
    return home


def add_standard(library: Page, entry: dict[str, Any]) -> None:
    """One entry of data/standards.yaml, unless a page of that slug stands in the library."""
    if StandardPage.objects.child_of(library).filter(slug=entry["slug"]).exists():
        return
    fields = {key: value for key, value in entry.items() if key not in {"themes", "body"}}
    page = StandardPage(**fields, locale=library.locale, body=article(entry.get("body") or ""))
    page.themes = Topic.objects.filter(code__in=entry["themes"])
    library.add_child(instance=page)
