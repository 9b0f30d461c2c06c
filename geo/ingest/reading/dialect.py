"""How a CSV file parts its cells, told from its first lines."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.ingest.reading.headings import known_among

if TYPE_CHECKING:
    from _csv import Reader

DELIMITERS = (",", ";", "\t", "|")
DELIMITER_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LONGEST_LINE = 20_000_000
"""Characters of one physical line, and of one cell, that are read at all: a guard for memory."""
_EXCEL_HINT = re.compile(r"\ufeff?\"?sep=(\t|[^\w\s\"])\1*\"?\s*", re.IGNORECASE)
_QUOTED = re.compile(r'"[^"]*"')
_WELL_KNOWN = 2


@dataclass(frozen=True, slots=True)
class Dialect:
    """The delimiter, whether blanks follow it before a quote, and the width that most rows have."""

    delimiter: str
    spaced: bool
    width: int

    def reader(self, lines: Iterator[str]) -> "Reader":
        """The csv module's reader for this dialect; it has ``line_num``, too."""
        # The standard limit of 131,072 characters would refuse the file for one long cell. The limit is
        # the process's, but nothing else in it reads CSV with another one.
        csv.field_size_limit(LONGEST_LINE)
        return csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.spaced)


def excel_hint(line: str) -> str:
    """The delimiter that Excel's ``sep=;`` line names, else nothing."""
    found = _EXCEL_HINT.fullmatch(line)
    return found[1] if found else ""


def columns_in(line: str, delimiter: str) -> int:
    """How many cells a physical line has at least, counted without making them."""
    return _QUOTED.sub("", line).count(delimiter) + 1


def dialect_of(lines: list[str], *, hint: str = "", complete: bool = True) -> Dialect:
    """The dialect of the first lines: known column names decide, else how evenly a delimiter parts the rows.

    ``complete`` tells that the file ends with these lines, so that the last row is whole.
    """
    delimiter = hint or max(DELIMITERS, key=lambda each: _evenness(_sample(lines, each, complete=complete)))
    spaced = sum(f'{delimiter} "' in line for line in lines) > sum(f'{delimiter}"' in line for line in lines)
    return Dialect(delimiter, spaced, _usual_width(_sample(lines, delimiter, complete=complete)))


def _sample(lines: list[str], delimiter: str, *, complete: bool) -> list[list[str]]:
    csv.field_size_limit(LONGEST_LINE)
    rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    return rows if complete or len(rows) < 2 else rows[:-1]


def _evenness(rows: list[list[str]]) -> tuple[int, float, int]:
    width = _usual_width(rows)
    if width < 2:
        return 0, 0.0, 0
    known = max(known_among(row) for row in rows[:25])
    share = sum(len(row) == width for row in rows) / len(rows)
    return (known if known >= _WELL_KNOWN else 0), share, width


def _usual_width(rows: list[list[str]]) -> int:
    """The width of most rows, of those that are parted at all if there are any."""
    widths = Counter(len(row) for row in rows if len(row) > 1) or Counter(len(row) for row in rows)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 1
