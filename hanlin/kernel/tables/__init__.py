"""Bulk tables: reading what people bring, saying of every row what is wrong with it, writing what they take away."""

from .clean import as_choice, as_date, as_decimal, as_integer, as_text, as_yes_no
from .read import read_table
from .spec import Column, ParsedTable, Row, TableSpec, parse
from .write import csv_bytes, neutral, template_xlsx, xlsx_bytes

__all__ = [
    "Column", "ParsedTable", "Row", "TableSpec", "as_choice", "as_date", "as_decimal", "as_integer", "as_text", "as_yes_no",
    "csv_bytes", "neutral", "parse", "read_table", "template_xlsx", "xlsx_bytes",
]  # fmt: skip
