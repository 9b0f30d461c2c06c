"""Digests of rows: equal exactly when every column is equal."""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from geo.columns import FAMILIES, Column

SEPARATOR = "\x1f"
"""Stands between the cells of a row (ASCII's own unit separator)."""


def content_hash(family: str, row: Mapping[str, Any]) -> str:
    """Digest of one row's content; the record columns do not count."""
    return content_hashes(family, [[plain(row[field.name])] for field in FAMILIES[family]])[0]


def content_hashes(family: str, columns: Sequence[Sequence[Any]]) -> list[str]:
    """Digest of each row, from the family's columns in their order.

    Cells are ``str``, ``int``, ``float`` or None as the store gives them. Within a column they have one
    type, so a text needs no mark to differ from a number.
    """
    fields = FAMILIES[family]
    words = [_words(field, column) for field, column in zip(fields, columns, strict=True)]
    lines = list(map(SEPARATOR.join, zip(*words, strict=True)))
    between = len(fields) - 1
    if "".join(lines).count(SEPARATOR) != between * len(lines):
        # A text holds the separator, or is None: JSON tells such rows apart and escapes the separator.
        lines = [
            line if line.count(SEPARATOR) == between else json.dumps([*map(_plain_zero, cells)])
            for line, cells in zip(lines, zip(*columns, strict=True), strict=True)
        ]
    blake2b = hashlib.blake2b
    return [blake2b(line.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest() for line in lines]


def plain(value: Any) -> Any:
    """The value as the store keeps it: every way to say "missing" is None."""
    if value is pd.NA or value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value


def _words(field: Column, column: Sequence[Any]) -> Sequence[str]:
    """The cells as text. A missing number is empty, a missing text breaks the count of separators."""
    missing = None in column
    if field.type == "int":
        return ["" if cell is None else str(cell) for cell in column] if missing else [*map(str, column)]
    if field.type == "real":
        if not missing and 0.0 not in column:
            return [*map(repr, column)]
        # SQLite keeps no sign of zero, so -0.0 and 0.0 are one content.
        return ["" if cell is None else repr(cell + 0.0) for cell in column]
    return [SEPARATOR if cell is None else cell for cell in column] if missing else column


def _plain_zero(cell: Any) -> Any:
    return cell + 0.0 if isinstance(cell, float) else cell
