"""How papers spell dates and recognise headings, in PDF and .docx alike."""

import math
import re
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

LEVELS = ((re.compile(r"[一二三四五六七八九十]+、"), 1), (re.compile(r"（[一二三四五六七八九十]+）"), 2))


def as_moment(value: Any) -> Any:
    """Frozen data holds dates as ISO text; anything that is no date comes back as it is."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}(T.*)?", value):
        return (parse_datetime(value) if "T" in value else parse_date(value)) or value
    return value


def zh_date(value: Any) -> str:
    """2026年11月22日, without leading zeros, as GB/T 9704 wants it; with a time, 2026年11月22日17:05."""
    value = as_moment(value)
    if isinstance(value, datetime):
        value = localtime(value) if value.tzinfo else value
        return f"{value.year}年{value.month}月{value.day}日{value:%H:%M}"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value or "")


def level(paragraph: Any) -> int:
    """1 for 一、 (黑体), 2 for （一） (楷体), 0 for text; a heading is short and has no full stop inside."""
    text = str(paragraph)
    return next((number for pattern, number in LEVELS if pattern.match(text) and len(text) <= 28 and "。" not in text[:-1]), 0)


TITLE_WIDTH = 19.5  # characters of 22 pt in the type area, with a little air
_AFTER, _BEFORE = "的和与及、，）》”", "（《“"
_NEVER_FIRST, _NEVER_LAST = "、，。：；）》”的号年月日期", "（《“〔第"


def _width(text: str) -> float:
    return sum(1.0 if ord(character) > 0x2E7F else 0.5 for character in text)


def title_lines(title: str, width: float = TITLE_WIDTH) -> list[str]:
    """A title in lines of about the same length, none broken inside a number or before a full stop's kin."""
    count = math.ceil(_width(title) / width)
    if count < 2:
        return [title]
    goal = _width(title) / count
    fits = [at for at in range(2, len(title) - 1) if abs(_width(title[:at]) - goal) <= 4 and _width(title[:at]) <= width]
    at = min((at for at in fits if _may_break(title, at)), key=lambda at: _cost(title, at, goal), default=None)
    if at is None:
        return [title]
    return [title[:at], *title_lines(title[at:], width)]


def _may_break(title: str, at: int) -> bool:
    before, after = title[at - 1], title[at]
    inside_number = before.isascii() and after.isascii()
    return not inside_number and after not in _NEVER_FIRST and before not in _NEVER_LAST and not before.isdigit()


def _cost(title: str, at: int, goal: float) -> float:
    good = title[at - 1] in _AFTER or title[at] in _BEFORE
    return abs(_width(title[:at]) - goal) - (2.5 if good else 0)
