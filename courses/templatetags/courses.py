"""Words of this room: `{% load courses %}`."""

from typing import Any

from django import template

from hanlin.kernel import formats

register = template.Library()


@register.filter
def credit(value: Any) -> str:
    """Hours as the ledger counts them, to the quarter: 0.25, 1.5, 12."""
    return formats.number(value, 2)


@register.filter
def playtime(milliseconds: Any) -> str:
    """12:40 from media milliseconds; 1:02:05 beyond the hour."""
    seconds = int(milliseconds or 0) // 1000
    hours, rest = divmod(seconds, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60:02d}:{rest % 60:02d}"


@register.filter
def seconds(milliseconds: Any) -> int:
    """Whole seconds from milliseconds."""
    return int(milliseconds or 0) // 1000
