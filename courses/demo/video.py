"""Makes the demo's video lesson: slides drawn by Pillow, captions as WebVTT, H.264 by ffmpeg. No sound, no network.

`make(slides, mp4, vtt)` takes the `slides` of a lesson file (README.md beside this) and returns the
length in seconds. The result depends on the slides alone and is kept in VAR by their digest, so a
second start of the demo takes no time.
"""

import hashlib
import json
import math
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, FRAMES_PER_SECOND = 1280, 720, 4
MARGIN = 74
TOP, BOTTOM = (0x1F, 0x4B, 0x63), (0x12, 0x2B, 0x3A)
INK = (0xF4, 0xF1, 0xEA)
DRAWING = "1"  # goes into the digest: raise it when the look changes

Slide = dict[str, Any]


@dataclass(frozen=True)
class Cue:
    """One caption and the picture under it, from `start` to `end` seconds."""

    start: float
    end: float
    text: str
    picture: Image.Image


def make(slides: list[Slide], mp4: Path, vtt: Path, *, seconds: float | None = None) -> int:
    """Write the lesson and its captions; `seconds` squeezes the whole lesson to that length.

    Raises subprocess.CalledProcessError where ffmpeg fails, with its last words in `stderr`.
    """
    digest = hashlib.sha256(json.dumps([DRAWING, slides, seconds], ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:24]
    kept = Path(settings.VAR) / "made" / f"{digest}.mp4"
    cues = _cues(slides, seconds)
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        _encode(cues, kept)
    for path in (mp4, vtt):
        path.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(kept, mp4)
    vtt.write_text(_captions(cues), encoding="utf-8")
    return round(cues[-1].end)


def _cues(slides: list[Slide], seconds: float | None) -> list[Cue]:
    planned = sum(slide["seconds"] for slide in slides)
    scale = seconds / planned if seconds else 1.0
    cues, now = [], 0.0
    for number, slide in enumerate(slides, 1):
        texts = slide.get("captions") or [slide["title"]]
        letters = sum(map(len, texts))
        for step, text in enumerate(texts, 1):
            end = now + slide["seconds"] * scale * len(text) / letters
            cues.append(Cue(now, end, text, _draw(slide, number, len(slides), step / len(texts))))
            now = end
    return cues


def _captions(cues: list[Cue]) -> str:
    def clock(seconds: float) -> str:
        whole = round(seconds * 1000)
        return f"{whole // 3600000:02}:{whole // 60000 % 60:02}:{whole // 1000 % 60:02}.{whole % 1000:03}"

    blocks = [f"{number}\n{clock(cue.start)} --> {clock(cue.end)}\n{cue.text}" for number, cue in enumerate(cues, 1)]
    return "WEBVTT\n\n" + "\n\n".join(blocks) + "\n"


# ───────── drawing ─────────
@lru_cache(maxsize=32)
def _font(face: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(files("pylopdf_fonts_zh_cn") / f"Noto{face}SC-Regular.otf"), size)


@lru_cache(maxsize=1)
def _ground() -> Image.Image:
    column = Image.new("RGB", (1, HEIGHT))
    for y in range(HEIGHT):
        part = y / (HEIGHT - 1)
        column.putpixel((0, y), tuple(round(a + (b - a) * part) for a, b in zip(TOP, BOTTOM, strict=True)))
    return column.resize((WIDTH, HEIGHT))


def _draw(slide: Slide, number: int, total: int, shown: float) -> Image.Image:
    """One picture; of `lines`, only the share that has been spoken of stands in full ink."""
    picture = _ground().copy()
    pen = ImageDraw.Draw(picture, "RGBA")
    pen.text((MARGIN, 44), f"{number} / {total}", font=_font("Sans", 20), fill=(*INK, 190))
    pen.text((MARGIN, 78), slide["title"], font=_font("Serif", 46), fill=INK, stroke_width=1, stroke_fill=INK)
    if "table" in slide:
        _table(pen, slide["table"], slide.get("highlight"))
    else:
        _lines(pen, slide["lines"], shown)
    pen.rectangle((0, HEIGHT - 5, round(WIDTH * number / total), HEIGHT), fill=(0xF2, 0xC9, 0xBF, 255))
    return picture


def _lines(pen: ImageDraw.ImageDraw, lines: list[str], shown: float) -> None:
    full = math.ceil(len(lines) * shown)
    for place, line in enumerate(lines):
        y = 196 + place * 78
        alpha = 255 if place < full else 90
        if not line[:1].isdigit():
            pen.rectangle((MARGIN, y + 9, MARGIN + 5, y + 37), fill=(0xF2, 0xC9, 0xBF, alpha))
        pen.text((MARGIN + (0 if line[:1].isdigit() else 26), y), line, font=_font("Sans", 34), fill=(*INK, alpha))


def _table(pen: ImageDraw.ImageDraw, rows: list[list[str]], highlight: int | None) -> None:
    longest = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    room = WIDTH - 2 * MARGIN
    widths = [room * (length + 2) / (sum(longest) + 2 * len(longest)) for length in longest]
    height = min(66, 420 // len(rows))
    for place, row in enumerate(rows):
        y, strong = 186 + place * height, place == highlight
        if strong:
            pen.rectangle((MARGIN, y, WIDTH - MARGIN, y + height), fill=(255, 255, 255, 31))
        if place:
            pen.line((MARGIN, y, WIDTH - MARGIN, y), fill=(255, 255, 255, 56), width=1)
        x = float(MARGIN + 12)
        for cell, width in zip(row, widths, strict=True):
            size = 20 if place == 0 else 27
            fill = (*INK, 205) if place == 0 else INK
            pen.text((x, y + height / 2), cell, font=_font("Sans", size), fill=fill, anchor="lm", stroke_width=int(strong))
            x += width


# ───────── encoding ─────────
def _encode(cues: list[Cue], target: Path) -> None:
    """H.264 baseline, four pictures a second, index in front: plays while it loads, on every browser we know."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = []
        for number, cue in enumerate(cues):
            picture = folder / f"{number:03}.png"
            cue.picture.save(picture)
            lines += [f"file '{picture.name}'", f"duration {cue.end - cue.start:.3f}"]
        script, made = folder / "slides.txt", folder / "lesson.mp4"
        script.write_text("\n".join(lines))
        command = [
            ffmpeg(), "-v", "error", "-y", "-f", "concat", "-i", str(script),
            "-vf", f"fps={FRAMES_PER_SECOND},tpad=stop_mode=clone:stop_duration=30",  # a still picture has no length of its own
            "-t", f"{cues[-1].end:.3f}", "-c:v", "libx264", "-profile:v", "baseline", "-level", "3.1", "-pix_fmt", "yuv420p",
            "-preset", "veryfast", "-tune", "stillimage", "-crf", "27", "-g", str(FRAMES_PER_SECOND * 5), "-threads", "1",
            "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-an", "-movflags", "+faststart", str(made),
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=300)  # noqa: S603 - our own arguments
        waiting = target.with_suffix(".part")
        shutil.move(made, waiting)
        waiting.replace(target)


def ffmpeg() -> str:
    """The machine's ffmpeg where it knows H.264, else the one that the wheel brings."""
    own = shutil.which("ffmpeg")
    if own:
        encoders = subprocess.run([own, "-hide_banner", "-encoders"], capture_output=True, text=True, check=False, timeout=30)  # noqa: S603
        if "libx264" in encoders.stdout:
            return own
    return str(imageio_ffmpeg.get_ffmpeg_exe())
