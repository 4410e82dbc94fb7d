"""Writing courses down outside the editors' pages: the catalogue's place, courses, lessons, questions."""

from collections.abc import Sequence
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Locale, Page

from courses.domain.media import length_of_mp4
from courses.domain.outline import refresh
from courses.enums import LessonKind, QuestionKind
from courses.models import CatalogueIndex, Choice, Course, CourseAbility, Lesson, Question
from hanlin.kernel.domain.audit import log
from hanlin.people.models import Organisation, Person


@transaction.atomic
def catalogue() -> CatalogueIndex:
    """The catalogue's page, made where it is missing."""
    if found := CatalogueIndex.objects.first():
        return found
    locale, _made = Locale.objects.get_or_create(language_code="zh-hans")
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root", locale=locale))
    page: CatalogueIndex = root.add_child(instance=CatalogueIndex(title="课程目录", slug="courses", locale=locale))
    return page


@transaction.atomic
def add_course(
    code: str, title: str, *, actor: Person | None, organisation: Organisation, abilities: Sequence[str], live: bool, **fields: Any
) -> Course:
    """A course below the catalogue, with one revision; `fields`: theme, form, summary, teacher, is_demo."""
    parent = CatalogueIndex.objects.get(pk=catalogue().pk)
    page = Course(code=code, title=title, slug=code.lower(), organisation=organisation, live=live, locale=parent.locale, **fields)
    page.abilities = [CourseAbility(ability=ability, sort_order=place) for place, ability in enumerate(abilities)]
    parent.add_child(instance=page)
    revision = page.save_revision(user=actor, clean=False)
    if live:
        revision.publish(user=actor, skip_permission_checks=True)
        page.refresh_from_db()
    log(page, "courses.course.add", actor=actor, after={"live": live})
    return page


@transaction.atomic
def add_lesson(
    course: Course, kind: LessonKind, title: str, *, actor: Person | None, minutes: int, position: int, body: Any = (),
    video: "File[Any] | None" = None, captions: "File[Any] | None" = None,
) -> Lesson:  # fmt: skip
    """A published lesson at the end of a course; a video's own length counts, not the planned minutes."""
    lesson = Lesson(course=course, kind=kind, title=title, minutes=minutes, position=position, live=True)
    lesson.first_published_at = lesson.last_published_at = timezone.now()
    if body:
        field: Any = Lesson._meta.get_field("body")
        lesson.body = field.to_python(list(body))
    if video is not None and captions is not None:
        lesson.duration_ms = length_of_mp4(video)
        lesson.minutes = max(1, round(lesson.duration_ms / 60000))
        video.seek(0)
        lesson.video.save(video.name or "lesson.mp4", video, save=False)
        lesson.captions.save(captions.name or "lesson.vtt", captions, save=False)
    lesson.save()
    log(lesson, "courses.lesson.add", actor=actor)
    refresh(course)
    return lesson


@transaction.atomic
def add_question(
    lesson: Lesson,
    kind: QuestionKind,
    text: str,
    choices: Sequence[tuple[str, bool]],
    *,
    actor: Person | None,
    position: int,
    why: str,
) -> Question:
    """A question with its choices, of which the right ones are marked."""
    question = Question(lesson=lesson, kind=kind, text=text, why=why, position=position)
    question.choices = [Choice(text=words, correct=right, sort_order=place) for place, (words, right) in enumerate(choices)]
    question.save()
    log(question, "courses.question.add", actor=actor)
    return question
