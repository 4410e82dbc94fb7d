"""A lesson's video and captions, for people who study it, in parts where the browser asks for parts."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.views.decorators.http import require_GET

from courses.models import LessonProgress
from courses.queries.outline import current_enrolment
from courses.views.player import visible_lesson
from hanlin.kernel.views.files import private_response


def _name(request, slug, uid, field: str) -> str:
    """The file of the revision that this person studies; before the first entry, the lesson's own."""
    row = visible_lesson(slug, uid)
    enrolment = current_enrolment(request.user, row.course)
    progress = LessonProgress.objects.filter(enrolment=enrolment, lesson=row).select_related("revision").first()
    name = getattr(progress.revision, field) if enrolment and progress else getattr(row, field).name
    if not name:
        raise Http404("no file")
    return name


@login_required
@require_GET
def video(request, slug, uid):
    """The video, whole or the range asked for."""
    return private_response(request, _name(request, slug, uid, "video"), "lesson.mp4", "video/mp4", inline=True)


@login_required
@require_GET
def captions(request, slug, uid):
    """Its captions as WebVTT."""
    return private_response(request, _name(request, slug, uid, "captions"), "lesson.vtt", "text/vtt", inline=True)
