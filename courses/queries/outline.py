"""A course's outline as one person sees it."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from courses.enums import EnrolmentState, LessonKind
from courses.models import Course, Enrolment, Lesson, LessonProgress, Question
from courses.queries.conversion import FORM_OF, minutes_of, region_of, rule_for, rules_in_force
from hanlin.people.models import Person


@dataclass(frozen=True)
class Step:
    """One lesson in the outline."""

    lesson: Lesson
    hours: Decimal
    questions: int
    counted_ms: int
    started: bool
    done: bool

    @property
    def state(self) -> str:
        return "done" if self.done else "now" if self.started else ""


@dataclass(frozen=True)
class Outline:
    steps: list[Step]
    enrolment: Enrolment | None

    @property
    def done(self) -> int:
        return sum(step.done for step in self.steps)

    @property
    def next_step(self) -> Step | None:
        """Where to go on: the first lesson that is not done."""
        return next((step for step in self.steps if not step.done), None)

    @property
    def hours(self) -> Decimal:
        return sum((step.hours for step in self.steps), Decimal(0))


def current_enrolment(person: Person, course: Course) -> Enrolment | None:
    """The live enrolment, else the one finished last."""
    mine = list(Enrolment.objects.filter(person=person, course=course).order_by("-started_at"))
    live = next((row for row in mine if row.state == EnrolmentState.ACTIVE), None)
    return live or next((row for row in mine if row.state == EnrolmentState.COMPLETED), None)


def outline(course: Course, person: Person) -> Outline:
    """Published lessons in order with what each gives and where the person stands: six queries."""
    enrolment = current_enrolment(person, course)
    lessons = list(Lesson.objects.filter(course=course, live=True).order_by("position", "pk"))
    progress = {row.lesson_id: row for row in LessonProgress.objects.filter(enrolment=enrolment)} if enrolment else {}
    questions: dict[int, int] = {}
    for lesson_id in Question.objects.filter(lesson__course=course, retired=False).values_list("lesson_id", flat=True):
        questions[lesson_id] = questions.get(lesson_id, 0) + 1
    rules = rules_in_force(on=timezone.localdate(), region=region_of(person))
    steps = []
    for lesson in lessons:
        row = progress.get(lesson.pk)
        minutes = minutes_of(lesson.duration_ms) if lesson.kind == LessonKind.VIDEO else Decimal(lesson.minutes)
        rule = rule_for(FORM_OF[LessonKind(lesson.kind)], minutes, rules)
        steps.append(
            Step(
                lesson=lesson,
                hours=rule.hours if rule else Decimal(0),
                questions=questions.get(lesson.pk, 0),
                counted_ms=row.counted_ms if row else 0,
                started=row is not None,
                done=row is not None and row.completed_at is not None,
            )
        )
    return Outline(steps, enrolment)
