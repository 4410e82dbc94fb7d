"""Figures as chart options, and as a sentence that reads their values aloud."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from hanlin.kernel import formats
from hanlin.talent.enums import LATE, IndicatorCode
from hanlin.talent.queries.board import Figure

LOW, INK = "--hl-zhu", "--hl-ink"


def profile_option(figure: Figure | None) -> dict[str, Any] | None:
    """A radar of the attributes, 1 to 5, the lowest named in vermilion where it is under the line; None without data."""
    if figure is None or len(figure.parts) < 3:
        return None
    lowest, alarming = figure.extra["lowest"], figure.extra["alarming"]
    axes = [
        {"name": f"{part.name}\n{part.value}", "min": 1, "max": 5, "color": LOW if alarming and part is lowest else INK}
        for part in figure.parts
    ]
    series = {
        "type": "radar",
        "data": [{"value": [float(part.value) for part in figure.parts], "name": str(figure.indicator)}],
        "symbol": "circle",
        "symbolSize": 5,
        "lineStyle": {"width": 2},
        "areaStyle": {"opacity": 0.12},
    }
    radar = {"center": ["50%", "52%"], "radius": "62%", "splitNumber": 4, "indicator": axes, "axisNameGap": 8}
    return {"radar": radar, "series": [series]}


def ageing_option(figure: Figure | None) -> dict[str, Any] | None:
    """Bars of open findings by lateness; None where nothing is open."""
    if figure is None or not figure.total:
        return None
    names = [part.name for part in figure.parts]
    data = [{"value": int(part.value), "itemStyle": {"color": LOW if part.code in LATE else "--hl-s4"}} for part in figure.parts]
    label = {"show": True, "position": "right", "fontWeight": 600}
    return {
        "grid": {"left": 0, "right": 40, "top": 4, "bottom": 0, "containLabel": True},
        "xAxis": {"type": "value", "show": False},
        "yAxis": {"type": "category", "inverse": True, "data": names, "axisLine": {"show": False}},
        "series": [{"type": "bar", "barWidth": 16, "data": data, "label": label}],
    }


def spoken(figure: Figure) -> str:
    """The figure's values in one line of words."""
    said = _(", ").join(f"{part.name} {formats.number(part.value, 2)}{part_unit(figure)}" for part in figure.parts)
    return _("%(name)s: %(values)s") % {"name": figure.indicator, "values": said}


def part_unit(figure: Figure) -> str:
    """The unit of the parts: percent figures count people or seats there, not percent."""
    return "" if figure.indicator.unit == "%" else figure.indicator.unit


def sentence(figures: Mapping[str, Figure]) -> str:
    """The title: the two or three facts that matter, in one sentence."""
    hours, late = figures.get(IndicatorCode.HOURS), figures.get(IndicatorCode.FINDINGS)
    share = hours.parts[0].share if hours else None
    words = {
        "share": share,
        "late": late.extra["late"] if late else 0,
        "worst": late.extra["worst"] if late else 0,
    }
    if share is None:
        return _("No cadre's hours are on record in scope yet")
    if not words["late"]:
        return _("%(share)s%% of cadres meet their hours, no finding is overdue") % words
    if not words["worst"]:
        return _("%(share)s%% of cadres meet their hours, %(late)d findings are overdue") % words
    return _("%(share)s%% of cadres meet their hours, %(late)d findings are overdue, %(worst)d by over 20 working days") % words
