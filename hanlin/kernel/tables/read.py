"""From a file to a frame of strings: nothing is guessed, and what cannot be read is refused in words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from hanlin.kernel.errors import Refused

from .encoding import decode_table
from .formulas import formula_cells

if TYPE_CHECKING:  # half a second and 60 MB: only who reads a table pays
    import pandas as pd

MAX_ROWS = 50_000
MAX_COLUMNS = 100
MAX_CELL = 5000
HEADER_WITHIN = 10  # a title and a note may stand above the headers
EXACT_DIGITS = 1e15  # beyond, a spreadsheet number has lost its last digits


def read_table(
    file: IO[bytes],
    *,
    name: str = "",
    headers: Collection[str] = (),
    max_rows: int = MAX_ROWS,
) -> pd.DataFrame:
    """Read the first sheet of an .xlsx, or a .csv in UTF-8 or GB18030, as strings.

    Columns are the words of the header row: of the first ten rows the one that knows most of
    `headers`, or the first that is not empty. The index is the row's number in the file, from 1;
    empty rows are left out. A cell that holds a formula reads as "=formula". Raises Refused.
    """
    file.seek(0)
    head = file.read(4)
    file.seek(0)
    cells = _sheet(file) if head.startswith(b"PK") else _lines(file.read())
    numbered = [(number, row) for number, row in enumerate(cells, start=1) if any(row)]
    if not numbered:
        raise Refused(_("The table “%(name)s” is empty. Fill in the template and upload it again.") % {"name": name})
    at = _header_row(numbered[:HEADER_WITHIN], headers)
    words = [word.strip() for word in numbered[at][1]]
    width = max((n + 1 for n, word in enumerate(words) if word), default=0)
    body = numbered[at + 1 :]
    _check_limits(len(body), width, max_rows)
    _check_headers(words[:width])
    rows = [(list(row) + [""] * width)[:width] for _number, row in body]
    import pandas as pd

    frame = pd.DataFrame(
        rows,
        columns=words[:width],
        index=[number for number, _row in body],
        dtype=object,
    )
    return frame.loc[:, [bool(word) for word in words[:width]]]


def _check_limits(rows: int, columns: int, max_rows: int) -> None:
    if rows > max_rows:
        raise Refused(
            _("The table has %(rows)d rows; at most %(max)d are taken at once. Split it and upload the parts.")
            % {"rows": rows, "max": max_rows}
        )
    if columns > MAX_COLUMNS:
        raise Refused(
            _("The table has %(columns)d columns; at most %(max)d are taken. Use the template.")
            % {"columns": columns, "max": MAX_COLUMNS}
        )
    if not rows:
        raise Refused(_("The table has headers but no rows below them. Fill in at least one row."))


def _check_headers(words: Sequence[str]) -> None:
    twice = sorted({word for word in words if word and words.count(word) > 1})
    if twice:
        raise Refused(_("The header “%(header)s” stands over two columns. Keep one of them.") % {"header": twice[0]})


def plain_header(word: str) -> str:
    """A header as it is compared: without spaces, stars and notes in brackets, in lower case."""
    return re.sub(r"[(（][^)）]*[)）]|[\s*＊:：]", "", word).lower()


def _header_row(rows: Sequence[tuple[int, Sequence[str]]], headers: Collection[str]) -> int:
    known = {plain_header(header) for header in headers}
    score = [len(known & {plain_header(cell) for cell in row if cell}) for _number, row in rows]
    return score.index(max(score))


def _sheet(file: IO[bytes]) -> list[list[str]]:
    try:
        raw = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python(skip_empty_area=False)
        formulas = formula_cells(file)
    except (CalamineError, IndexError, OSError, ValueError, KeyError) as error:
        raise Refused(_("The spreadsheet cannot be read. Save it again as .xlsx and upload the new copy.")) from error
    cells = [[_words(cell) for cell in row] for row in raw]
    for (row, column), formula in formulas.items():
        if row < len(cells) and column < len(cells[row]):
            cells[row][column] = f"={formula}"
    return cells


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() and abs(cell) < EXACT_DIGITS else repr(cell).upper()
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, timedelta):
        return str(cell)
    return str(cell).strip()[:MAX_CELL]


def _lines(raw: bytes) -> list[list[str]]:
    text = decode_table(raw)
    first = text.partition("\n")[0]
    delimiter = max(",\t;", key=first.count)
    try:
        return [[cell.strip()[:MAX_CELL] for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise Refused(
            _("The .csv file is not well formed (%(what)s). Save it again as .xlsx or as CSV UTF-8.") % {"what": error}
        ) from error
