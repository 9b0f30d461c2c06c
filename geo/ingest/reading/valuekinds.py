"""What the cells of a column look like: how rows are told from names, and columns that have none from each other."""

import re
from collections import Counter
from collections.abc import Sequence

from geo.ingest.badcell import reads
from geo.ingest.coordinates import read_degrees
from geo.ingest.dates import shape_of

DAY, DEGREES, NUMBER, WORDS = "day", "degrees", "number", "words"
TELLING = (DAY, DEGREES)
"""Kinds of cell that name no column; a year or another whole number may."""
_DAYS = {"iso", "ymd", "numeric", "short", "named"}
_WHOLE = re.compile(r"[+-]?\d+(\.0+)?", re.ASCII)
_MOSTLY = 0.8
"""Share of a column's filled cells that look alike."""


def kind_of(text: str) -> str:
    """The kind of a cell; empty for an empty one."""
    cell = text.strip()
    if not cell:
        return ""
    if shape_of(cell)[0] in _DAYS:
        return DAY
    if _WHOLE.fullmatch(cell):
        return NUMBER
    return DEGREES if any(is_degrees(cell, axis) for axis in ("lat", "lon")) else WORDS


def column_kinds(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """The kind of each column, by most of its filled cells; empty where they differ or there are none."""
    return [_common_kind([row[place] for row in rows if place < len(row)]) for place in range(width)]


def _common_kind(cells: Sequence[str]) -> str:
    kinds = Counter(kind for cell in cells if (kind := kind_of(cell)))
    if kinds.keys() == {NUMBER, DEGREES}:  # a whole degree among others
        return DEGREES
    kind, count = kinds.most_common(1)[0] if kinds else ("", 0)
    return kind if count >= _MOSTLY * kinds.total() else ""


def is_degrees(cell: str, axis: str) -> bool:
    """Whether a cell is a coordinate of an axis."""
    return reads(read_degrees, cell, axis)
