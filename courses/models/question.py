from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable

from courses.enums import LessonKind, QuestionKind

from .lesson import Lesson


class Question(ClusterableModel):
    """A question of a lesson's quiz. An attempt keeps its own copy, so that later edits change no result."""

    lesson = models.ForeignKey(
        Lesson,
        models.CASCADE,
        related_name="questions",
        limit_choices_to={"kind": LessonKind.QUIZ},
        verbose_name=_("quiz"),
    )
    position = models.PositiveSmallIntegerField(_("place in the quiz"), default=1)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind, default=QuestionKind.SINGLE)
    text = models.TextField(_("question"), max_length=500)
    why = models.TextField(_("explanation"), max_length=500, blank=True, help_text=_("Shown after the quiz is handed in."))
    retired = models.BooleanField(_("no longer asked"), default=False)

    panels = [
        FieldPanel("lesson"),
        FieldPanel("position"),
        FieldPanel("kind"),
        FieldPanel("text"),
        InlinePanel("choices", label=_("Choice"), min_num=2, max_num=8),
        FieldPanel("why"),
        FieldPanel("retired"),
    ]

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        indexes = [models.Index(fields=["lesson", "position"], name="question_order")]

    def __str__(self) -> str:
        return self.text[:80]


class Choice(Orderable):
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="choices")
    text = models.CharField(_("wording"), max_length=200)
    correct = models.BooleanField(_("right choice"), default=False)

    panels = [FieldPanel("text"), FieldPanel("correct")]

    class Meta(Orderable.Meta):
        verbose_name = _("choice")

    def __str__(self) -> str:
        return self.text
