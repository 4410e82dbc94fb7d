"""Pages of the public site for tests, under the sections that the reference data makes."""

from datetime import date

from hanlin.kernel.prose import article
from hanlin.pages.domain import reference
from hanlin.pages.models import CaseIndexPage, CasePage, NewsIndexPage, NewsPage, StandardPage, StandardsIndexPage
from hanlin.people.models import Region


def _add(index, page):
    page.locale = index.locale
    return index.add_child(instance=page)


def site():
    """The home page with its empty sections."""
    return reference.load_structure()


def news(title="专家委员会召开会议", body="正文。", *, live=True, **fields):
    fields = {"summary": "摘要。", "published_on": date(2026, 11, 1), "slug": f"news-{NewsPage.objects.count()}", **fields}
    return _add(NewsIndexPage.objects.get(), NewsPage(title=title, body=article(body), live=live, **fields))


def standard(title="某某条例", *, themes=(), **fields):
    fields = {"summary": "摘要。", "kind": "law", "slug": f"standard-{StandardPage.objects.count()}", **fields}
    page = StandardPage(title=title, **fields)
    page.themes = themes
    return _add(StandardsIndexPage.objects.get(), page)


def case(title="一张清单", **fields):
    region, _made = Region.objects.get_or_create(code="990000", defaults={"name": "示例省", "level": "province"})
    fields = {
        "summary": "摘要。", "problem": "问题。", "result": "成效。", "organisation": "示例省数据局", "region": region,
        "slug": f"case-{CasePage.objects.count()}", **fields,
    }  # fmt: skip
    return _add(CaseIndexPage.objects.get(), CasePage(title=title, **fields))
