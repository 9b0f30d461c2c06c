"""Quotes that are not closed: a cell that swallows the rows below it is found, and never becomes one row."""

from collections.abc import Sequence

from geo.errors import InputRefused
from geo.ingest.reading.dialect import Dialect
from geo.ingest.reading.labels import shown

_NARROW = 3
"""Rows of fewer columns are too much like prose for their delimiters to prove anything."""
_TOO_LONG = "field larger than field limit"


def check_broken_row(error: str, line: int, passage: Sequence[str], dialect: Dialect, *, name: str) -> None:
    """Refuse the file if the csv module gave up on a quote that swallowed whole rows.

    ``passage`` are the physical lines from ``line`` on that the module took for one row. A broken quote
    within one row is that row's problem: then nothing happens.
    """
    opened = _last_opening(passage)
    if error.startswith(_TOO_LONG) or _mostly_rows(passage[opened + 1 :], dialect):
        raise _refusal(line + opened, name)


def check_swallowed(line: int, cells: Sequence[str], width: int, dialect: Dialect, *, name: str) -> None:
    """Refuse the file if a cell of a row over several lines holds what are plainly rows."""
    for place, cell in enumerate(cells):
        inner = _lines(cell)[1:-1]
        if width >= _NARROW and inner and all(part.count(dialect.delimiter) == width - 1 for part in inner):
            above = sum(len(_lines(each)) - 1 for each in cells[:place])
            raise _refusal(line + above, name)


def _lines(cell: str) -> list[str]:
    return cell.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _mostly_rows(lines: Sequence[str], dialect: Dialect) -> bool:
    if dialect.width < _NARROW or not lines:
        return False
    alike = sum(part.count(dialect.delimiter) >= dialect.width - 1 for part in lines)
    return alike * 2 >= len(lines)


def _last_opening(passage: Sequence[str]) -> int:
    """The place of the line with the quote that was open at the passage's end, told by counting quotes."""
    opened, inside = 0, False
    for place, part in enumerate(passage):
        if part.count('"') % 2:
            inside = not inside
            opened = place if inside else opened
    return opened


def _refusal(line: int, name: str) -> InputRefused:
    return InputRefused(
        f"{shown(name)}: the quote opened at line {line} is not closed and swallows the rows below: close it.",
        code="CSV-04",
    )
