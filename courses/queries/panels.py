"""What the workbench shows of this room."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.enums import AssignmentState, DutyState, EnrolmentState
from courses.models import Assignment, LessonProgress
from courses.queries.hours import Standing, standing
from courses.queries.outline import outline
from hanlin.kernel import formats
from hanlin.people.models import Person


def continue_card(person: Person) -> dict[str, Any] | None:
    """The lesson that was studied last in a course that goes on, or the one after it; None where nothing goes on."""
    rows = LessonProgress.objects.filter(person=person, enrolment__state=EnrolmentState.ACTIVE, lesson__course__live=True)
    last = rows.select_related("lesson__course", "revision").order_by("-studied_at").first()
    if last is None:
        return None
    course = last.lesson.course
    plan = outline(course, person)
    step = next((s for s in plan.steps if s.lesson.pk == last.lesson_id and not s.done), None) or plan.next_step
    if step is None:
        return None
    same = step.lesson.pk == last.lesson_id
    return {
        "primary": True,
        "course": course,
        "step": step,
        "number": plan.steps.index(step) + 1,
        "total": len(plan.steps),
        "done": plan.done,
        "at_seconds": last.resume_ms // 1000 if same else 0,
        "left_minutes": max(1, round((last.revision.length_ms - last.counted_ms) / 60000))
        if same and last.revision.length_ms
        else 0,
    }


def hours_card(person: Person) -> dict[str, Any] | None:
    """The two rings; None for people whose post asks for no hours and who have none."""
    now = standing(person, on=timezone.localdate())
    if now.requirement is None and not now.online and not now.offline:
        return None
    return {"standing": now, "headline": _headline(now)}


def _headline(now: Standing) -> str:
    """The one fact for the page's title: what is missing, else that nothing is."""
    if now.requirement is None:
        return ""
    if now.online_missing:
        return _("%(hours)s online hours still missing") % {"hours": formats.number(now.online_missing, 2)}
    if now.offline_missing:
        return _("%(hours)s hours in class still missing") % {"hours": formats.number(now.offline_missing, 2)}
    return _("this year's hours are complete")


def training_card(person: Person) -> dict[str, Any] | None:
    """For training administrators: assignments that run, with how many people are done and late; None where none runs."""
    today = timezone.localdate()
    late = Q(duties__state=DutyState.OPEN, duties__due_on__lt=today)
    rows = Assignment.objects.visible_to(person).filter(state=AssignmentState.ISSUED).select_related("course")
    rows = rows.annotate(
        people=Count("duties", filter=~Q(duties__state=DutyState.EXEMPTED)),
        finished=Count("duties", filter=Q(duties__state=DutyState.DONE)),
        late=Count("duties", filter=late),
    )
    shown = list(rows.filter(duties__state=DutyState.OPEN).distinct().order_by("due_on", "pk")[:4])
    return {"assignments": shown} if shown else None
