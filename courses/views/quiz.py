"""Answering a quiz. The key never leaves the server before the paper is handed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.domain import quizzes
from courses.enums import AttemptState, QuestionKind
from courses.models import QuizAttempt
from courses.queries.outline import outline
from courses.queries.quizzes import quiz_state, shown_paper
from courses.views.player import visible_lesson
from hanlin.kernel.errors import Refused


@login_required
@require_POST
def start(request, slug, uid):
    """Begin, or go on with, an attempt."""
    row = visible_lesson(slug, uid)
    try:
        attempt = quizzes.start(request.user, row, at=timezone.now())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("courses:lesson", slug=slug, uid=uid)
    return redirect("courses:attempt", pk=attempt.pk)


def _own(request, pk) -> QuizAttempt:
    rows = QuizAttempt.objects.select_related("progress__lesson__course__organisation", "progress__revision", "progress__enrolment")
    return get_object_or_404(rows, pk=pk, person=request.user)


def _page(request, attempt, *, status=200, error=""):
    lesson = attempt.progress.lesson
    context = {
        "attempt": attempt,
        "lesson": lesson,
        "course": lesson.course,
        "paper": shown_paper(attempt),
        "error": error,
        "kinds": dict(QuestionKind.choices),
    }
    if attempt.state == AttemptState.SUBMITTED:
        plan = outline(lesson.course, request.user)
        context |= {"outline": plan, **quiz_state(attempt.progress, on=timezone.localdate())}
        return render(request, "courses/quiz_result.html", context)
    return render(request, "courses/quiz.html", context, status=status)


@login_required
@require_GET
@never_cache
def attempt(request, pk):
    """The paper to answer, or what came of it."""
    return _page(request, _own(request, pk))


def _save_all(request, row) -> None:
    """Every answer that the form carries: fields q1, q2, … with places of choices. Raises Refused."""
    now = timezone.now()
    for number in range(1, len(row.paper) + 1):
        values = request.POST.getlist(f"q{number}")
        if values:
            quizzes.save_answer(row, number, [int(v) if v.isdecimal() and len(v) < 4 else -1 for v in values], at=now)


@login_required
@require_POST
def save(request, pk):
    """Keep what is chosen so far."""
    row = _own(request, pk)
    try:
        _save_all(request, row)
    except Refused as error:
        return JsonResponse({"error": str(error)}, status=409)
    return JsonResponse({"saved": True})


@login_required
@require_POST
def submit(request, pk):
    """Hand in: the form's answers are kept first, then marked. Refused: the form again, with what is missing."""
    row = _own(request, pk)
    try:
        _save_all(request, row)
        quizzes.submit(row, at=timezone.now())
    except Refused as error:
        row = _own(request, pk)
        return _page(request, row, status=422, error=str(error))
    return redirect("courses:attempt", pk=pk)
