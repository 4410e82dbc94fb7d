"""The faces papers are set in, as @font-face rules with files, so that a machine without a Chinese font prints right.

Noto Serif SC and Noto Sans SC come with the wheel pylopdf-fonts-zh-cn (OFL). An administrator who holds licences
puts the office faces into the folder of HANLIN_PAPER_FONTS; they are then taken before the free ones.
"""

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


def _licensed(folder: Path) -> Iterator[tuple[str, Path]]:
    files = {path.stem.lower(): path for path in sorted(folder.glob("*")) if path.suffix.lower() in SUFFIXES}
    for family, stems in LICENSED.items():
        for stem in stems:
            if path := files.get(stem.lower()):
                yield family, path
                break


def faces() -> dict[str, Path]:
    """Family name → file, of every face this installation has."""
    return {**dict(_licensed(Path(settings.PAPER_FONTS))), **{family: path() for family, path in FREE.items()}}


def face_rules() -> str:
    """The @font-face rules of all faces."""
    return "\n".join(f"@font-face {{ font-family: '{family}'; src: url('{path.as_uri()}'); }}" for family, path in faces().items())


@lru_cache(maxsize=8)
def _characters(path: Path) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that none of our faces can draw; a paper with one of them would print a box."""
    known = frozenset().union(*(_characters(path) for path in faces().values()))
    return {character for character in text if ord(character) not in known and not character.isspace()}
