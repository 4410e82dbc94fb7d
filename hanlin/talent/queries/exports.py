"""A figure's table for taking away: what the board shows, with its definition, source and as-of time."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from hanlin.talent.enums import IndicatorCode, Level
from hanlin.talent.queries.board import Figure, hours_by_body, percent

Table = tuple[list[str], list[Sequence[Any]]]


def table_of(figure: Figure, paths: list[str]) -> Table:
    """Heads and rows; the last rows say what the figure is and when it was reckoned."""
    heads, rows = _body(figure, paths)
    indicator = figure.indicator
    notes: list[Sequence[Any]] = [
        (),
        (_("Definition"), indicator.definition_shown),
        (_("Formula"), indicator.formula_shown),
        (_("Source"), indicator.source_shown),
        (_("As of"), indicator.refreshed_at),
        (_("Quality"), f"{figure.mark.quality} {figure.mark.note}".strip()),
    ]
    return heads, [*rows, *notes]


def _body(figure: Figure, paths: list[str]) -> Table:
    if figure.indicator.code == IndicatorCode.HOURS:
        heads = [_("Body"), _("Region"), _("Cadres"), _("Meet both"), _("Share (%)")]
        bodies = hours_by_body(paths)
        return heads, [
            (row.organisation.name, str(row.organisation.region), int(row.base), int(row.value), percent(row.value, row.base))
            for row in bodies
        ]
    if figure.indicator.code == IndicatorCode.ECHELON:
        heads = [_("Stage"), _("Number of people"), *(str(level.label) for level in Level), _("From the stage above (%)")]
        return heads, [(part.name, int(part.value), *map(int, part.by_level), part.share) for part in figure.parts]
    if figure.indicator.code == IndicatorCode.COMMITTEES:
        return [_("Figure"), _("Filled"), _("Planned"), _("Share (%)")], [
            (part.name, int(part.value), int(part.base), part.share) for part in figure.parts
        ]
    return [str(figure.indicator), _("Value")], [(part.name, part.value) for part in figure.parts]
