"""The whole product once, through the real pages: from a roster to a certificate, from a project to closed findings."""

import os
import re
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.core.management import call_command
from django.utils import timezone, translation

from courses.demo.video import make
from courses.domain import authoring
from courses.enums import LessonKind, QuestionKind
from courses.models import Lesson
from hanlin.demo_logins import PASSWORD
from hanlin.kernel.prose import article
from hanlin.kernel.queries.calendar import add_working_days
from hanlin.people.models import Organisation
from projects.models import Room
from tests.browser.conftest import OFFICE, PHONE, _page, enter
from tests.browser.steps import Walk, review, study

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CONTENT = Path(__file__).resolve().parent.parent.parent / "courses" / "demo" / "content"


@pytest.fixture
def walk(worker, live_server, browser, tmp_path, settings):
    """The demo's people, committee and courses; one more course that waits in the editors' desk; real worker beside."""
    settings.PUBLIC_URL = live_server.url
    call_command("load_reference", verbosity=0)
    with translation.override("zh-hans"):
        for room in ("hanlin.people", "courses", "committees", "hanlin.pages"):
            import_module(f"{room}.demo").load(on=timezone.localdate())
    walk = Walk(folder=tmp_path)
    _draft_course(walk)
    contexts = []

    def window(size, **more):
        context, page = _page(browser, size, live_server.url, **more)
        contexts.append((context, page))
        return page

    walk.office = lambda: window(OFFICE)
    walk.phone = lambda: window(PHONE, has_touch=True, is_mobile=True)
    yield walk
    for context, _ in contexts:
        context.close()
    assert [complaint for _context, page in contexts for complaint in page.complaints] == []


def _draft_course(walk: Walk) -> None:
    """A course as an editor left it on Friday: text and questions written, the film missing, nothing published."""
    fact = yaml.safe_load((CONTENT / "HL-202.yaml").read_text())
    school = Organisation.objects.get(name="示例省委党校")
    course = authoring.add_course(
        "HL-901", "共享责任清单填报", actor=None, organisation=school, abilities=["steer"], live=False,
        theme="data", form="required", summary="一项数据，一个责任人：把共享责任落到岗位。", teacher="仇旻，示例省标准化院",
    )  # fmt: skip
    film = Lesson.objects.create(course=course, position=1, kind=LessonKind.VIDEO, title="清单怎么填", live=False)
    text = "每一项共享数据都要写明提供单位、更新频率和责任岗位。人换了，岗位不换，责任不断。"
    reading = authoring.add_lesson(
        course, LessonKind.ARTICLE, "责任落到岗位", actor=None, minutes=1, position=2, body=article(text)
    )
    quiz = authoring.add_lesson(course, LessonKind.QUIZ, "随堂测验", actor=None, minutes=5, position=3)
    questions = next(lesson for lesson in fact["lessons"] if lesson["kind"] == "quiz")["questions"][:10]
    answers = {}
    for place, question in enumerate(questions, 1):
        kind = QuestionKind(question["kind"])
        choices = [("正确", question["correct"] is True), ("错误", question["correct"] is False)]
        if kind != QuestionKind.TRUE_FALSE:
            choices = [(words, n in question["correct"]) for n, words in enumerate(question["choices"])]
        authoring.add_question(quiz, kind, question["text"], choices, actor=None, position=place, why=question.get("why", ""))
        answers[question["text"]] = {words for words, right in choices if right}
    Lesson.objects.filter(pk__in=[reading.pk, quiz.pk]).update(live=False)
    walk.kept |= {"course": course, "film": film, "others": [reading, quiz], "answers": answers}
    hall = Organisation.objects.get(name="示例省数据局")
    Room.objects.create(name="301室", organisation=hall, capacity=20, address="2号楼")
    walk.kept["due"] = timezone.localdate() + timedelta(days=20)
    walk.kept["meeting_day"] = add_working_days(timezone.localdate(), 3)


def _film(folder: Path) -> tuple[Path, Path]:
    slides = [
        {"title": "一项数据，一个责任人", "lines": ["提供单位", "更新频率", "责任岗位"], "say": "责任要落到岗位上。", "seconds": 6},
        {"title": "人换了，责任不断", "lines": ["交接有单", "清单有账"], "say": "人换了，责任不断。", "seconds": 6},
    ]
    mp4, captions = folder / "清单怎么填.mp4", folder / "清单怎么填.vtt"
    make(slides, mp4, captions, seconds=12)
    return mp4, captions


def _study(walk: Walk) -> None:
    trainer = walk.enter(walk.office(), "hexin", PASSWORD)
    study.import_roster(walk, trainer)
    study.publish_course(walk, trainer, *_film(walk.folder))
    study.assign(walk, trainer)
    cadre = walk.phone()
    study.first_log_in(walk, cadre, "温知远")
    study.study(walk, cadre)
    study.certificate(walk, cadre)
    stranger = walk.office()
    code = re.search(r"(?:[A-Z0-9]{4}-){4}[A-Z0-9]{4}", walk.kept["certificate"]).group(0)
    stranger.goto(f"/verify/{code}/")
    walk.look(stranger)
    assert "相符" in stranger.inner_text("main")


def _review(walk: Walk) -> None:
    owner = walk.enter(walk.office(), "tangshu", PASSWORD)
    review.register(walk, owner)
    secretary = walk.enter(walk.office(), "wensheng", PASSWORD)
    review.accept(walk, secretary)
    review.compose(walk, secretary)
    guest, expert = walk.office(), walk.office()
    review.answer_invitations(walk, guest)
    review.replace(walk, secretary)
    enter(secretary, review.person("wensheng"))
    review.schedule(walk, secretary)
    review.declare(walk, expert)
    review.assess(walk, expert)
    review.opinion(walk, secretary)
    review.sign(walk, expert)
    review.issue(walk, secretary)
    review.answer_item(walk, owner)
    review.close(walk, secretary)


def test_from_roster_to_certificate_and_from_project_to_closed_item(walk):
    _study(walk)
    _review(walk)
    review.board(walk, walk.enter(walk.office(), "chengjing", PASSWORD))

    ashamed = {path: found for path, found in walk.visited.items() if found}
    assert len(walk.visited) > 35
    assert ashamed == {}


SCREENS = [
    ("guyun", "学员", OFFICE), ("guyun", "学员-手机", PHONE), ("hexin", "培训管理员", OFFICE),
    ("wensheng", "专家委秘书", OFFICE), ("zengzhe", "专家", OFFICE), ("tangshu", "项目建设单位", OFFICE),
    ("chengjing", "领导", OFFICE), ("shenyan", "系统管理员", OFFICE), ("luheng", "安全管理员", OFFICE),
    ("sujian", "审计管理员", OFFICE),
]  # fmt: skip


def test_first_page_of_every_role(worker, live_server, browser, tmp_path, settings):
    """Each role's first page with the whole demo, kept as a picture when HANLIN_SCREENS names a folder."""
    settings.DEMO = True
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    folder = Path(os.environ.get("HANLIN_SCREENS") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for username, name, size in SCREENS:
        context, page = _page(browser, size, live_server.url)
        enter(page, review.person(username))
        page.goto("/")
        page.wait_for_load_state("networkidle")
        walk = Walk(folder=tmp_path)
        walk.look(page)
        page.screenshot(path=folder / f"{name}.png")
        found[name] = walk.visited[urlsplit(page.url).path] + page.complaints
        context.close()
    assert {name: words for name, words in found.items() if words} == {}
