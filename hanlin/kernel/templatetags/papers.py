"""What paper templates need: Chinese dates, levels of headings, millimetres."""

from django import template

from hanlin.kernel.papers import words

register = template.Library()
register.filter("zh_date", words.zh_date)
register.filter("level", words.level)
register.filter("title_lines", words.title_lines)


@register.filter
def mm(points, factor="1"):
    """Points as a number of millimetres."""
    return float(points) * 25.4 / 72 * float(factor)


@register.filter
def add_mm(number, more):
    """A CSS length from two numbers of millimetres."""
    return f"{float(number) + float(more):.2f}mm"
