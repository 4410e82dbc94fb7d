from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from hanlin.people.models import Region

from .base import PAGE_SIZE, SitePage, Topic


class CaseIndexPage(Page):
    """Demonstration cases of the provinces (综合示范经验交流)."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.CasePage"]
    max_count = 1
    template = "pages/case_index.html"

    class Meta:
        verbose_name = _("list of demonstration cases")

    def get_context(self, request, *args, **kwargs):
        topics = list(Topic.objects.order_by("order"))
        theme = request.GET.get("theme", "")
        theme = theme if theme in {topic.code for topic in topics} else ""
        rows = CasePage.objects.live().child_of(self).select_related("region").prefetch_related("themes")
        if theme:
            rows = rows.filter(themes__code=theme)
        return {
            **super().get_context(request, *args, **kwargs),
            "rows": Paginator(rows.order_by("-first_published_at", "-pk"), PAGE_SIZE).get_page(request.GET.get("page")),
            "topics": topics,
            "theme": theme,
        }


class CasePage(SitePage):
    """What stood in the way, what was done, what came of it. The body tells how."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name=pgettext_lazy("article", "province"), related_name="+")
    organisation = models.CharField(_("reporting body"), max_length=80)
    problem = models.TextField(_("problem"), max_length=400)
    result = models.TextField(_("result"), max_length=400)
    themes = ParentalManyToManyField(Topic, verbose_name=_("themes"), blank=True, related_name="+")

    parent_page_types = ["pages.CaseIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("problem"),
        index.SearchField("result"),
        index.SearchField("organisation"),
    ]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("region"), FieldPanel("organisation"), FieldPanel("themes")], heading=_("Where")),
        FieldPanel("summary"),
        FieldPanel("problem"),
        FieldPanel("body", heading=_("Approach")),
        FieldPanel("result"),
    ]
    template = "pages/case.html"

    class Meta:
        verbose_name = _("demonstration case")
        verbose_name_plural = _("demonstration cases")
