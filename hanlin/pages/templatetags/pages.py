import re

from django import template
from django.template.loader import get_template
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

register = template.Library()
AROUND = 45  # characters shown on each side of the first word found


def _pattern(words):
    parts = [re.escape(part) for part in str(words).split() if part]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


@register.filter
def marked(text, words):
    """The text with every searched word in <mark>; everything else escaped."""
    pattern = _pattern(words)
    if pattern is None:
        return text
    text, pieces, place = str(text), [], 0
    for found in pattern.finditer(text):
        pieces += [conditional_escape(text[place : found.start()]), "<mark>", conditional_escape(found[0]), "</mark>"]
        place = found.end()
    return mark_safe("".join([*pieces, conditional_escape(text[place:])]))  # noqa: S308 - every piece is escaped above


@register.filter
def around(text, words):
    """A long text cut to what stands around the first searched word."""
    text, pattern = str(text), _pattern(words)
    found = pattern.search(text) if pattern else None
    start = max(found.start() - AROUND, 0) if found else 0
    cut = text[start : start + 3 * AROUND]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(text) else "")


@register.simple_tag(takes_context=True)
def card(context, card):
    """A room's card on the workbench: its template finds the panel's data by name, as `panel`, and `primary`."""
    with context.push({**card.data, "panel": card.data, "primary": card.primary}):
        return get_template(card.template).template.render(context)


@register.simple_tag(takes_context=True)
def query(context, **changes):
    """This page's query string with some keys changed; an empty value takes the key away."""
    values = context["request"].GET.copy()
    for key, value in changes.items():
        values.pop(key, None)
        if value not in ("", None):
            values[key] = value
    return "?" + values.urlencode()
