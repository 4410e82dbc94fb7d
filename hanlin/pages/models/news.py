from django.core.paginator import Paginator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .base import PAGE_SIZE, SitePage


class NewsIndexPage(Page):
    """All news, the newest first."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.NewsPage"]
    max_count = 1
    template = "pages/news_index.html"

    class Meta:
        verbose_name = _("news list")

    def get_context(self, request, *args, **kwargs):
        rows = NewsPage.objects.live().child_of(self).order_by("-published_on", "-pk")
        return {
            **super().get_context(request, *args, **kwargs),
            "rows": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        }


class NewsPage(SitePage):
    published_on = models.DateField(_("date"), default=timezone.localdate)
    issuer = models.CharField(_("issuing body"), max_length=80, blank=True)

    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("published_on"),
        FieldPanel("issuer"),
        *SitePage.content_panels[len(Page.content_panels) :],
    ]
    template = "pages/news.html"

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news")
