"""How a person stands with a quiz; never its key."""

from datetime import date
from typing import Any

from courses.enums import AttemptState
from courses.models import LessonProgress, Question, QuizAttempt
from hanlin.kernel.queries.policy import policy


def quiz_state(progress: LessonProgress, *, on: date) -> dict[str, Any]:
    """Attempts so far (without their papers), what is left today, the pass line: four queries."""
    attempts = list(QuizAttempt.objects.filter(progress=progress).defer("paper").order_by("-number"))
    allowed = int(policy("courses.quiz.attempts_per_day", on=on))
    used = QuizAttempt.objects.filter(progress=progress, started_at__date=on).count()
    return {
        "attempts": [attempt for attempt in attempts if attempt.state == AttemptState.SUBMITTED],
        "open_attempt": next((attempt for attempt in attempts if attempt.state == AttemptState.OPEN), None),
        "attempts_left": max(0, allowed - used),
        "allowed": allowed,
        "pass_line": policy("courses.quiz.pass_line", on=on),
        "questions": Question.objects.filter(lesson=progress.lesson_id, retired=False).count(),
    }


def shown_paper(attempt: QuizAttempt) -> list[dict[str, Any]]:
    """The paper as the learner may see it: the key and the explanations only after it is handed in."""
    answers = {answer.number: answer for answer in attempt.answers.all()}
    over = attempt.state == AttemptState.SUBMITTED
    shown = []
    for number, question in enumerate(attempt.paper, 1):
        answer = answers.get(number)
        chosen = answer.chosen if answer else []
        choices = [
            {
                "place": place,
                "text": text,
                "chosen": place in chosen,
                "mark": ("right" if place in question["correct"] else "wrong" if place in chosen else "") if over else "",
            }
            for place, text in enumerate(question["choices"])
        ]
        shown.append(
            {
                "number": number,
                "kind": question["kind"],
                "text": question["text"],
                "choices": choices,
                "right": answer.right if over and answer else None,
                "why": question["why"] if over else "",
            }
        )
    return shown
