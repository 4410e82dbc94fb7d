"""The faces papers are set in, as @font-face rules with files, so that a machine without a Chinese font prints right.

Noto Serif SC and Noto Sans SC come with the wheel pylopdf-fonts-zh-cn (OFL). An administrator who holds licences
puts the office faces into the folder of HANLIN_PAPER_FONTS; they are then taken before the free ones.
Titles want a heavy Song face: it is cut from the variable Noto Serif SC that the pages use, in the same pieces,
and each piece is kept once it has been cut.
"""

import os
import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn as free
from django.conf import settings

# family in our style sheets → file stems an administrator may use
LICENSED = {
    "Hanlin Fang": ("fangsong", "simfang", "仿宋_GB2312", "仿宋"),
    "Hanlin Kai": ("kaiti", "simkai", "楷体_GB2312", "楷体"),
    "Hanlin Hei": ("heiti", "simhei", "黑体"),
    "Hanlin Song": ("songti", "simsun", "宋体"),
    "Hanlin Biaosong": ("xiaobiaosong", "FZXBSJW", "方正小标宋简体", "小标宋"),
}
FREE = {"Hanlin Serif": free.serif_path, "Hanlin Sans": free.sans_path}
SUFFIXES = (".otf", ".ttf", ".ttc", ".woff2")
HEAVY = 800  # on the scale of font weights; 小标宋 is about that black


def _licensed(folder: Path) -> Iterator[tuple[str, Path]]:
    files = {path.stem.lower(): path for path in sorted(folder.glob("*")) if path.suffix.lower() in SUFFIXES}
    for family, stems in LICENSED.items():
        for stem in stems:
            if path := files.get(stem.lower()):
                yield family, path
                break


def faces() -> dict[str, Path]:
    """Family name → file, of every whole face this installation has."""
    return {**dict(_licensed(Path(settings.PAPER_FONTS))), **{family: path() for family, path in FREE.items()}}


def heavy_faces(text: str) -> dict[str, Path]:
    """Family name → file, of the pieces of the heavy Song face that `text` needs.

    Empty where the front-end files are absent, or an administrator's 小标宋 makes them needless.
    """
    sheet = Path(settings.PAPER_SONG) / "song.css"
    if "Hanlin Biaosong" in faces() or not sheet.exists():
        return {}
    wanted = {ord(character) for character in text if not character.isspace()}
    found = {}
    for name, covers in _pieces(sheet, sheet.stat().st_mtime):
        if wanted & covers:
            found[f"Hanlin Heavy {name.split('-')[0].split('.')[0]}"] = _heavy(sheet.parent / name)
            wanted -= covers
    return found


@lru_cache(maxsize=2)
def _pieces(sheet: Path, _changed: float) -> tuple[tuple[str, frozenset[int]], ...]:
    rules = re.findall(r"url\(['\"]?([^)'\"]+)['\"]?\)[^}]*?unicode-range:\s*([^;}]+)", sheet.read_text())
    return tuple((name, frozenset(_range(text))) for name, text in rules)


def _range(text: str) -> Iterator[int]:
    for part in text.replace("U+", "").split(","):
        first, _dash, last = part.strip().partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def _heavy(source: Path) -> Path:
    """One piece as a static heavy face, cut at its first use."""
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    target = Path(settings.VAR) / "fonts-cut" / f"{source.stem}-{HEAVY}-{source.stat().st_size}.ttf"
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        font = instantiateVariableFont(TTFont(source, recalcTimestamp=False), {"wght": HEAVY})
        font.flavor = None
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            font.save(file)
        os.replace(name, target)
    return target


def face_rules(heavy_text: str) -> tuple[str, set[str]]:
    """The @font-face rules for a paper whose titles read `heavy_text`, and the addresses they load."""
    heavy, whole = heavy_faces(heavy_text), faces()
    rules = [f"@font-face {{ font-family: '{name}'; src: url('{path.as_uri()}'); }}" for name, path in (whole | heavy).items()]
    chain = ", ".join(f"'{family}'" for family in ("Hanlin Biaosong", *heavy, "Hanlin Serif"))
    rules.append(f".issuer-mark, .title, .heavy {{ font-family: {chain}, serif; font-weight: normal; }}")
    return "\n".join(rules), {path.as_uri() for path in (whole | heavy).values()}


@lru_cache(maxsize=8)
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that none of our faces can draw; a paper with one of them would print a box."""
    known = frozenset().union(*(_characters(path) for path in faces().values()))
    return {character for character in text if ord(character) not in known and not character.isspace()}
