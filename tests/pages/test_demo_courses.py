"""The texts of the demo courses: they parse, teach, and keep the house's typography."""

import re
from pathlib import Path

import pytest
import yaml

from courses.enums import Ability, CourseForm, Theme
from hanlin.kernel.prose import article

CONTENT = Path(__file__).resolve().parents[2] / "courses" / "demo" / "content"
FILES = sorted(CONTENT.glob("*.yaml"))
COURSES = {path.stem: yaml.safe_load(path.read_text()) for path in FILES}
LESSONS = [(code, lesson) for code, course in COURSES.items() for lesson in course.get("lessons") or []]
QUESTIONS = [(code, q) for code, lesson in LESSONS if lesson["kind"] == "quiz" for q in lesson["questions"]]


def test_the_catalogue_has_its_24_courses_over_six_themes():
    themes = [course["theme"] for course in COURSES.values()]

    assert len(COURSES) == 24
    assert {theme: themes.count(theme) for theme in Theme.values} == dict.fromkeys(Theme.values, 4)


@pytest.mark.parametrize("code", COURSES)
def test_a_course_is_described(code):
    course = COURSES[code]

    assert course["code"] == code
    assert course["form"] in CourseForm.values
    assert set(course["abilities"]) <= set(Ability.values)
    assert course["abilities"]
    assert 30 <= len(course["summary"]) <= 200
    assert course["minutes"] > 0


def test_at_least_six_courses_can_be_studied():
    assert len({code for code, _lesson in LESSONS}) >= 6


@pytest.mark.parametrize(("code", "lesson"), [pair for pair in LESSONS if pair[1]["kind"] == "article"])
def test_an_article_has_something_to_say(code, lesson):
    blocks = article(lesson["body"])

    assert 600 <= len(lesson["body"]) <= 1600, f"{code} {lesson['title']}: {len(lesson['body'])}"
    assert "heading" in {block["type"] for block in blocks}


@pytest.mark.parametrize(("code", "question"), QUESTIONS)
def test_a_question_has_an_answer_and_a_reason(code, question):
    kind, correct = question["kind"], question["correct"]

    assert len(question["why"]) >= 15
    if kind == "truefalse":
        assert isinstance(correct, bool)
        return
    assert len(set(question["choices"])) == len(question["choices"]) >= 3
    assert correct == sorted(set(correct))
    assert set(correct) <= set(range(len(question["choices"])))
    assert len(correct) == 1 if kind == "single" else len(correct) >= 2


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_space_is_typed_between_han_and_latin(path):
    marks = re.compile(r"^\s*(§\w+|!note|#+|\d+\.|-|>) ")
    wrong = [
        line
        for line in path.read_text().splitlines()
        if re.search(r"[一-龥] [0-9A-Za-z]|[0-9A-Za-z] [一-龥]", marks.sub("", line)) and "|" not in line
    ]

    assert wrong == []
