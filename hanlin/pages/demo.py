"""The demo's news and cases: written, fictional, marked."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from wagtail.models import Page

from hanlin.kernel.prose import article
from hanlin.pages.domain import reference
from hanlin.pages.models import CaseIndexPage, CasePage, NewsIndexPage, NewsPage, Topic
from hanlin.people.models import Region

DATA = Path(__file__).resolve().parent / "data"


def _read(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text())
    return rows


@transaction.atomic
def load(*, on: date) -> None:
    """News dated before `on`, and cases; what stands already is left alone."""
    reference.load()
    news, cases = NewsIndexPage.objects.get(), CaseIndexPage.objects.get()
    for entry in reversed(_read("demo_news.yaml")):
        if not NewsPage.objects.child_of(news).filter(slug=entry["slug"]).exists():
            fields = {key: entry[key] for key in ("slug", "title", "issuer", "summary")}
            day = on - timedelta(days=entry["days"])
            _add(news, NewsPage(**fields, published_on=day, body=article(entry["body"]), is_demo=True))
    for entry in _read("demo_cases.yaml"):
        if not CasePage.objects.child_of(cases).filter(slug=entry["slug"]).exists():
            fields = {key: entry[key] for key in ("slug", "organisation", "summary", "problem", "result")}
            page = CasePage(
                **fields, title=f"{entry['title']}（示例）", region=Region.objects.get(code=entry["region"]), is_demo=True
            )
            page.body, page.themes = article(entry["body"]), Topic.objects.filter(code__in=entry["themes"])
            _add(cases, page)


def _add(parent: Page, page: Page) -> None:
    page.locale = parent.locale
    parent.add_child(instance=page)


@transaction.atomic
def remove() -> None:
    """Take the demo's articles away, and nothing else."""
    for model in (NewsPage, CasePage):
        for page in model.objects.filter(is_demo=True):
            page.delete()
