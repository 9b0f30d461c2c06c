"""Rows as cells: what a typed value is called in a table, so that reading it again gives the value."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from geo.columns import FAMILIES, Column
from geo.formula import guarded


def plain_cells(family: str, rows: pd.DataFrame) -> dict[str, list[Any]]:
    """The columns as lists of str, int, float and None; an empty text is ""."""
    return {column.name: _values(column, rows[column.name]) for column in FAMILIES[family]}


def row_cells(family: str, rows: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The same row by row."""
    columns = plain_cells(family, rows)
    yield from (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))


def cell_text(column: Column, value: Any) -> str:
    """The value as the text of a table's cell; texts that a spreadsheet would run are guarded."""
    if value is None:
        return ""
    if column.type == "real":
        return repr(float(value))
    return guarded(value) if column.type == "text" else str(value)


def _values(column: Column, values: pd.Series) -> list[Any]:
    plain = [None if pd.isna(value) else value for value in values.tolist()]
    if column.type == "int":
        return [None if value is None else int(value) for value in plain]
    if column.type == "real":
        return [None if value is None else float(value) for value in plain]
    return ["" if value is None else str(value) for value in plain]
