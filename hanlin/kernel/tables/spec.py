"""What a table should hold, and what each row of one really holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from hanlin.kernel.errors import Refused

from .read import plain_header

if TYPE_CHECKING:  # half a second and 60 MB: only who reads a table pays
    import pandas as pd

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Column:
    """One column. `header` may be lazy; `aliases` are other headers it is known by, in any language.

    `clean` takes the cell's text and gives the value, or raises ValueError, ValidationError or Refused in
    words; an empty cell gives `empty` and is not cleaned. `text` False lets a cell begin with a minus sign.
    `choices` fill the drop-down list of the template.
    """

    key: str
    header: str | Promise
    aliases: tuple[str, ...] = ()
    required: bool = False
    clean: Callable[[str], Any] = str
    empty: Any = ""
    text: bool = True
    hint: str | Promise = ""
    choices: tuple[str | Promise, ...] = ()
    example: str = ""
    width: int = 16

    def names(self) -> set[str]:
        """Every header that means this column, as compared."""
        return {plain_header(str(name)) for name in (self.header, self.key, *self.aliases)}


@dataclass(frozen=True)
class TableSpec:
    """The columns of a table, and which of them together may stand in the file only once."""

    columns: Sequence[Column]
    unique: Sequence[tuple[str, ...]] = ()
    max_rows: int = 20_000

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def headers(self) -> set[str]:
        """Every header known to the table."""
        return {name for column in self.columns for name in column.names()}


@dataclass
class Row:
    """One row of a file: its number there, its cells by key as text, and what they mean.

    A planner adds to `errors`, or says in `action` (create, update, same) and `note` what would happen.
    """

    number: int
    raw: dict[str, str]
    values: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    action: str = "create"
    note: str = ""

    @property
    def good(self) -> bool:
        return not self.errors


@dataclass
class ParsedTable:
    """All rows in the file's order; `ignored` are headers that mean nothing here."""

    spec: TableSpec
    rows: list[Row]
    ignored: list[str]

    @property
    def good(self) -> list[Row]:
        return [row for row in self.rows if row.good]

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if not row.good]


def parse(spec: TableSpec, frame: pd.DataFrame) -> ParsedTable:
    """Clean every cell and gather all errors of a row at once. Raises Refused where a required column is absent."""
    places, ignored = _places(spec, [str(word) for word in frame.columns])
    numbers = [int(number) for number in frame.index]
    rows = [
        _row(spec, number, cells, places) for number, cells in zip(numbers, frame.itertuples(index=False, name=None), strict=True)
    ]
    for keys in spec.unique:
        _mark_twins(spec, rows, keys)
    return ParsedTable(spec, rows, ignored)


def _places(spec: TableSpec, words: list[str]) -> tuple[dict[str, int], list[str]]:
    compared = [plain_header(word) for word in words]
    places: dict[str, int] = {}
    for column in spec.columns:
        found = [n for n, word in enumerate(compared) if word in column.names()]
        if len(found) > 1:
            raise Refused(_("The header “%(header)s” stands over two columns. Keep one of them.") % {"header": column.header})
        if found:
            places[column.key] = found[0]
    missing = [str(column.header) for column in spec.columns if column.required and column.key not in places]
    if missing:
        raise Refused(
            _(
                "The table lacks these columns: %(missing)s. Its first row has: %(found)s. "
                "Download the template and copy your rows into it."
            )
            % {
                "missing": _(", ").join(missing),
                "found": _(", ").join(words[:12]) or pgettext("table", "nothing"),
            }
        )
    used = set(places.values())
    return places, [word for n, word in enumerate(words) if n not in used]


def _row(spec: TableSpec, number: int, cells: Sequence[Any], places: dict[str, int]) -> Row:
    row = Row(number, {}, {})
    for column in spec.columns:
        place = places.get(column.key)
        text = str(cells[place]).strip(" \u3000\n\xa0") if place is not None else ""
        row.raw[column.key] = text
        row.values[column.key] = column.empty
        try:
            row.values[column.key] = _value(column, text)
        except ValidationError as error:
            row.errors.append(_worded(column, "; ".join(error.messages)))
        except (ValueError, Refused) as error:
            row.errors.append(_worded(column, str(error)))
    return row


def _worded(column: Column, what: str) -> str:
    return _("%(header)s: %(what)s") % {"header": column.header, "what": what}


def _value(column: Column, text: str) -> Any:
    if not text:
        if column.required:
            raise ValueError(pgettext("table", "is empty"))
        return column.empty
    if text.startswith("=") or (column.text and text.startswith(_FORMULA)):
        raise ValueError(
            _("begins with “%(sign)s” and would act as a formula; type it as plain text") % {"sign": text[0].strip() or "Tab"}
        )
    if text.endswith(tuple(f"E+{power}" for power in range(15, 31))):
        raise ValueError(_("is a long number that the spreadsheet has rounded; set the column to text and type it again"))
    return column.clean(text)


def _mark_twins(spec: TableSpec, rows: list[Row], keys: tuple[str, ...]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for row in rows:
        value = tuple(str(row.values[key] or "").casefold() for key in keys)
        if not all(value):
            continue
        first = seen.setdefault(value, row.number)
        if first != row.number:
            headers = _(", ").join(str(spec.column(key).header) for key in keys)
            row.errors.append(_("%(headers)s: the same as in row %(row)d") % {"headers": headers, "row": first})
