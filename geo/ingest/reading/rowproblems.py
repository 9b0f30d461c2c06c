"""Rows of a text file that cannot be read, each with its reason and remedy."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from geo.ingest.reading.labels import clipped
from geo.model import Issue
from geo.settings import LONGEST_CELL

_STRAY = re.compile("[\udc80-\udcff]")
_WHOLE_PART, _DECIMALS = re.compile(r"[-+]?\d{1,3}"), re.compile(r"\d{2,}")


def blank(cells: Sequence[str]) -> bool:
    """Whether no cell holds anything."""
    return not any(map(str.strip, cells))


def ragged(line: int, cells: Sequence[str], wanted: int, delimiter: str) -> Issue:
    """A row with too few or too many cells."""
    comma = delimiter == "," and len(cells) > wanted and _has_decimal_commas(cells)
    fix = (
        "decimal commas must be quoted, or written as points"
        if comma
        else "put cells that hold the delimiter in quotes, and write every cell, empty ones too"
    )
    return Issue(
        line,
        "",
        clipped(delimiter.join(cells)),
        "CSV-03",
        f"{len(cells)} {'cell' if len(cells) == 1 else 'cells'}, {wanted} expected",
        fix,
    )


def incomplete(issue: Issue) -> Issue:
    """The issue of a file's last row, when the file ends in the middle of it."""
    if issue.code not in {"CSV-03", "CSV-04"}:
        return issue
    return replace(
        issue,
        code="CSV-03",
        reason=f"the row is incomplete: the file ends in the middle of it ({issue.reason})",
        fix="export the file again: it was cut off",
    )


def broken_quotes(line: int) -> Issue:
    """A row whose quotes contradict each other."""
    return Issue(
        line,
        "",
        "",
        "CSV-04",
        "a quoted cell is not closed, or goes on after its closing quote",
        'write a quote inside a quoted cell twice: ""',
    )


def nul_cell(line: int, cells: Sequence[str], header: Sequence[str]) -> Issue | None:
    """A row in which a cell holds a NUL character."""
    place = next((place for place, cell in enumerate(cells) if "\0" in cell), None)
    if place is None:
        return None
    column, cell = _column(header, place), clipped(cells[place])
    return Issue(
        line, column, cell, "ENC-06", "a NUL byte stands in the cell", "mend the cell or export again"
    )


def stray_bytes(line: int, cells: Sequence[str], header: Sequence[str], encoding: str) -> Issue | None:
    """A row in which a cell holds bytes that are not of the file's encoding."""
    place = next(
        (place for place, cell in enumerate(cells) if not cell.isascii() and _STRAY.search(cell)), None
    )
    if place is None:
        return None
    column, cell = _column(header, place), clipped(cells[place])
    reason = f"some bytes of the cell are not {encoding}"
    return Issue(line, column, cell, "ENC-04", reason, "save the file as UTF-8, or write the cell again")


def long_cell(line: int, cells: Sequence[str], header: Sequence[str]) -> Issue | None:
    """A row in which a cell is longer than any cell may be."""
    place = next((place for place, cell in enumerate(cells) if len(cell) > LONGEST_CELL), None)
    if place is None:
        return None
    column, cell = _column(header, place), clipped(cells[place])
    reason = f"{len(cells[place]):,} characters, at most {LONGEST_CELL:,} are read"
    return Issue(line, column, cell, "CSV-06", reason, "shorten the cell")


def _column(header: Sequence[str], place: int) -> str:
    """What the column of a cell is called; nothing for a cell beyond the header."""
    return (header[place] or f"column {place + 1}") if place < len(header) else ""


def _has_decimal_commas(cells: Sequence[str]) -> bool:
    pairs = itertools.pairwise(cells)
    return any(_WHOLE_PART.fullmatch(a.strip()) and _DECIMALS.fullmatch(b.strip()) for a, b in pairs)
