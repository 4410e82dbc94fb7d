"""Scheduling a session, and the calendars that tell of it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hanlin.kernel.errors import Refused
from projects.domain import calendars, meetings
from projects.forms import ScheduleForm
from projects.models import ExpertReview, ReviewMeeting
from projects.queries.calendars import agenda_words, sessions_of, taken
from projects.queries.review import panel_of
from projects.views.base import kept_review


@login_required
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Book the panel's session, or move it."""
    review = kept_review(request, pk)
    panel = panel_of(review)
    meeting = panel and panel.round.meetings.standing().select_related("room").first()
    form = ScheduleForm(request.POST or None, project=review.project, initial=_initial(meeting))
    if request.method == "POST" and form.is_valid():
        starts_at, ends_at = form.span()
        data = form.cleaned_data
        try:
            meetings.schedule(
                review, room=data["room"], link=data["link"], starts_at=starts_at, ends_at=ends_at, agenda=data["agenda"],
                actor=request.user,
            )  # fmt: skip
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect("projects:review", pk)
    return render(request, "projects/schedule.html", _context(review, form, meeting), status=422 if form.errors else 200)


def _initial(meeting: ReviewMeeting | None) -> dict[str, Any]:
    if meeting is None:
        return {"agenda": agenda_words(), "start": "09:30", "end": "11:30"}
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    return {
        "day": start.date().isoformat(), "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "room": meeting.room_id,
        "link": meeting.link, "agenda": meeting.agenda,
    }  # fmt: skip


def _context(review: ExpertReview, form: ScheduleForm, meeting: ReviewMeeting | None) -> dict[str, Any]:
    panel = panel_of(review)
    seats = list(panel.seats.live().select_related("expert__person").order_by("-is_leader", "pk")) if panel else []
    return {
        "review": review,
        "project": review.project,
        "form": form,
        "meeting": meeting,
        "seats": seats,
        "taken": taken(review, [seat.expert.person_id for seat in seats]),
    }


@login_required
@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the session back."""
    review = kept_review(request, pk)
    meeting = get_object_or_404(ReviewMeeting.objects.standing().select_related("round__review__project"), round__review=review)
    try:
        meetings.cancel(meeting, actor=request.user)
    except Refused as error:
        form = ScheduleForm(project=review.project, initial=_initial(meeting))
        return render(request, "projects/schedule.html", {**_context(review, form, meeting), "error": error}, status=409)
    return redirect("projects:review", pk)


@login_required
def calendar(request: HttpRequest) -> HttpResponse:
    """My sessions, and the secret address that calendars read them from."""
    address = calendars.address_of(request.user)
    return render(request, "projects/calendar.html", {"meetings": sessions_of(request.user), "address": address})


@login_required
@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """A new secret address; the old one is dead."""
    calendars.renew(actor=request.user)
    return redirect("projects:calendar")


def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Everybody's own feed, without log-in: who knows the address reads it."""
    person = calendars.person_of(token)
    if person is None:
        raise Http404
    return _ics(calendars.as_ics(sessions_of(person, since_days=90)), "hanlin.ics")


@login_required
def invitation_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One session as .ics, for the panel and for who keeps, owns or leads the review."""
    meeting = get_object_or_404(ReviewMeeting.objects.select_related("round__review__project", "room"), pk=pk)
    mine = sessions_of(request.user).filter(pk=pk).exists()
    if not mine and not ExpertReview.objects.visible_to(request.user).filter(pk=meeting.round.review_id).exists():
        raise Http404
    return _ics(calendars.as_ics([meeting]), "session.ics")


def _ics(content: bytes, name: str) -> HttpResponse:
    reply = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    reply["Cache-Control"] = "private, no-store"
    return reply
