import subprocess

import pytest
from PIL import Image

from courses.demo import video
from courses.demo.lesson_video import make_lesson_video, slides


@pytest.fixture
def lesson(tmp_path, settings):
    settings.VAR = tmp_path / "var"
    return make_lesson_video(tmp_path / "out", seconds=20)


def test_the_film_is_small_h264_of_the_asked_length(lesson):
    probe = subprocess.run([video.ffmpeg(), "-hide_banner", "-i", str(lesson.mp4)], capture_output=True, text=True, check=False)

    assert lesson.seconds == 20
    assert "Video: h264 (Constrained Baseline)" in probe.stderr
    assert "Duration: 00:00:20" in probe.stderr
    assert "yuv420p" in probe.stderr
    assert lesson.mp4.stat().st_size < 6 * 1024 * 1024


def test_it_plays_while_it_loads(lesson):
    data = lesson.mp4.read_bytes()

    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_captions_follow_each_other_to_the_end(lesson):
    text = lesson.vtt.read_text()

    assert text.startswith("WEBVTT\n")
    assert "责任要落到岗位上，人换了，责任不断。" in text
    assert "00:00:20.000" in text


def test_a_second_making_takes_the_kept_film(tmp_path, lesson, monkeypatch):
    monkeypatch.setattr(video, "_encode", lambda *_: pytest.fail("it was made twice"))

    again = make_lesson_video(tmp_path / "again", seconds=20)

    assert again.mp4.read_bytes() == lesson.mp4.read_bytes()


def test_the_whole_lesson_runs_three_to_four_minutes():
    assert 180 <= sum(slide["seconds"] for slide in slides()) <= 240


def test_nothing_on_a_slide_runs_over_its_edge():
    """What would run over would stand in the last column of pixels."""
    script = slides()
    for number, slide in enumerate(script, 1):
        picture = video._draw(slide, number, len(script), 1.0)
        right, ground = (image.crop((video.WIDTH - 8, 0, video.WIDTH, video.HEIGHT - 6)) for image in (picture, video._ground()))

        assert isinstance(picture, Image.Image)
        assert right.tobytes() == ground.tobytes(), slide["title"]
