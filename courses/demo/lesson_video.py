"""The demo's video lesson, 共享责任清单怎么写, as a file to upload or to load."""

from pathlib import Path
from typing import NamedTuple

import yaml

from courses.demo.video import Slide, make

COURSE = Path(__file__).resolve().parent / "content" / "HL-202.yaml"


class LessonVideo(NamedTuple):
    """Where the film and its captions were written, and how long it runs."""

    mp4: Path
    vtt: Path
    seconds: int


def slides() -> list[Slide]:
    """The slide script of the course's video lesson."""
    lessons = yaml.safe_load(COURSE.read_text())["lessons"]
    found: list[Slide] = next(lesson["slides"] for lesson in lessons if lesson["kind"] == "video")
    return found


def make_lesson_video(target_dir: Path, *, seconds: float | None = None) -> LessonVideo:
    """Write lesson.mp4 and lesson.vtt into the folder; `seconds` squeezes the lesson for a quick walk."""
    mp4, vtt = Path(target_dir) / "lesson.mp4", Path(target_dir) / "lesson.vtt"
    return LessonVideo(mp4, vtt, make(slides(), mp4, vtt, seconds=seconds))
