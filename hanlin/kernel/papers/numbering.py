"""How document numbers are spelt, read and tidied."""

import re
from typing import NamedTuple

_LETTER = re.compile(r"(?P<head>\D+?)〔(?P<year>\d{4})〕(?P<number>[1-9]\d*)号")
_CERTIFICATE = re.compile(r"(?P<head>\D+?)字〔(?P<year>\d{4})〕第(?P<number>\d{5,})号")


class Number(NamedTuple):
    """The parts of a document number; `head` is issuer code and series together, as they are printed."""

    head: str
    year: int
    number: int


def number_text(issuer_code: str, series: str, year: int, number: int) -> str:
    """GB/T 9704: 示专委论〔2026〕3号. Year in full, hexagonal brackets, no leading zero, no 第."""
    return f"{issuer_code}{series}〔{year:04d}〕{number}号"


def certificate_text(issuer_code: str, series: str, year: int, number: int) -> str:
    """Certificates count in five digits, as registers of certificates do: 示党校结字〔2026〕第00012号."""
    return f"{issuer_code}{series}字〔{year:04d}〕第{number:05d}号"


def tidy_number(text: str) -> str:
    """A number as somebody typed it, with the brackets and without the spaces of the printed one."""
    text = re.sub(r"\s+", "", text.translate(str.maketrans("０１２３４５６７８９", "0123456789")))
    return re.sub(r"[\[［(（【〔﹝](\d{4})[\]］)）】〕﹞]", r"〔\1〕", text)


def parse_number(text: str) -> Number | None:
    """The parts of a printed number, or None where the text is none."""
    found = _CERTIFICATE.fullmatch(text) or _LETTER.fullmatch(text)
    return Number(found["head"], int(found["year"]), int(found["number"])) if found else None
