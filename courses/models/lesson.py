import uuid

from django import forms
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import DraftStateMixin, RevisionMixin

from courses.enums import LessonKind
from hanlin.kernel.blocks import ArticleBlock

from .course import Course


def private_files():
    """Where media lie: no address leads there, a view hands them out."""
    return storages["private"]


class Lesson(DraftStateMixin, RevisionMixin, models.Model):
    """One thing to study in a course, drafted and published on its own; `uid` names it for good."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="lessons", verbose_name=_("course"))
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the course"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=LessonKind)
    title = models.CharField(_("title"), max_length=120)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), default=0, help_text=_("Of reading or of the quiz. For a video the file decides.")
    )
    body = StreamField(ArticleBlock(), verbose_name=_("text"), blank=True)
    video = models.FileField(
        _("video"),
        storage=private_files,
        upload_to="courses/video",
        blank=True,
        validators=[FileExtensionValidator(["mp4"])],
        help_text=_("MP4 (H.264)"),
    )
    captions = models.FileField(
        _("captions"),
        storage=private_files,
        upload_to="courses/captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("WebVTT"),
    )
    duration_ms = models.PositiveIntegerField(default=0, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="lesson")

    panels = [
        MultiFieldPanel(
            [FieldPanel("course"), FieldPanel("position"), FieldPanel("kind"), FieldPanel("title"), FieldPanel("minutes")],
            heading=_("Lesson"),
        ),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("video", widget=forms.FileInput), FieldPanel("captions", widget=forms.FileInput)], heading=_("Video")
        ),  # a plain input: the private storage has no address to link to
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        indexes = [models.Index(fields=["course", "position"], name="lesson_outline")]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self):
        return self._revisions

    def clean(self):
        super().clean()
        if self.kind == LessonKind.VIDEO and not self.video:
            raise ValidationError({"video": _("A video lesson needs its video file.")})
        if self.kind == LessonKind.VIDEO and not self.captions:
            raise ValidationError({"captions": _("A video lesson needs captions, so that nobody is left out.")})
        if self.kind == LessonKind.ARTICLE and not self.body:
            raise ValidationError({"body": _("An article needs its text.")})


class LessonRevision(models.Model):
    """What a lesson said when somebody studied it. Made once, never changed."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="frozen")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=LessonKind)
    title = models.CharField(max_length=120)
    body = StreamField(ArticleBlock(), blank=True)
    video = models.CharField(max_length=200, blank=True)  # names in the private storage
    captions = models.CharField(max_length=200, blank=True)
    length_ms = models.PositiveIntegerField()  # of the media; for an article, the least reading time
    digest = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("lesson as studied")
        constraints = [
            models.UniqueConstraint(fields=["lesson", "number"], name="lesson_revision_number"),
            models.UniqueConstraint(fields=["lesson", "digest"], name="lesson_revision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"
