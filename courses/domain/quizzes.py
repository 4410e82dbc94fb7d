"""Quizzes: drawn, saved answer by answer, marked by the server. The key stays here until the paper is handed in."""

import random
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import lessons
from courses.enums import AttemptState, LessonKind, QuestionKind
from courses.models import Answer, Lesson, LessonProgress, Question, QuizAttempt
from hanlin.kernel.domain.audit import log
from hanlin.kernel.domain.states import move
from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Person
from hanlin.records.domain.statements import record
from hanlin.records.enums import Verb


def draw(lesson: Lesson, seed: str) -> list[dict[str, Any]]:
    """The quiz as one person gets it: questions in order, choices shuffled by `seed` (true before false stays)."""
    shuffle = random.Random(seed)  # noqa: S311 an order, not a secret
    paper = []
    questions = Question.objects.filter(lesson=lesson, retired=False).prefetch_related("choices").order_by("position", "pk")
    for question in questions:
        choices = sorted(question.choices.all(), key=lambda choice: (choice.sort_order or 0, choice.pk))
        if question.kind != QuestionKind.TRUE_FALSE:
            shuffle.shuffle(choices)
        paper.append(
            {
                "question": question.pk,
                "kind": question.kind,
                "text": question.text,
                "why": question.why,
                "choices": [choice.text for choice in choices],
                "correct": [place for place, choice in enumerate(choices) if choice.correct],
            }
        )
    return paper


@transaction.atomic
def start(person: Person, lesson: Lesson, *, at: datetime) -> QuizAttempt:
    """The person's open attempt, or a new one. Raises Refused where there is no quiz or today's attempts are used up."""
    if lesson.kind != LessonKind.QUIZ or not lesson.live:
        raise Refused(_("This quiz is not open. Go back to the course."))
    progress = lessons.enter(person, lesson, at=at)
    attempts = QuizAttempt.objects.filter(progress=progress)
    if found := attempts.filter(state=AttemptState.OPEN).first():
        return found
    allowed = int(policy("courses.quiz.attempts_per_day"))
    today = timezone.localdate(at)
    if attempts.filter(started_at__date=today).count() >= allowed:
        raise Refused(_("Today's %(n)d attempts are used up. Look at the explanations and try again tomorrow.") % {"n": allowed})
    seed = secrets.token_hex(8)
    paper = draw(lesson, seed)
    if not paper:
        raise Refused(_("This quiz has no questions yet. The training administrator has to add them."))
    number = (attempts.aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            attempt = QuizAttempt.objects.create(
                person=person,
                progress=progress,
                number=number,
                seed=seed,
                paper=paper,
                pass_line=int(policy("courses.quiz.pass_line")),
                started_at=at,
            )
    except IntegrityError:  # the same click twice
        return attempts.filter(state=AttemptState.OPEN).get()
    log(attempt, "courses.quiz.start", actor=person)
    return attempt


@transaction.atomic
def save_answer(attempt: QuizAttempt, number: int, chosen: Iterable[int], *, at: datetime) -> Answer:
    """Keep what is chosen for question `number` (from 1). Raises Refused after the end or for a choice that is not there.

    Saving is not audited line by line: the handed-in paper is.
    """
    attempt = QuizAttempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.state != AttemptState.OPEN:
        raise Refused(_("This paper has been handed in; its answers stand."))
    if not 1 <= number <= len(attempt.paper):
        raise Refused(_("There is no such question on this paper."))
    places = sorted(set(chosen))
    question = attempt.paper[number - 1]
    if any(place < 0 or place >= len(question["choices"]) for place in places):
        raise Refused(_("There is no such choice under this question."))
    if question["kind"] != QuestionKind.MULTIPLE and len(places) > 1:
        raise Refused(_("This question has one answer only."))
    answer, _new = Answer.objects.update_or_create(attempt=attempt, number=number, defaults={"chosen": places, "saved_at": at})
    return answer


@transaction.atomic
def submit(attempt: QuizAttempt, *, at: datetime) -> QuizAttempt:
    """Hand in and mark: a question counts when exactly the right choices are chosen.

    Raises Refused where questions are unanswered, StaleState where it is handed in already.
    """
    attempt = QuizAttempt.objects.select_for_update(of=("self",)).select_related("person").get(pk=attempt.pk)
    answers = {answer.number: answer for answer in attempt.answers.all()}
    blank = [n for n in range(1, len(attempt.paper) + 1) if not (n in answers and answers[n].chosen)]
    if blank and attempt.state == AttemptState.OPEN:
        numbers = "、".join(str(n) for n in blank)
        raise Refused(_("Not answered yet: question %(numbers)s.") % {"numbers": numbers})
    right = 0
    for number, question in enumerate(attempt.paper, 1):
        answers[number].right = answers[number].chosen == question["correct"]
        right += answers[number].chosen == question["correct"]
    score = round(right * 100 / len(attempt.paper))
    passed = score >= attempt.pass_line
    move(attempt, AttemptState.SUBMITTED, submitted_at=at, score=score, passed=passed)
    Answer.objects.bulk_update(answers.values(), ["right"])
    log(attempt, "courses.quiz.submit", actor=attempt.person, after={"score": score, "passed": passed})
    _settle(attempt, at=at)
    return attempt


def _settle(attempt: QuizAttempt, *, at: datetime) -> None:
    """A pass closes the lesson; a miss is recorded as it is."""
    rows = LessonProgress.objects.select_for_update(of=("self",)).select_related(
        "lesson__course", "revision", "enrolment", "person"
    )
    progress = rows.get(pk=attempt.progress_id)
    score = attempt.score or 0  # a submitted attempt has one
    if progress.score is None or score > progress.score:
        progress.score = score
        progress.save(update_fields=["score", "studied_at"])
    if attempt.passed:
        lessons.complete(progress, at=at)
        return
    lesson = progress.lesson
    record(
        attempt.person,
        Verb.FAILED,
        f"/courses/{lesson.course.slug}/lessons/{lesson.uid}/",
        at=at,
        object={"name": {"zh-CN": lesson.title}, "type": "http://adlnet.gov/expapi/activities/assessment"},
        result={"success": False, "score": {"raw": score, "min": 0, "max": 100, "scaled": score / 100}},
        occasion=f"attempt:{attempt.pk}",
    )
