from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, PageManager, Site
from wagtail.query import PageQuerySet
from wagtail.search import index

from courses.enums import Ability, CourseForm, Theme
from hanlin.people.models import Organisation

RESERVED = {"archive", "assignments", "attempts", "beats", "notes", "sittings"}  # other addresses of /courses/


def address(name: str, *args):
    """What Wagtail wants to know of an address: site, root, path."""
    site = Site.objects.filter(is_default_site=True).first()
    return (site.pk, "", reverse(name, args=args)) if site else None


class CatalogueIndex(Page):
    """The place in the page tree under which courses stand; learners see it as /courses/."""

    subpage_types = ["courses.Course"]
    max_count = 1
    preview_modes: list[tuple[str, str]] = []  # its page is a view of ours

    class Meta:
        verbose_name = _("course catalogue")

    def get_url_parts(self, request=None):
        return address("courses:index")


class CourseQuerySet(PageQuerySet):
    def in_catalogue(self):
        """Published courses that have something to study."""
        return self.live().filter(minutes__gt=0)


class Course(Page):
    """A course: what it is about. What is studied stands in its lessons.

    `minutes` and `hours` sum up the published lessons; domain.outline keeps them.
    """

    code = models.CharField(_("course code"), max_length=20, unique=True)
    theme = models.CharField(_("theme"), max_length=20, choices=Theme)
    form = models.CharField(_("required or elective"), max_length=10, choices=CourseForm, default=CourseForm.ELECTIVE)
    summary = models.TextField(_("summary"), max_length=400)
    teacher = models.CharField(_("teacher"), max_length=120, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="courses", verbose_name=_("responsible body"))
    minutes = models.PositiveIntegerField(default=0, editable=False)
    hours = models.DecimalField(max_digits=6, decimal_places=2, default=0, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = PageManager.from_queryset(CourseQuerySet)()

    parent_page_types = ["courses.CatalogueIndex"]
    subpage_types: list[str] = []
    preview_modes: list[tuple[str, str]] = []  # its page is a view of ours
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary"),
        index.SearchField("teacher"),
        index.FilterField("theme"),
        index.FilterField("form"),
    ]
    content_panels = [
        *Page.content_panels,
        MultiFieldPanel([FieldPanel("code"), FieldPanel("theme"), FieldPanel("form")], heading=_("Classification")),
        InlinePanel("abilities", label=_("Ability"), min_num=1, max_num=4),
        FieldPanel("summary"),
        FieldPanel("teacher"),
        FieldPanel("organisation"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self):
        super().clean()
        if self.slug in RESERVED:
            raise ValidationError({"slug": _("This word is taken by another page. Choose another one.")})

    def get_url_parts(self, request=None):
        return address("courses:course", self.slug)


class CourseAbility(Orderable):
    """An ability that a course trains; the first is the main one."""

    course = ParentalKey(Course, on_delete=models.CASCADE, related_name="abilities")
    ability = models.CharField(_("ability"), max_length=12, choices=Ability)

    panels = [FieldPanel("ability")]

    class Meta(Orderable.Meta):
        verbose_name = _("ability of a course")
        constraints = [models.UniqueConstraint(fields=["course", "ability"], name="course_ability_once")]

    def __str__(self) -> str:
        return self.get_ability_display()
