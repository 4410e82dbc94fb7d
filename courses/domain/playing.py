"""Honest minutes: a player says where it stands, the server's clock decides what counts."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain import lessons
from courses.domain.counting import Bounds, Claim, Verdict, believe, merge
from courses.enums import LessonKind, SessionEnd, SuspicionKind
from courses.models import Lesson, LessonProgress, PlaySession, StudyDay, Suspicion, WatchedInterval
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.kernel.queries.policy import policy
from hanlin.people.models import Person


class SessionOver(Refused):
    """The sitting has ended; its player must stop counting."""


@dataclass(frozen=True)
class Standing:
    """What the player is told after a beat; times in media milliseconds."""

    counted: int
    furthest: int
    resume: int
    length: int
    today: int
    cap: int
    completed: bool
    believed: int = 0


def _milliseconds(since: datetime, until: datetime) -> int:
    return max(0, int((until - since).total_seconds() * 1000))


@transaction.atomic
def begin(person: Person, lesson: Lesson, *, at: datetime, device: str = "") -> PlaySession:
    """Open a sitting; any other of this person ends, and its device is told at its next beat.

    Raises Refused where the lesson is not open or is a quiz.
    """
    if lesson.kind == LessonKind.QUIZ:
        raise Refused(_("A quiz is answered, not played."))
    if not lesson.live:
        raise Refused(_("This lesson is not open. Go back to the course and choose another one."))
    Person.objects.select_for_update().get(pk=person.pk)  # two devices starting at once take turns
    progress = lessons.enter(person, lesson, at=at)
    tolerance = int(policy("courses.study.beat_tolerance") * 1000)
    for other in PlaySession.objects.filter(person=person, ended_at=None):
        silent = _milliseconds(other.last_beat_at, at) > 2 * tolerance
        _end(other, SessionEnd.SILENT if silent else SessionEnd.TAKEN_OVER, at=at)
    session = PlaySession.objects.create(person=person, progress=progress, device=device[:200], started_at=at, last_beat_at=at)
    log(session, "courses.session.begin", actor=person, after={"lesson": str(lesson)})
    return session


def _end(session: PlaySession, why: SessionEnd, *, at: datetime) -> None:
    PlaySession.objects.filter(pk=session.pk, ended_at=None).update(ended_at=at, end=why)


@transaction.atomic
def leave(person: Person, session_pk: int, *, at: datetime) -> None:
    """Close a sitting; nothing happens where it is closed already."""
    if session := PlaySession.objects.filter(pk=session_pk, person=person, ended_at=None).first():
        _end(session, SessionEnd.LEFT, at=at)


@transaction.atomic
def beat(person: Person, session_pk: int, seq: int, claim: Claim, *, at: datetime) -> Standing:
    """Take one beat of a player. Raises SessionOver where the sitting has ended.

    A beat that is not newer than the last one changes nothing and is noted; so is one that claims
    what cannot be. The rows are locked person by person, so that racing beats take turns.
    """
    rows = PlaySession.objects.select_for_update(of=("self",)).select_related("progress__revision", "progress__lesson__course")
    session = rows.filter(pk=session_pk, person=person).first()
    if session is None or session.ended_at is not None:
        raise SessionOver(_over(session))
    session.person = person
    progress = session.progress
    progress.person = person
    today, _new = StudyDay.objects.select_for_update().get_or_create(person=person, day=timezone.localdate(at))
    cap = int(policy("courses.study.daily_cap") * 3_600_000)
    if seq <= session.seq:
        _suspect(session, SuspicionKind.REPLAYED, at=at, detail={"seq": seq, "last": session.seq})
        return _standing(progress, today, cap)
    elapsed = _milliseconds(session.last_beat_at, at)
    tolerance = int(policy("courses.study.beat_tolerance") * 1000)
    bounds = Bounds(elapsed, tolerance, progress.revision.length_ms, progress.furthest_ms, max(0, cap - today.counted_ms))
    if progress.lesson.kind == LessonKind.ARTICLE:  # reading has no playhead: the clock alone moves on
        claim = Claim(min(progress.furthest_ms + max(0, claim.played), bounds.length), claim.played, claim.visible)
    verdict = believe(claim, bounds)
    believed = _apply(verdict, session, progress, today, at=at)
    PlaySession.objects.filter(pk=session.pk).update(
        seq=seq,
        last_beat_at=at,
        clock_ms=session.clock_ms + min(elapsed, tolerance),
        counted_ms=session.counted_ms + believed,
    )
    if verdict.suspicion:
        detail = {"playhead": claim.playhead, "played": claim.played, "elapsed": elapsed, "furthest": bounds.furthest}
        _suspect(session, verdict.suspicion, at=at, detail=detail)
    if progress.completed_at is None and progress.lesson.kind == LessonKind.VIDEO and _enough(progress):
        lessons.complete(progress, at=at)
    return _standing(progress, today, cap, believed)


def _over(session: PlaySession | None) -> str:
    if session is not None and session.end == SessionEnd.TAKEN_OVER:
        return _("Study goes on at another device, so this one has stopped counting. To study here, start again.")
    return _("This sitting has ended. To go on, start again; what was counted is kept.")


def _enough(progress: LessonProgress) -> bool:
    share = policy("courses.study.complete_share") / 100
    length = progress.revision.length_ms
    return length > 0 and Decimal(progress.counted_ms) >= share * length


def _apply(verdict: Verdict, session: PlaySession, progress: LessonProgress, today: StudyDay, *, at: datetime) -> int:
    """Write what is believed; returns the milliseconds that are new."""
    added = 0
    if verdict.span:
        spans = {(row.start_ms, row.end_ms): row for row in progress.intervals.all()}
        whole, touching, added = merge(list(spans), verdict.span)
        first = min([session.last_beat_at, *(spans[span].first_at for span in touching)])
        if touching != [whole]:
            progress.intervals.filter(pk__in=[spans[span].pk for span in touching]).delete()
            WatchedInterval.objects.create(progress=progress, start_ms=whole[0], end_ms=whole[1], first_at=first, last_at=at)
        progress.furthest_ms = max(progress.furthest_ms, verdict.span[1])
    progress.counted_ms += added
    progress.resume_ms = min(verdict.resume, progress.furthest_ms)
    progress.save(update_fields=["counted_ms", "furthest_ms", "resume_ms", "studied_at"])
    if added:
        today.counted_ms += added
        today.save(update_fields=["counted_ms"])
    return added


def _suspect(session: PlaySession, kind: SuspicionKind, *, at: datetime, detail: dict[str, int]) -> None:
    Suspicion.objects.create(person=session.person, session=session, kind=kind, at=at, detail=detail)


def _standing(progress: LessonProgress, today: StudyDay, cap: int, believed: int = 0) -> Standing:
    return Standing(
        counted=progress.counted_ms,
        furthest=progress.furthest_ms,
        resume=progress.resume_ms,
        length=progress.revision.length_ms,
        today=today.counted_ms,
        cap=cap,
        completed=progress.completed_at is not None,
        believed=believed,
    )


@transaction.atomic
def finish_reading(person: Person, lesson: Lesson, *, at: datetime) -> LessonProgress:
    """Close an article whose least reading time is over. Raises Refused with the seconds that are missing."""
    progress = lessons.enter(person, lesson)
    progress = LessonProgress.objects.select_for_update(of=("self",)).select_related("revision", "enrolment").get(pk=progress.pk)
    progress.lesson, progress.person = lesson, person
    missing = progress.revision.length_ms - progress.counted_ms
    if lesson.kind != LessonKind.ARTICLE:
        raise Refused(_("Only an article is closed this way."))
    if missing > 0 and progress.completed_at is None:
        raise Refused(
            _("Read for another %(seconds)d seconds; the time counts while this page is in front.")
            % {"seconds": -(-missing // 1000)}
        )
    lessons.complete(progress, at=at)
    return progress
