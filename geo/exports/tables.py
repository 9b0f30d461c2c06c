"""Tables: CSV and Excel workbook."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from geo.columns import FAMILIES
from geo.errors import InputRefused
from geo.exports.cells import cell_text, row_cells
from geo.exports.record import RECORD_ENDING, ExportRecord
from geo.formula import guarded
from geo.ingest.source import ABOUT_SHEET

LONGEST_EXCEL_CELL = 32_767
"""Characters that a cell of a workbook can hold (Excel specifications and limits)."""


def write_csv(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write the rows as CSV in our own columns, and the record beside it."""
    columns = FAMILIES[family]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([column.name for column in columns])
        for row in row_cells(family, rows):
            writer.writerow([cell_text(column, row[column.name]) for column in columns])
    path.with_name(f"{path.name}{RECORD_ENDING}").write_text(record.json(), "utf-8")
    return ()


def write_xlsx(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write the rows as a workbook: numbers stay numbers, days are ISO texts, the record is a sheet of its own.

    Raises
    ------
    InputRefused
        A text is longer than a cell can be.
    """
    import xlsxwriter  # noqa: PLC0415  (only exports need it)

    _refuse_long_texts(path.name, family, rows)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet(family)
        bold = book.add_format({"bold": True})
        for position, column in enumerate(FAMILIES[family]):
            sheet.write_string(0, position, column.name, bold)
        for number, row in enumerate(row_cells(family, rows), 1):
            _write_row(sheet, number, family, row)
        sheet.freeze_panes(1, 0)
        about = book.add_worksheet(ABOUT_SHEET)
        about.set_column(0, 0, 110)
        for number, line in enumerate(record.text().splitlines()):
            about.write_string(number, 0, guarded(line)[:LONGEST_EXCEL_CELL])
    return ()


def _write_row(sheet: Any, number: int, family: str, row: dict[str, Any]) -> None:
    for position, column in enumerate(FAMILIES[family]):
        value = row[column.name]
        if value is None or value == "":
            continue
        if column.type in {"int", "real"}:
            sheet.write_number(number, position, value)
        else:
            sheet.write_string(number, position, cell_text(column, value))


def _refuse_long_texts(name: str, family: str, rows: pd.DataFrame) -> None:
    for column in FAMILIES[family]:
        if column.type in {"text", "geometry"} and len(rows):
            longest = int(rows[column.name].fillna("").astype(str).str.len().max())
            if longest >= LONGEST_EXCEL_CELL:
                raise InputRefused(
                    f"{name}: a cell of {column.name} has {longest:,} characters, and Excel's cells hold "
                    f"{LONGEST_EXCEL_CELL:,}: export CSV or GeoPackage instead.",
                    code="LIM-01",
                )
