"""Cleaners for table columns: each takes the cell's text and gives the value, or raises ValueError in words."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

Clean = Callable[[str], Any]
_DATE = re.compile(r"^(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?(?:\s+0?0:00(?::00)?)?$")


def as_text(max_length: int = 200) -> Clean:
    """Text of at most so many characters."""

    def clean(text: str) -> str:
        if len(text) > max_length:
            raise ValueError(_("has %(length)d characters; at most %(max)d fit") % {"length": len(text), "max": max_length})
        return text

    return clean


def as_date(earliest: date | None = None, latest: date | None = None) -> Clean:
    """A day: 2026-11-22, 2026/11/22, 2026.11.22, 2026年11月22日 or 20261122, within the bounds."""

    def clean(text: str) -> date:
        found = _DATE.match(text)
        parts = found.groups() if found else (text[:4], text[4:6], text[6:]) if re.fullmatch(r"\d{8}", text) else None
        try:
            day = date(*(int(part) for part in parts)) if parts else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(_("“%(text)s” is no day of the calendar; write 2026-11-22") % {"text": text})
        if (earliest and day < earliest) or (latest and day > latest):
            raise ValueError(_("%(day)s lies outside the possible time") % {"day": day.isoformat()})
        return day

    return clean


def as_decimal(*, places: int = 2, minimum: Decimal | None = None, maximum: Decimal | None = None) -> Clean:
    """A number with at most so many decimal places, thousands commas allowed."""

    def clean(text: str) -> Decimal:
        try:
            value = Decimal(text.replace(",", "").replace("，", ""))
        except InvalidOperation as error:
            raise ValueError(_("“%(text)s” is not a number") % {"text": text}) from error
        if not value.is_finite() or -int(value.as_tuple().exponent) > places:
            raise ValueError(_("%(text)s has more than %(places)d decimal places") % {"text": text, "places": places})
        if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
            raise ValueError(_between(text, minimum, maximum))
        return value

    return clean


def as_integer(*, minimum: int | None = None, maximum: int | None = None) -> Clean:
    """A whole number within the bounds."""
    number = as_decimal(
        places=0,
        minimum=None if minimum is None else Decimal(minimum),
        maximum=None if maximum is None else Decimal(maximum),
    )
    return lambda text: int(number(text))


def _between(text: str, minimum: Decimal | None, maximum: Decimal | None) -> str:
    if maximum is None:
        return _("%(text)s is less than %(min)s") % {"text": text, "min": minimum}
    if minimum is None:
        return _("%(text)s is more than %(max)s") % {"text": text, "max": maximum}
    return _("%(text)s does not lie between %(min)s and %(max)s") % {
        "text": text,
        "min": minimum,
        "max": maximum,
    }


def as_choice(choices: Mapping[str, Any]) -> Clean:
    """One of the words; the value is what it maps to. The words may be lazy translations."""

    def clean(text: str) -> Any:
        words = {str(word): value for word, value in choices.items()}
        if text not in words:
            raise ValueError(
                _("“%(text)s” is not one of: %(words)s") % {"text": text[:40], "words": _(", ").join(list(words)[:12])}
            )
        return words[text]

    return clean


def as_yes_no(text: str) -> bool:
    """是/否, yes/no, 1/0."""
    if text.lower() in {"是", "有", "yes", "y", "1", "true", "√"}:
        return True
    if text.lower() in {"否", "无", "無", "no", "n", "0", "false", "×"}:
        return False
    raise ValueError(_("“%(text)s” should be 是 or 否") % {"text": text[:40]})
