"""Reads content/*.yaml into courses, and lets the fictional people study: all through the room's own functions."""

import io
import tempfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from courses import models
from courses.demo.video import make
from courses.domain import assignments, authoring, hours, playing, reference
from courses.domain.counting import Claim
from courses.enums import Account, LessonKind, QuestionKind
from courses.models import Course, HourEntry, HourRule, Lesson
from courses.queries.hours import TIER
from courses.queries.matching import posts_of
from hanlin.kernel.models import OfficialDocument
from hanlin.kernel.prose import article
from hanlin.people.enums import RankSystem
from hanlin.people.models import Organisation, Person, Post, Rank

CONTENT = Path(__file__).resolve().parent / "content"
SCHOOL = "示例省委党校"
BEAT = 15


@transaction.atomic
def load(*, on: date) -> None:
    """Courses, then past hours, then what is assigned and half studied on `on`. Safe to run again."""
    reference.load()
    school = Organisation.objects.get(name=SCHOOL, is_demo=True)
    for path in sorted(CONTENT.glob("*.yaml")):
        fact = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not Course.objects.filter(code=fact["code"]).exists():
            _course(fact, school)
    if not HourEntry.objects.filter(person__is_demo=True).exists():
        _past_hours(on)
    if not models.Assignment.objects.filter(is_demo=True).exists():
        _assign(on)
        _study(on)


# ── courses ──
def _course(fact: dict[str, Any], school: Organisation) -> None:
    lessons = fact.get("lessons") or []
    fields = {name: fact[name] for name in ("theme", "form", "summary", "teacher", "abilities")}
    course = authoring.add_course(
        fact["code"], f"{fact['title']}（示例）", actor=None, organisation=school, live=bool(lessons), is_demo=True, **fields
    )
    for position, lesson in enumerate(lessons, 1):
        _lesson(course, lesson, position)


def _lesson(course: Course, fact: dict[str, Any], position: int) -> None:
    kind = LessonKind(fact["kind"])
    common = {"actor": None, "minutes": fact.get("minutes") or 5, "position": position}
    if kind == LessonKind.VIDEO:
        with tempfile.TemporaryDirectory() as folder:
            mp4, vtt = Path(folder) / "lesson.mp4", Path(folder) / "lesson.vtt"
            make(fact["slides"], mp4, vtt)
            video, captions = (File(io.BytesIO(path.read_bytes()), name=path.name) for path in (mp4, vtt))
        authoring.add_lesson(course, kind, fact["title"], video=video, captions=captions, **common)
        return
    body = article(fact["body"]) if kind == LessonKind.ARTICLE else ()
    lesson = authoring.add_lesson(course, kind, fact["title"], body=body, **common)
    for place, question in enumerate(fact.get("questions") or [], 1):
        _question(lesson, question, place)


def _question(lesson: Lesson, fact: dict[str, Any], position: int) -> None:
    kind = QuestionKind(fact["kind"])
    if kind == QuestionKind.TRUE_FALSE:
        choices = [("正确", fact["correct"] is True), ("错误", fact["correct"] is False)]
    else:
        choices = [(text, place in fact["correct"]) for place, text in enumerate(fact["choices"])]
    authoring.add_question(lesson, kind, fact["text"], choices, actor=None, position=position, why=fact.get("why", ""))


# ── hours of the past ──
def _past_hours(on: date) -> None:
    """Every cadre of a tier gets this year's online hours and classroom days; every seventh is behind."""
    day_rule = HourRule.objects.get(code="classroom-day")
    posts = Post.objects.current(on).filter(is_main=True, person__is_demo=True).annotate(tier=TIER).exclude(tier="")
    for place, post in enumerate(posts.select_related("person").order_by("person__username")):
        person, behind, seed = post.person, place % 7 == 3, sum(map(ord, post.person.username))
        online = Decimal(38) if person.username == "guyun" else Decimal(24 + seed % 18 if behind else 50 + seed % 9)
        _online(person, online, on)
        if post.tier == "B":
            days = 10 if person.username == "guyun" else 8 if behind else 12
            spring = date(on.year, 3, 6) if on.month > 3 else date(on.year, 1, 2)
            _days(person, "乡科级数字政府轮训班（示例）", days, spring, day_rule, on)
            continue
        for back in range(5):
            days = 6 if behind else 15
            _days(person, "县处级干部网信能力专题班（示例）", days, date(on.year - back, 1, 8), day_rule, on)


def _online(person: Person, total: Decimal, on: date) -> None:
    """Postings of a series of online columns, month by month up to `on`."""
    months = max(1, on.month - 1)
    each = Decimal(int(total * 2 / months)) / 2
    for month in range(1, months + 1):
        amount = each if month < months else total - each * (months - 1)
        day = min(date(on.year, month, 18), on)
        hours.post(
            person,
            actor=None,
            account=Account.ONLINE,
            source=f"demo:column:{on.year}-{month:02d}",
            title=f"网络必修专栏（示例）第{month}期",
            earned_on=day,
            minutes=amount * 45,
            hours=amount,
            reason="演示数据：由上年系统导入",
        )


def _days(person: Person, title: str, days: int, day: date, rule: HourRule, on: date) -> None:
    hours.post(
        person, actor=None, account=Account.OFFLINE, source=f"demo:class:{title}", title=title, earned_on=min(day, on),
        minutes=Decimal(days * 450), hours=rule.hours * days, rule=rule, evidence={"days": days}, reason=f"演示数据：{days}天",
    )  # fmt: skip


# ── what is going on ──
def _assign(on: date) -> None:
    """Three duties for section-level cadres: one late, one soon, one with time; those whose course has lessons."""
    trainer = Person.objects.get(username="hexin")
    province = Organisation.objects.get(name="示例省人民政府（示例）")
    ranks = list(Rank.objects.filter(system=RankSystem.LEADERSHIP, code__in=["141", "142"]))
    for code, days in (("HL-504", -4), ("HL-402", 4), ("HL-202", 12)):
        course = Course.objects.filter(code=code, live=True, minutes__gt=0).first()
        if course is None:
            continue
        row = assignments.draft(
            course, actor=trainer, owner=province, organisations=[province], ranks=ranks, due_on=on + timedelta(days=days),
            reason="年度必修课程安排（示例）", today=on - timedelta(days=30), is_demo=True,
        )  # fmt: skip
        assignments.issue(row, actor=trainer)
        for post in posts_of(row, on=on).select_related("person", "organisation"):
            assignments.impose(row, post.person, post.organisation, actor=None)


def _study(on: date) -> None:
    """顾昀 has read the first two lessons of a course and stopped in the middle of its film, two evenings ago."""
    course = Course.objects.filter(code="HL-202", live=True).first()
    person = Person.objects.get(username="guyun")
    if course is None:
        return
    at = timezone.make_aware(datetime.combine(on - timedelta(days=2), time(19, 30)))
    for lesson in course.lessons.filter(live=True).order_by("position"):
        if lesson.kind == LessonKind.QUIZ:
            return
        at = _sit(person, lesson, at=at, share=1.0 if lesson.kind == LessonKind.ARTICLE else 0.42)
        if lesson.kind == LessonKind.VIDEO:
            return


def _sit(person: Person, lesson: Lesson, *, at: datetime, share: float) -> datetime:
    """One honest sitting: a beat each quarter minute until `share` of the lesson; returns when it ended."""
    session = playing.begin(person, lesson, at=at, device="演示")
    length = session.progress.revision.length_ms
    target, head, seq = int(length * share), 0, 0
    while head < target:
        step = min(BEAT * 1000, target - head)
        head, seq, at = head + step, seq + 1, at + timedelta(milliseconds=step)
        playing.beat(person, session.pk, seq, Claim(head, step, True), at=at)
    if lesson.kind == LessonKind.ARTICLE:
        playing.finish_reading(person, lesson, at=at)
    playing.leave(person, session.pk, at=at)
    return at + timedelta(minutes=1)


# ── taking it all away ──
@transaction.atomic
def remove() -> None:
    """Everything of demo people and demo courses. Ledger and learning records may only go this way."""
    courses = Course.objects.filter(is_demo=True)
    lessons = Lesson.objects.filter(course__in=courses)
    people = Person.objects.filter(is_demo=True)
    models.Duty.objects.filter(assignment__course__in=courses).delete()
    models.Duty.objects.filter(person__in=people).delete()
    models.Assignment.objects.filter(course__in=courses).delete()
    models.Assignment.objects.filter(created_by__in=people).delete()
    papers = list(models.Certificate.objects.filter(course__in=courses).values_list("document", flat=True))
    papers += models.Certificate.objects.filter(person__in=people).values_list("document", flat=True)
    models.Certificate.objects.filter(document__in=papers).delete()
    OfficialDocument.objects.filter(pk__in=papers).delete()
    OfficialDocument.objects.filter(template="courses.transcript", is_demo=True).delete()
    ledger = HourEntry._base_manager
    ledger.filter(person__in=people, reverses__isnull=False).delete()
    ledger.filter(person__in=people).delete()
    models.Enrolment.objects.filter(course__in=courses).delete()
    models.Enrolment.objects.filter(person__in=people).delete()
    models.StudyDay.objects.filter(person__in=people).delete()
    models.LessonRevision.objects.filter(lesson__in=lessons).delete()
    for lesson in lessons:
        lesson.video.delete(save=False)
        lesson.captions.delete(save=False)
    Revision.objects.filter(lesson__in=lessons).delete()
    lessons.delete()
    for course in courses:
        course.delete()
