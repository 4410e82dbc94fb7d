from django.core.paginator import Paginator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from hanlin.kernel.enums import PolicyMark
from hanlin.pages.enums import StandardKind, StandardStatus

from .base import PAGE_SIZE, SitePage, Topic


class StandardForm(WagtailAdminPageForm):
    def clean(self):
        data = super().clean()
        issued, in_force = data.get("issued_on"), data.get("in_force_on")
        if issued and in_force and in_force < issued:
            self.add_error("in_force_on", _("It cannot come into force before it was issued."))
        return data


class StandardsIndexPage(Page):
    """The library of laws, rules and standards, with filters by kind and theme and a box for words."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.StandardPage"]
    max_count = 1
    template = "pages/standards_index.html"

    class Meta:
        verbose_name = _("standards library")

    def get_context(self, request, *args, **kwargs):
        kind, theme, words = (request.GET.get(key, "")[:60].strip() for key in ("kind", "theme", "q"))
        kind = kind if kind in StandardKind.values else ""
        topics = list(Topic.objects.order_by("order"))
        theme = theme if theme in {topic.code for topic in topics} else ""
        rows = StandardPage.objects.live().child_of(self).prefetch_related("themes")
        if kind:
            rows = rows.filter(kind=kind)
        if theme:
            rows = rows.filter(themes__code=theme)
        if words:
            rows = rows.filter(pk__in=StandardPage.objects.live().search(words).get_queryset().values("pk"))
        return {
            **super().get_context(request, *args, **kwargs),
            "rows": Paginator(rows.order_by("kind_order", "title"), PAGE_SIZE).get_page(request.GET.get("page")),
            "kinds": StandardKind.choices,
            "topics": topics,
            "kind": kind,
            "theme": theme,
            "words": words,
        }


class StandardPage(SitePage):
    """A law, rule or standard: what it is and what it asks for, in our words, with how well we know it."""

    number = models.CharField(_("number"), max_length=60, blank=True, help_text=_("For example GB/T 9704-2012"))
    kind = models.CharField(pgettext_lazy("standard", "kind"), max_length=12, choices=StandardKind)
    kind_order = models.PositiveSmallIntegerField(default=0, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=StandardStatus, default=StandardStatus.IN_FORCE)
    issuer = models.CharField(_("issuing body"), max_length=80, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    mark = models.CharField(_("verification"), max_length=10, choices=PolicyMark, default=PolicyMark.MEMORY)
    source = models.CharField(_("where it was seen"), max_length=200, blank=True)
    themes = ParentalManyToManyField(Topic, verbose_name=_("themes"), blank=True, related_name="+")

    base_form_class = StandardForm
    parent_page_types = ["pages.StandardsIndexPage"]
    subpage_types: list[str] = []
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("number"),
        index.SearchField("issuer"),
        index.FilterField("kind"),
    ]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel(
            [FieldPanel(name) for name in ("number", "kind", "status", "issuer", "issued_on", "in_force_on", "themes")],
            heading=_("Catalogue entry"),
        ),
        MultiFieldPanel([FieldPanel("mark"), FieldPanel("source")], heading=_("Verification")),
        *SitePage.content_panels[len(Page.content_panels) :],
    ]
    template = "pages/standard.html"

    class Meta:
        verbose_name = _("standard")
        verbose_name_plural = _("standards")

    def save(self, *args, **kwargs):
        self.kind_order = StandardKind.values.index(self.kind)
        super().save(*args, **kwargs)
