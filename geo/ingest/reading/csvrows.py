"""The rows of a CSV file with their physical lines, streamed: memory does not grow with the file."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.dialect import LONGEST_LINE, Dialect
from geo.ingest.reading.encoding import Decoding
from geo.ingest.reading.header import Header
from geo.ingest.reading.labels import shown
from geo.ingest.reading.plainlines import BlockLines, plain_rows, read_blocks
from geo.ingest.reading.quotes import check_broken_row, check_swallowed
from geo.ingest.reading.rowproblems import (
    blank,
    broken_quotes,
    incomplete,
    long_cell,
    nul_cell,
    ragged,
    stray_bytes,
)
from geo.ingest.reading.scan import Scan
from geo.ingest.reading.section import open_section
from geo.ingest.source import BATCH_ROWS, Batch, batch_of_rows
from geo.model import Issue

_LONGEST_PASSAGE = 2_000
"""Lines of a broken row that are looked at for the place of its quote."""
_BOM_BYTES = 3
Row = tuple[int, int, list[str] | None]
"""First physical line, line after the last, and the cells; None if the quotes in the row are broken."""


@dataclass(frozen=True, slots=True)
class Table:
    """What is known of a file before its rows are read. ``skipped`` counts lines above the first row."""

    path: Path
    name: str
    scan: Scan
    decoding: Decoding
    dialect: Dialect
    skipped: int

    @property
    def suspicious(self) -> bool:
        """Whether each row must be looked at cell by cell."""
        return self.scan.nuls or self.scan.long_lines or self.decoding.loose

    @property
    def simple(self) -> bool:
        """Whether whole blocks of lines may be read at once."""
        return (
            self.decoding.encoding in {"utf-8", "utf-8-sig"}
            and not self.suspicious
            and not self.dialect.spaced
            and self.dialect.delimiter.isascii()
        )


@dataclass(slots=True)
class _Gathered:
    """Rows that were read one by one, until they are a batch."""

    table: Table
    header: Header
    lines: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.lines) + len(self.issues)

    def add(self, row: Row) -> None:
        """Take a row below the header, with what is wrong with it."""
        line, after, cells = row
        if line <= self.header.line or line == self.header.tags_line:
            return
        # The common row is right in width, stands in one line and is not blank: nothing else to look at.
        if (
            cells
            and len(cells) == len(self.header.cells)
            and after - line == 1
            and cells[0].strip()
            and not self.table.suspicious
        ):
            issue = None
        elif cells is not None and blank(cells):
            return
        else:
            issue = _problem(line, after, cells, self.header, self.table)
        if issue is not None:
            self.issues.append(issue)
        elif cells is not None:
            self.lines.append(line)
            self.cells.append(cells)

    def batch(self, *, is_last: bool = False) -> Batch:
        """All that was taken, and begin anew."""
        issues = _cut_off(self.issues, self.lines, self.table) if is_last else self.issues
        batch = batch_of_rows(self.lines, self.cells, issues)
        self.lines, self.cells, self.issues = [], [], []
        return batch


def read_batches(table: Table, header: Header) -> Iterator[Batch]:
    """The rows below the header; whole blocks at once where every line is a plain row.

    Raises
    ------
    InputRefused
        A quote that is not closed swallows rows.
    """
    gathered = _Gathered(table, header)
    for piece in _pieces(table, header) if table.simple else _rows(table):
        if isinstance(piece, Batch):
            if gathered:
                yield gathered.batch()
            yield piece
        else:
            gathered.add(piece)
            if len(gathered) >= BATCH_ROWS:
                yield gathered.batch()
    if gathered:
        yield gathered.batch(is_last=True)


def filled_rows(table: Table) -> Iterator[Row]:
    """Every row of the file that is not blank."""
    return (row for row in _rows(table) if row[2] is None or not blank(row[2]))


def open_text(path: Path, scan: Scan, decoding: Decoding) -> io.TextIOWrapper:
    """The file as text, up to the NUL bytes at its end."""
    # newline="" keeps line breaks inside quotes and never splits at U+2028 or form feeds.
    return io.TextIOWrapper(
        open_section(path, scan.size if scan.tail else None),
        encoding=decoding.encoding,
        errors="surrogateescape" if decoding.loose else "strict",
        newline="",
    )


def _parsed(lines: Iterator[str], table: Table, *, first: int) -> Iterator[Row]:
    """Every row of the lines, of which the first is numbered so; blank ones as empty lists."""
    reader = table.dialect.reader(lines)
    after = first
    while True:
        try:
            for cells in reader:
                line, after = after, reader.line_num + first
                yield line, after, cells
        except csv.Error as error:
            line, after = after, reader.line_num + first
            check_broken_row(str(error), line, _passage(table, line, after), table.dialect, name=table.name)
            yield line, after, None
        else:
            return


def lines_of(text: io.TextIOWrapper, table: Table) -> Iterator[str]:
    """The physical lines of a file; enormous ones are never held whole."""
    return _guarded(text, table) if table.scan.long_lines else text


def rows_of(lines: Iterator[str], table: Table) -> Iterator[Row]:
    """Every row of a file's lines, without those above the first row."""
    return _parsed(islice(lines, table.skipped, None), table, first=table.skipped + 1)


def _guarded(text: io.TextIOWrapper, table: Table) -> Iterator[str]:
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            raise InputRefused(
                f"Line {number} of {shown(table.name)} is longer than {LONGEST_LINE:,} characters: "
                "check its line ends and quotes.",
                code="CSV-06",
            )
        yield line


def _pieces(table: Table, header: Header) -> Iterator[Row | Batch]:
    """Blocks of plain lines as batches, all other lines row by row."""
    line, above = 1, max(header.line, header.tags_line)
    with open_section(table.path, table.scan.size if table.scan.tail else None) as file:
        file.read(_BOM_BYTES if table.scan.bom else 0)
        blocks = read_blocks(file)
        for block in blocks:
            rows = None
            if line > above:
                rows = plain_rows(block, delimiter=table.dialect.delimiter, width=len(header.cells))
            if rows is not None:
                yield rows.batch(line)
                line += rows.lines
                continue
            lines = BlockLines(block, blocks)
            for _ in range(table.skipped if line == 1 else 0):
                next(lines)
                line += 1
            for row in _parsed(lines, table, first=line):
                yield row
                if lines.at_end:
                    line = row[1]
                    break


def _rows(table: Table) -> Iterator[Row]:
    """Every row of the file with its physical lines."""
    with open_text(table.path, table.scan, table.decoding) as text:
        yield from rows_of(lines_of(text, table), table)


def _passage(table: Table, line: int, after: int) -> list[str]:
    """The physical lines of one row, read again."""
    with open_text(table.path, table.scan, table.decoding) as text:
        return list(islice(text, line - 1, min(after - 1, line - 1 + _LONGEST_PASSAGE)))


def _problem(line: int, after: int, cells: list[str] | None, header: Header, table: Table) -> Issue | None:
    """What makes a row unreadable, if anything does."""
    if cells is None:
        return broken_quotes(line)
    if after - line > 1:
        check_swallowed(line, cells, len(header.cells), table.dialect, name=table.name)
    if table.scan.nuls and (issue := nul_cell(line, cells, header.cells)):
        return issue
    if table.decoding.loose and (issue := stray_bytes(line, cells, header.cells, table.decoding.encoding)):
        return issue
    if len(cells) != len(header.cells):
        return ragged(line, cells, len(header.cells), table.dialect.delimiter)
    return long_cell(line, cells, header.cells)


def _cut_off(issues: list[Issue], lines: list[int], table: Table) -> tuple[Issue, ...]:
    """The issues; if the file ends in the middle of the last row, that row says so."""
    if issues and not table.scan.ends_with_line_end and issues[-1].line > max(lines, default=0):
        return (*issues[:-1], incomplete(issues[-1]))
    return tuple(issues)
