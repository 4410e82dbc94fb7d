"""The parts of a page: `{% load hanlin %}`. What each looks like stands on /styleguide/."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hanlin.kernel import formats

register = template.Library()

BADGE_ICONS = {"done": "circle-check", "run": "progress", "soon": "clock", "late": "clock-exclamation", "idle": "circle-dashed"}
SAYS = {"success": "circle-check", "info": "info-circle", "warning": "alert-triangle", "error": "alert-circle", "debug": "tool"}
LANG_TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of tools/icons.txt. Beside a word it is silent; alone it needs `label`."""
    address = f"{staticfiles_storage.url('vendor/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="ti" role="img" aria-label="{}"><use href="{}"></use></svg>', label, address)
    return format_html('<svg class="ti" aria-hidden="true"><use href="{}"></use></svg>', address)


@register.simple_tag
def badge(kind: str, text: str, icon_name: str = "") -> SafeString:
    """State as shape, word and colour. `kind`: done, run, soon, late, idle."""
    return format_html('<span class="st st-{}">{}{}</span>', kind, icon(icon_name or BADGE_ICONS[kind]), text)


@register.simple_tag
def state(row: Any, field: str = "state") -> SafeString:
    """The badge of a row's state; its model says the kinds in `BADGES = {State.X: "done"}`."""
    kinds: Mapping[str, str] = getattr(row, "BADGES", {})
    return badge(kinds.get(getattr(row, field), "idle"), getattr(row, f"get_{field}_display")())


@register.simple_tag
def due(day: date | datetime | None, plain: bool = False) -> SafeString | str:
    """A deadline in working days: a badge when soon or late (`plain`: words alone), ink otherwise."""
    kind, words = formats.due_words(day)
    if not kind:
        return ""
    if kind == "plain":
        return format_html('<span class="due">{}</span>', words)
    return format_html('<span class="due due-{}">{}</span>', kind, words) if plain else badge(kind, words)


def _share(done: Any, total: Any) -> float:
    """Percent between 0 and 100; nothing of nothing is 0."""
    part, whole = float(done or 0), float(total or 0)
    return round(max(0.0, min(100.0, 100 * part / whole)), 2) if whole > 0 else 0.0


@register.inclusion_tag("components/bar.html")
def bar(done: Any, total: Any, label: str, words: str = "") -> dict[str, Any]:
    """A thin progress bar; `label` is read aloud, `words` stand beside it."""
    share = _share(done, total)
    return {"share": share, "label": label, "words": words, "met": share >= 100}


@register.inclusion_tag("components/ring.html")
def ring(value: Any, goal: Any, label: str = "", unit: str = "", pace: Any = None) -> dict[str, Any]:
    """A ring with the value inside and the requirement below it; `pace` 0–1 sets the tick where one should be today."""
    share = _share(value, goal)
    angle = float(pace) * 360 if pace is not None and 0 < float(pace) < 1 else None
    shown, needed = formats.number(value), formats.number(goal)
    unit = unit or _("hours")
    words = _("of %(goal)s %(unit)s") % {"goal": needed, "unit": unit}
    said = _("%(value)s of %(goal)s %(unit)s") % {"value": shown, "goal": needed, "unit": unit}
    return {"share": share, "met": share >= 100, "angle": angle, "value": shown, "words": words, "label": f"{label} {said}".strip()}


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[Any], label: str = "") -> dict[str, Any]:
    """Steps with `title`, `state` (done, now, late or nothing), and where they have one, `note` and `url`."""
    return {"steps": steps, "label": label}


@register.inclusion_tag("components/empty.html")
def empty(icon_name: str, title: str, text: str, url: str = "", action: str = "") -> dict[str, Any]:
    """What this is, why it is empty, what to do."""
    return {"icon_name": icon_name, "title": title, "text": text, "url": url, "action": action}


@register.inclusion_tag("components/figure_source.html")
def figure_source(source: str, as_of: Any, quality: str = "A", note: str = "") -> dict[str, Any]:
    """The line under every figure. `quality` A 甲 complete, B 乙 some missing, C 丙 reference only; `note` says how or why."""
    marks = {"A": ("a", "甲", _("complete")), "B": ("b", "乙", _("some missing")), "C": ("c", "丙", _("for reference only"))}
    kind, mark, words = marks[quality]
    when = formats.moment(as_of) if isinstance(as_of, datetime) else formats.day(as_of) if isinstance(as_of, date) else as_of
    return {"source": source, "when": when, "kind": kind, "mark": mark, "words": note or words}


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Any, name: str = "page") -> dict[str, Any]:
    """Links to the pages of a list; the other words of the address stay."""
    query = context["request"].GET.copy() if "request" in context else None
    if query is not None:
        query.pop(name, None)
    rest = query.urlencode() if query else ""
    pages = [(n, f"?{urlencode({name: n})}{'&' + rest if rest else ''}") for n in _numbers(page)]
    return {"page": page, "pages": pages, "rest": rest, "name": name, "gap": page.paginator.ELLIPSIS}


def _numbers(page: Any) -> list[Any]:
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.inclusion_tag("components/field.html")
def field(bound: Any, hint: str = "") -> dict[str, Any]:
    """A form field: label, hint, error above it in words, then the control."""
    widget = bound.field.widget
    group = getattr(widget, "input_type", "") in ("radio", "checkbox") and hasattr(widget, "choices")
    single = getattr(widget, "input_type", "") == "checkbox" and not hasattr(widget, "choices")
    kind = "form-check-input" if single or group else "form-select" if hasattr(widget, "choices") else "form-control"
    described = " ".join(
        part
        for part, there in ((f"{bound.auto_id}_hint", bound.help_text or hint), (f"{bound.auto_id}_error", bound.errors))
        if there
    )
    attrs = {"class": f"{widget.attrs.get('class', '')} {kind}{' is-invalid' if bound.errors else ''}".strip()}
    attrs |= {"aria-describedby": described} if described and not group else {}
    attrs |= {"aria-invalid": "true"} if bound.errors and not group else {}
    if widget.attrs.get("placeholder") == bound.label:
        attrs["placeholder"] = False  # the label has said it
    control = bound.as_widget(attrs=attrs) if not group else ""
    return {"bound": bound, "control": control, "hint": hint or bound.help_text, "group": group, "single": single, "kind": kind}


@register.inclusion_tag("components/form.html")
def form_fields(form: Any) -> dict[str, Any]:
    """The list of errors with links, hidden fields, then every field in its order."""
    return {"form": form}


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: Any) -> dict[str, Any]:
    """At the head of a refused form: what is wrong, with links to the fields."""
    return {"form": form, "faulty": [bound for bound in form if bound.errors]}


@register.inclusion_tag("components/scale.html")
def scale(name: str, anchors: Sequence[Any], value: Any = None, legend: str = "", required: bool = True) -> dict[str, Any]:
    """Five words instead of five stars: radio buttons 1 to 5 with their anchors always visible."""
    rows = [{"number": n, "text": text, "chosen": str(value) == str(n)} for n, text in enumerate(anchors, start=1)]
    return {"name": name, "rows": rows, "legend": legend, "required": required}


@register.filter
def hours(value: Any) -> str:
    """Hours with one decimal at most: 38.5, 75."""
    return formats.number(value)


@register.filter
def thousands(value: Any) -> str:
    """12,840."""
    return formats.number(value, 2)


@register.filter
def wan(value: Any) -> str:
    """A sum kept in ten thousands of yuan: 4,860万元."""
    return formats.wan(value)


@register.filter
def percent(value: Any, of: Any = 1) -> str:
    """81.6% of a share, or of `value` in `of`."""
    whole = Decimal(str(of or 0))
    return f"{formats.number(Decimal(str(value or 0)) * 100 / whole)}%" if whole else ""


@register.filter
def zh_date(value: Any) -> str:
    """11月22日; another year is named."""
    return formats.day(value)


@register.filter
def zh_full_date(value: Any) -> str:
    """2026年11月22日."""
    return formats.day(value, year=True)


@register.filter
def zh_datetime(value: Any) -> str:
    """11月25日17:00."""
    return formats.moment(value)


@register.filter
def clock(value: Any) -> str:
    """17:00."""
    return formats.clock(value)


@register.filter
def zh_weekday(value: Any) -> str:
    """星期一."""
    return formats.weekday(value)


@register.filter
def zh_until(first: date, last: date) -> str:
    """11月23日至27日."""
    return formats.day_range(first, last)


@register.filter
def minutes(seconds: Any) -> str:
    """12分40秒 from seconds."""
    whole = int(seconds or 0)
    if whole < 60:
        return _("%(seconds)d s") % {"seconds": whole}
    if whole % 60 == 0:
        return _("%(minutes)d min") % {"minutes": whole // 60}
    return _("%(minutes)d min %(seconds)d s") % {"minutes": whole // 60, "seconds": whole % 60}


@register.filter
def yesno_is(value: Any, wanted: str) -> str:
    """ "true" or "false" for aria-pressed."""
    return "true" if value == wanted else "false"


@register.filter
def say_icon(level: str) -> str:
    """The icon of a message's level."""
    return SAYS.get(level, "info-circle")


@register.simple_tag
def lang_tag(code: str) -> str:
    """zh-Hans for zh-hans, as browsers choose the glyphs by it."""
    return LANG_TAGS.get(code, code or settings.LANGUAGE_CODE)
