from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from courses.enums import Theme
from hanlin.kernel.blocks import ArticleBlock

PAGE_SIZE = 20


class Topic(models.Model):
    """One of the six themes of the programme, as something that pages can be filed under."""

    code = models.CharField(max_length=20, unique=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return str(self.label)

    @property
    def label(self):
        """The theme's name in the current language."""
        return Theme(self.code).label


class SitePage(Page):
    """What every public article has: a summary for lists and search, a body of shared blocks, a mark for demo rows."""

    summary = models.TextField(
        pgettext_lazy("article", "summary"), max_length=300, help_text=_("Two sentences for lists and search results.")
    )
    body = StreamField(ArticleBlock(), verbose_name=_("text"), blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]

    class Meta:
        abstract = True
