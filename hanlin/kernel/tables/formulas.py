"""Which cells of a workbook's first sheet hold formulas: the reader gives only their last result."""

import html
import posixpath
import re
import zipfile
from typing import IO

_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b[^>]*?(?:/>|>([^<]*)</f>)')
_SHEET = re.compile(rb'<sheet\b[^>]*?\br:id="([^"]+)"')
_TARGET = 'Id="{}"'


def formula_cells(file: IO[bytes]) -> dict[tuple[int, int], str]:
    """(row, column) from 0 → formula without its equals sign, for the first sheet."""
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        try:
            xml = archive.read(_first_sheet(archive))
        except KeyError:
            return {}
    return {
        (int(row) - 1, _column(letters)): html.unescape((formula or b"").decode("utf-8", "replace"))
        for letters, row, formula in _CELL.findall(xml)
    }


def _first_sheet(archive: zipfile.ZipFile) -> str:
    found = _SHEET.search(archive.read("xl/workbook.xml"))
    rels = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    wanted = _TARGET.format(found.group(1).decode() if found else "rId1")
    for element in re.findall(r"<Relationship\b[^>]*>", rels):
        target = re.search(r'Target="([^"]+)"', element)
        if wanted in element and target:
            path = target.group(1)
            return path.lstrip("/") if path.startswith("/") else posixpath.normpath(f"xl/{path}")
    return "xl/worksheets/sheet1.xml"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
