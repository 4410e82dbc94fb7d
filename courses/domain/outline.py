"""Keeping a course's outline: what its lessons sum up to, and what a lesson said when it was studied."""

import hashlib
import json
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.html import strip_tags

from courses.enums import LessonKind
from courses.models import Course, Lesson, LessonRevision
from courses.queries.conversion import FORM_OF, minutes_of, rule_for, rules_in_force
from hanlin.kernel.queries.policy import policy


def reading_ms(lesson: Lesson) -> int:
    """The least time that reading an article takes: its characters by the policy's speed."""
    text = "".join(strip_tags(str(block.render())) for block in lesson.body)
    characters = sum(not character.isspace() for character in text)
    return int(characters / policy("courses.study.reading_speed") * 60000)


def length_ms(lesson: Lesson) -> int:
    """What 100 % of a lesson is: the media's length, the least reading time; a quiz has none."""
    if lesson.kind == LessonKind.VIDEO:
        return lesson.duration_ms
    return reading_ms(lesson) if lesson.kind == LessonKind.ARTICLE else 0


@transaction.atomic
def freeze(lesson: Lesson) -> LessonRevision:
    """The lesson as it stands now, kept for good; the same content is kept once."""
    body = lesson.body.get_prep_value()
    content = [lesson.kind, lesson.title, body, lesson.video.name or "", lesson.captions.name or "", lesson.duration_ms]
    digest = hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    if found := LessonRevision.objects.filter(lesson=lesson, digest=digest).first():
        return found
    number = (LessonRevision.objects.filter(lesson=lesson).aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            return LessonRevision.objects.create(
                lesson=lesson,
                number=number,
                kind=lesson.kind,
                title=lesson.title,
                body=lesson.body,
                video=lesson.video.name or "",
                captions=lesson.captions.name or "",
                length_ms=length_ms(lesson),
                digest=digest,
            )
    except IntegrityError:  # another learner opened it in the same moment
        return LessonRevision.objects.get(lesson=lesson, digest=digest)


def lesson_minutes(lesson: Lesson) -> Decimal:
    """The minutes that conversion looks at: the media's own length, or the editor's plan for an article."""
    return minutes_of(lesson.duration_ms) if lesson.kind == LessonKind.VIDEO else Decimal(lesson.minutes)


def hours_of(lesson: Lesson, rules: list) -> Decimal:
    """What finishing a lesson gives by `rules`."""
    rule = rule_for(FORM_OF[LessonKind(lesson.kind)], lesson_minutes(lesson), rules)
    return rule.hours if rule else Decimal(0)


@transaction.atomic
def refresh(course: Course) -> None:
    """Sum up the published lessons into the course's minutes and hours. Derived values: no audit line of their own."""
    lessons = list(Lesson.objects.filter(course=course, live=True).order_by("position"))
    rules = rules_in_force(on=timezone.localdate(), region=course.organisation.region.code)
    course.minutes = sum(lesson.minutes for lesson in lessons)
    course.hours = sum((hours_of(lesson, rules) for lesson in lessons), Decimal(0))
    Course.objects.filter(pk=course.pk).update(minutes=course.minutes, hours=course.hours)
