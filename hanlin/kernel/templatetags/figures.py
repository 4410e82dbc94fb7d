"""Figures of a board: `{% load figures %}`. Every one has its values in words, too."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from hanlin.kernel import formats
from hanlin.kernel.places import TILES

register = template.Library()


def _step(value: float, bounds: Sequence[float]) -> str:
    """s1 to s5 by the four bounds of the ramp."""
    return f"s{1 + sum(value >= bound for bound in bounds)}"


@register.inclusion_tag("components/tile_map.html")
def tile_map(
    values: Mapping[str, Any], bounds: Sequence[float], label: str, unit: str = "", urls: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """31 provinces and the corps as tiles. `values` by region code, None where nothing was reported; a place without key likewise.

    `bounds`: four numbers where the ramp steps up. `urls` by code make a tile a link to the rows behind it.
    """
    tiles = []
    for code, (name, column, row) in TILES.items():
        value = values.get(code)
        shown = formats.number(value) if value is not None else _("not reported")
        said = _("%(place)s, %(label)s %(value)s%(unit)s") % {
            "place": name,
            "label": label,
            "value": shown,
            "unit": unit if value is not None else "",
        }
        tiles.append({
            "name": name, "shown": shown, "said": said, "url": (urls or {}).get(code, ""),
            "kind": f"{_step(float(value), bounds) if value is not None else 'na'} c{column} r{row}",
        })  # fmt: skip
    return {"tiles": tiles, "label": label, "legend": _legend(bounds)}


def _legend(bounds: Sequence[float]) -> list[tuple[str, str]]:
    marks = [formats.number(bound) for bound in bounds]
    words = [_("under %(bound)s") % {"bound": marks[0]}]
    words += [_("%(low)s to under %(high)s") % {"low": low, "high": high} for low, high in zip(marks, marks[1:], strict=False)]
    words += [_("%(bound)s and over") % {"bound": marks[-1]}]
    return [(f"s{n}", text) for n, text in enumerate(words, start=1)] + [("na", _("not reported"))]


@register.inclusion_tag("components/funnel.html")
def funnel(stages: Sequence[Mapping[str, Any]], label: str, parts: Sequence[str] = ()) -> dict[str, Any]:
    """Stages with `name`, `total`, `parts` (up to three numbers that make the total) and `url`.

    Beside each stands the share that came from the stage above.
    """
    widest = max((float(stage["total"]) for stage in stages), default=0)
    rows, above = [], None
    for stage in stages:
        total = float(stage["total"])
        left, bars = 0.0, []
        for n, part in enumerate(stage.get("parts") or [total], start=1):
            width = round(100 * float(part) / widest, 2) if widest else 0
            bars.append({"x": round(left, 2), "width": width, "kind": f"f{n}"})
            left += width
        rows.append({**stage, "bars": bars, "share": f"{formats.number(100 * total / above, 0)}%" if above else ""})
        above = total
    return {"rows": rows, "label": label, "parts": [(f"l{n}", name) for n, name in enumerate(parts, start=1)]}


@register.inclusion_tag("components/chart.html")
def chart(name: str, option: Mapping[str, Any], said: str, size: str = "", table: Any = None) -> dict[str, Any]:
    """An ECharts figure. `option` may name colours by token ("--hl-s2"); `said` reads the values.

    `table` = (heads, rows) gives the same data behind 看表格.
    """
    heads, rows = table or ((), ())
    return {"name": name, "option": option, "option_id": f"{name}-option", "said": said, "size": size, "heads": heads, "rows": rows}
