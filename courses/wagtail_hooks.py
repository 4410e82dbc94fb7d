"""The editors' desk: lessons and questions beside the courses of the page tree."""

from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from courses.forms import LessonForm, QuestionForm
from courses.models import Course, Lesson, LessonProgress, Question


class LessonViewSet(SnippetViewSet):
    model = Lesson
    icon = "list-ul"
    menu_label = gettext_lazy("Lessons")
    list_display = ["title", Column("course", label=gettext_lazy("Course")), "kind", "position", "minutes"]
    list_filter = ["course", "kind"]
    search_fields = ["title", "course__title"]
    ordering = ["course__title", "position"]
    list_per_page = 20
    edit_handler = ObjectList(Lesson.panels, base_form_class=LessonForm)


class QuestionViewSet(SnippetViewSet):
    model = Question
    icon = "help"
    menu_label = gettext_lazy("Questions")
    list_display = ["text", Column("lesson", label=gettext_lazy("Quiz")), "kind", "position", "retired"]
    list_filter = ["lesson__course", "kind", "retired"]
    search_fields = ["text", "lesson__course__title"]
    ordering = ["lesson__course__title", "position"]
    list_per_page = 20
    edit_handler = ObjectList(Question.panels, base_form_class=QuestionForm)


class TeachingGroup(SnippetViewSetGroup):
    menu_label = gettext_lazy("Teaching")
    menu_icon = "doc-full"
    menu_order = 150
    items = (LessonViewSet, QuestionViewSet)


register_snippet(TeachingGroup)


@hooks.register("before_delete_page")
def keep_studied_courses(request, page):
    """A course that somebody has studied is unpublished, not deleted: the archive points to it."""
    if isinstance(page.specific, Course) and page.specific.enrolments.exists():
        messages.error(request, _("People have studied this course, so it stays in the archive. Unpublish it instead."))
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None


@hooks.register("before_delete_snippet")
def keep_studied_lessons(request, instances):
    """A lesson that somebody has studied is unpublished, not deleted."""
    lessons = [row.pk for row in instances if isinstance(row, Lesson)]
    if lessons and LessonProgress.objects.filter(lesson__in=lessons).exists():
        messages.error(request, _("People have studied this lesson, so it stays in the archive. Unpublish it instead."))
        return redirect("wagtailsnippets_courses_lesson:list")
    return None
