from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from .cases import CasePage
from .news import NewsPage
from .standards import StandardPage


class HomePage(Page):
    """What a stranger sees first: what this place is, the way in, the check of a paper, what is new."""

    lead = models.TextField(_("lead"), max_length=200, help_text=_("One or two sentences under the title."))

    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "pages/home.html"

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        return {
            **super().get_context(request, *args, **kwargs),
            "news": NewsPage.objects.live().order_by("-published_on", "-pk")[:4],
            "cases": CasePage.objects.live().select_related("region").order_by("-first_published_at", "-pk")[:2],
            "standards": StandardPage.objects.live().order_by("-in_force_on", "title")[:5],
        }
