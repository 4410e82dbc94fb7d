"""How papers spell dates and recognise headings, in PDF and .docx alike."""

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
