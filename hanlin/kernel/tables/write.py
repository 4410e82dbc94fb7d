"""Tables that leave: .xlsx and .csv in which no cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .spec import TableSpec

_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LIST_ROWS = 2000  # how far down the template's drop-down lists reach
LIST_TEXT = 255  # a spreadsheet's own limit for a list written in place


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before a sign that would start one."""
    return f"'{text}" if text.startswith(_ACTIVE) else text


def xlsx_bytes(
    columns: Sequence[str | Promise],
    rows: Iterable[Sequence[Any]],
    *,
    widths: Sequence[int] = (),
) -> bytes:
    """A workbook of one sheet, written in constant memory. Text is never a formula, a link or a number."""
    out = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True,
            "in_memory": False,
            "default_date_format": "yyyy-mm-dd",
        },
    ) as book:
        sheet = book.add_worksheet()
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.freeze_panes(1, 0)
        for n in range(len(columns)):
            sheet.set_column(n, n, widths[n] if n < len(widths) else 18)
        for n, column in enumerate(columns):
            sheet.write_string(0, n, str(column), head)
        for y, row in enumerate(rows, start=1):
            for x, value in enumerate(row):
                _write(sheet, y, x, value, moment)
    return out.getvalue()


def _write(sheet: Any, y: int, x: int, value: Any, moment: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(y, x, pgettext("table", "yes") if value else pgettext("table", "no"))
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(y, x, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(
            y,
            x,
            timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value,
            moment,
        )
    elif isinstance(value, date):
        sheet.write_datetime(y, x, value)
    else:
        sheet.write_string(y, x, neutral(str(value)))


def csv_bytes(columns: Sequence[str | Promise], rows: Iterable[Sequence[Any]]) -> bytes:
    """UTF-8 with its mark, so that office programs open it right."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([str(column) for column in columns])
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _csv_cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return pgettext("table", "yes") if value else pgettext("table", "no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, int | float | Decimal | date):
        return str(value)
    return neutral(str(value))


def template_xlsx(spec: TableSpec) -> bytes:
    """An empty table to fill in: headers (a star: required), hints as notes, drop-down lists, and a sheet of explanations."""
    out = io.BytesIO()
    import xlsxwriter

    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Fill in here"))
        head = book.add_format({"bold": True, "bottom": 1})
        text = book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        help_rows: list[tuple[str, str, str, str]] = []
        for n, column in enumerate(spec.columns):
            header = f"{column.header}*" if column.required else str(column.header)
            words = [str(word) for word in column.choices]
            sheet.set_column(n, n, column.width, text)
            sheet.write_string(0, n, header, head)
            if column.hint:
                sheet.write_comment(0, n, str(column.hint))
            if words and len(",".join(words)) <= LIST_TEXT:
                sheet.data_validation(
                    1,
                    n,
                    LIST_ROWS,
                    n,
                    {"validate": "list", "source": words, "ignore_blank": True},
                )
            help_rows.append(
                (
                    header,
                    pgettext("table", "required") if column.required else pgettext("table", "optional"),
                    str(column.hint) or _(", ").join(words),
                    column.example,
                )
            )
        _explain(book.add_worksheet(_("Explanations")), head, help_rows)
    return out.getvalue()


def _explain(sheet: Any, head: Any, rows: list[tuple[str, str, str, str]]) -> None:
    sheet.set_column(0, 1, 16)
    sheet.set_column(2, 3, 48)
    for x, title in enumerate(
        (
            pgettext("table", "Column"),
            pgettext("table", "Required"),
            pgettext("table", "What to write"),
            pgettext("table", "Example"),
        )
    ):
        sheet.write_string(0, x, title, head)
    for y, row in enumerate(rows, start=1):
        for x, cell in enumerate(row):
            sheet.write_string(y, x, cell)
