"""The ledger of hours: posting and reversing. A posting never changes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.domain.outline import lesson_minutes
from courses.enums import Account, LessonKind
from courses.models import HourEntry, HourRule, LessonProgress
from courses.queries.conversion import FORM_OF, region_of, rule_for, rules_in_force
from hanlin.kernel.domain.audit import log
from hanlin.kernel.errors import Refused
from hanlin.people.models import Person


@transaction.atomic
def post(
    person: Person,
    *,
    actor: Person | None,
    account: Account,
    source: str,
    title: str,
    earned_on: date,
    minutes: Decimal,
    hours: Decimal,
    rule: HourRule | None = None,
    **more: Any,
) -> HourEntry:
    """Post hours of a source once for the year of `earned_on`; a second call gives back the first posting.

    `more`: course, lesson, evidence, reason.
    """
    same = HourEntry.objects.filter(person=person, source=source, year=earned_on.year, live=True)
    try:
        with transaction.atomic():
            if found := same.first():
                return found
            entry = HourEntry.objects.create(
                person=person,
                account=account,
                source=source,
                title=title[:200],
                year=earned_on.year,
                earned_on=earned_on,
                minutes=minutes,
                hours=hours,
                rule=rule,
                posted_by_name=actor.get_full_name() if actor else "",
                **more,
            )
    except IntegrityError:
        return same.get()
    log(entry, "courses.hours.post", actor=actor, after={"hours": hours, "minutes": minutes, "rule": rule.code if rule else ""})
    return entry


@transaction.atomic
def post_lesson(progress: LessonProgress, *, at: datetime) -> HourEntry | None:
    """Post what a finished lesson gives by the rule in force that day; None where no rule gives anything."""
    lesson, day = progress.lesson, timezone.localdate(at)
    minutes = lesson_minutes(lesson)
    rule = rule_for(FORM_OF[LessonKind(lesson.kind)], minutes, rules_in_force(on=day, region=region_of(progress.person)))
    if rule is None:
        return None
    sessions = progress.sessions.order_by("pk").values_list("pk", "started_at", "counted_ms")
    evidence = {
        "revision": progress.revision_id,
        "counted_ms": progress.counted_ms,
        "length_ms": progress.revision.length_ms,
        "score": progress.score,
        "spans": [list(span) for span in progress.intervals.order_by("start_ms").values_list("start_ms", "end_ms")],
        "sessions": [{"id": pk, "started_at": started.isoformat(), "counted_ms": counted} for pk, started, counted in sessions],
    }
    return post(
        progress.person,
        actor=None,
        account=Account.ONLINE,
        source=f"lesson:{lesson.uid}",
        title=f"{lesson.course.title}：{lesson.title}",
        earned_on=day,
        minutes=minutes,
        hours=rule.hours,
        rule=rule,
        course=lesson.course,
        lesson=lesson,
        evidence=evidence,
    )


@transaction.atomic
def reverse(entry: HourEntry, *, actor: Person, reason: str, on: date) -> HourEntry:
    """Take a posting back by a second one of the opposite sign. Raises Refused for one's own, a reversed or an unexplained one."""
    if actor.pk == entry.person_id:
        raise Refused(_("Nobody corrects their own hours. Ask another administrator."))
    if not reason.strip():
        raise Refused(_("Say why the posting is taken back; the person reads it in their ledger."))
    if entry.reverses_id or not HourEntry.objects.filter(pk=entry.pk, live=True).update(live=False):
        raise Refused(_("This posting has been taken back already."))
    reversal = HourEntry.objects.create(
        person=entry.person,
        account=entry.account,
        source=entry.source,
        title=entry.title,
        year=entry.year,
        earned_on=entry.earned_on,
        minutes=-entry.minutes,
        hours=-entry.hours,
        rule=entry.rule,
        course=entry.course,
        lesson=entry.lesson,
        evidence={"reversed_on": on.isoformat()},
        reverses=entry,
        reason=reason.strip()[:200],
        live=False,
        posted_by_name=actor.get_full_name(),
    )
    log(reversal, "courses.hours.reverse", actor=actor, after={"reason": reason, "hours": reversal.hours})
    return reversal
