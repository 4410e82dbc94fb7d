"""Studying a lesson: its page, and the player's talk with the server."""

import json
from dataclasses import asdict

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.domain import lessons, notes, playing
from courses.domain.counting import Claim
from courses.enums import LessonKind
from courses.forms import NoteForm
from courses.models import Lesson, LessonNote, LessonProgress, StudyDay
from courses.queries.outline import outline
from courses.queries.quizzes import quiz_state
from courses.views.catalogue import visible_course
from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.policy import policy
from hanlin.kernel.templatetags.hanlin import minutes as duration

SALT = "courses.sitting"
MOST_BYTES = 2000  # a beat is short


def visible_lesson(slug, uid) -> Lesson:
    """A published lesson of a published course, or 404."""
    return get_object_or_404(Lesson.objects.select_related("course__organisation"), course=visible_course(slug), uid=uid, live=True)


@login_required
@require_GET
@never_cache
def lesson(request, slug, uid):
    """The lesson's page. Opening it enters the course; nothing counts before the player begins."""
    row = visible_lesson(slug, uid)
    try:
        progress = lessons.enter(request.user, row)
    except Refused as error:
        messages.error(request, str(error))
        return redirect("courses:course", slug=slug)
    plan = outline(row.course, request.user)
    place = next((n for n, step in enumerate(plan.steps) if step.lesson.pk == row.pk), 0)
    today = StudyDay.objects.filter(person=request.user, day=timezone.localdate()).first()
    context = {
        "course": row.course,
        "lesson": row,
        "progress": progress,
        "revision": progress.revision,
        "outline": plan,
        "step": plan.steps[place],
        "number": place + 1,
        "following": plan.steps[place + 1] if place + 1 < len(plan.steps) else None,
        "today_seconds": (today.counted_ms if today else 0) // 1000,
        "cap_hours": policy("courses.study.daily_cap"),
        "share": policy("courses.study.complete_share"),
        "beat_seconds": policy("courses.study.beat"),
        "notes": LessonNote.objects.filter(person=request.user, lesson=row).order_by("at_ms", "pk"),
    }
    if row.kind == LessonKind.QUIZ:
        return render(request, "courses/quiz_intro.html", context | quiz_state(progress, on=timezone.localdate()))
    return render(request, f"courses/lesson_{row.kind}.html", context)


def _told(standing: playing.Standing) -> dict:
    """A standing with the words that the page shows."""
    left = max(0, standing.length - standing.counted)
    return asdict(standing) | {
        "counted_words": duration(standing.counted // 1000),
        "today_words": duration(standing.today // 1000),
        "left_words": duration(-(-left // 1000)),
        "capped": standing.today >= standing.cap,
    }


@login_required
@require_POST
@never_cache
def begin(request, slug, uid):
    """Open a sitting; answers its signed key and where to go on."""
    row = visible_lesson(slug, uid)
    device = request.headers.get("User-Agent", "")
    try:
        session = playing.begin(request.user, row, at=timezone.now(), device=device)
    except Refused as error:
        return JsonResponse({"error": str(error)}, status=409)
    progress = LessonProgress.objects.select_related("revision").get(pk=session.progress_id)
    return JsonResponse(
        {
            "key": signing.dumps([session.pk, request.user.pk], salt=SALT),
            "resume": progress.resume_ms,
            "furthest": progress.furthest_ms,
            "length": progress.revision.length_ms,
            "completed": progress.completed_at is not None,
        }
    )


def _signed(request, key) -> int:
    """The sitting that a key of ours names; 0 for a key that is forged or somebody else's."""
    try:
        session, person = signing.loads(str(key), salt=SALT, max_age=24 * 3600)
    except (signing.BadSignature, ValueError, TypeError):
        return 0
    return session if person == request.user.pk else 0


def _beat_of(request) -> tuple[int, int, Claim]:
    """(sitting, sequence, claim) of a beat's body; ValueError where it is none."""
    if len(request.body) > MOST_BYTES:
        raise ValueError("too long")
    data = json.loads(request.body)
    numbers = [data["seq"], data["playhead"], data["played"]]
    if not all(isinstance(n, int) and not isinstance(n, bool) and abs(n) < 2**31 for n in numbers):
        raise ValueError("not whole numbers")
    return _signed(request, data["key"]), numbers[0], Claim(numbers[1], numbers[2], data["visible"] is True)


@login_required
@require_POST
@never_cache
def beat(request):
    """One beat of a player: what counts is decided here, by the server's clock."""
    try:
        session, seq, claim = _beat_of(request)
    except (ValueError, KeyError, TypeError, UnicodeDecodeError):
        return JsonResponse({"error": _("This beat cannot be read.")}, status=400)
    try:
        standing = playing.beat(request.user, session, seq, claim, at=timezone.now())
    except playing.SessionOver as error:
        return JsonResponse({"error": str(error), "over": True}, status=409)
    return JsonResponse(_told(standing))


@login_required
@require_POST
def leave(request):
    """The page is closed."""
    playing.leave(request.user, _signed(request, request.POST.get("key", "")), at=timezone.now())
    return HttpResponse(status=204)


@login_required
@require_POST
def finish_reading(request, slug, uid):
    """Close an article whose least reading time is over, and go on to the next lesson."""
    row = visible_lesson(slug, uid)
    try:
        playing.finish_reading(request.user, row, at=timezone.now())
    except Refused as error:
        messages.error(request, str(error))
        return redirect("courses:lesson", slug=slug, uid=uid)
    messages.success(request, _("“%(lesson)s” is done.") % {"lesson": row.title})
    step = outline(row.course, request.user).next_step
    return redirect("courses:lesson", slug=slug, uid=step.lesson.uid) if step else redirect("courses:course", slug=slug)


def _notes(request, row, status=200, error=""):
    rows = LessonNote.objects.filter(person=request.user, lesson=row).order_by("at_ms", "pk")
    if not request.htmx:
        if error:
            messages.error(request, error)
        return redirect("courses:lesson", slug=row.course.slug, uid=row.uid)
    return render(
        request, "courses/notes.html", {"notes": rows, "lesson": row, "course": row.course, "error": error}, status=status
    )


@login_required
@require_POST
def add_note(request, slug, uid):
    """Keep a note at a place of the lesson."""
    row = visible_lesson(slug, uid)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _notes(request, row, status=422, error=_("Write a few words, at most 500 characters."))
    notes.add(request.user, row, **form.cleaned_data)
    return _notes(request, row)


@login_required
@require_POST
def delete_note(request, pk):
    """Throw one's own note away."""
    note = get_object_or_404(LessonNote.objects.select_related("lesson__course"), pk=pk, person=request.user)
    row = note.lesson
    notes.delete(note, actor=request.user)
    return _notes(request, row)
