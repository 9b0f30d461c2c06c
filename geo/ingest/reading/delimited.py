"""A CSV or TSV file as rows of text, streamed: memory does not grow with the file."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.dialect import (
    DELIMITER_NAMES,
    LONGEST_LINE,
    Dialect,
    columns_in,
    dialect_of,
    excel_hint,
)
from geo.ingest.reading.encoding import Decoding, read_decoding
from geo.ingest.reading.header import SEARCHED, Header, header_of
from geo.ingest.reading.labels import shown
from geo.ingest.reading.quotes import check_broken_row, check_swallowed
from geo.ingest.reading.refusals import empty_file, too_wide
from geo.ingest.reading.rowproblems import (
    blank,
    broken_quotes,
    incomplete,
    long_cell,
    nul_cell,
    ragged,
    stray_bytes,
)
from geo.ingest.reading.scan import Scan, read_scan
from geo.ingest.reading.section import open_section
from geo.ingest.source import BATCH_ROWS, Batch, Source
from geo.model import Issue, Note
from geo.settings import MAX_COLUMNS

_SAMPLE_LINES = 100
_SAMPLE_CHARACTERS = 500_000
_LOOKED_AT = 100_000
"""Rows that are looked at for blank lines and line ends before the file is offered."""
_LONGEST_PASSAGE = 2_000
"""Lines of a broken row that are looked at for the place of its quote."""
_LINE_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}
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


def open_delimited(path: Path, *, name: str, answers: Mapping[str, str]) -> Source:
    """A CSV or TSV file.

    Raises
    ------
    InputRefused
        The file is empty, too wide, or its quotes are broken.
    SettingError
        An answer is none of the options.
    """
    table = _table(path, name, answers)
    head = [
        (line, cells) for line, _, cells in islice(_filled_rows(table), 2 * SEARCHED) if cells is not None
    ]
    if not head:
        raise empty_file(name)
    header = header_of(head, name=name, answers=answers)
    _check_header(header, table)
    return Source(
        format="csv",
        header=header.cells,
        batches=partial(_batches, table, header),
        encoding=table.decoding.encoding,
        delimiter=table.dialect.delimiter,
        tags=header.tags,
        questions=(*table.decoding.questions, *header.questions),
        notes=(*table.decoding.notes, *_notes(table)),
    )


def _table(path: Path, name: str, answers: Mapping[str, str]) -> Table:
    scan = read_scan(path)
    if scan.empty:
        raise empty_file(name)
    decoding = read_decoding(path, scan, name=name, answers=answers)
    with _text(path, scan, decoding) as text:
        first = text.readline(LONGEST_LINE)
        hint = excel_hint(first)
        if hint:
            first = text.readline(LONGEST_LINE)
        lines = _sample_lines(first, text)
        complete = not text.readline(1)
    dialect = dialect_of(lines, hint=hint, complete=complete)
    if (width := columns_in(first, dialect.delimiter)) > MAX_COLUMNS:
        raise too_wide(name, width)
    return Table(path, name, scan, decoding, dialect, skipped=int(bool(hint)))


def _sample_lines(first: str, text: io.TextIOWrapper) -> list[str]:
    lines, length = [first], len(first)
    while (
        len(lines) < _SAMPLE_LINES
        and length < _SAMPLE_CHARACTERS
        and (line := text.readline(_SAMPLE_CHARACTERS))
    ):
        lines.append(line)
        length += len(line)
    # One line may be enormous, and every delimiter is tried on it.
    return [line for line in lines if len(line) < _SAMPLE_CHARACTERS] or [first[:_SAMPLE_CHARACTERS]]


def _text(path: Path, scan: Scan, decoding: Decoding) -> io.TextIOWrapper:
    # newline="" keeps line breaks inside quotes and never splits at U+2028 or form feeds.
    return io.TextIOWrapper(
        open_section(path, scan.size if scan.tail else None),
        encoding=decoding.encoding,
        errors="surrogateescape" if decoding.loose else "strict",
        newline="",
    )


def _check_header(header: Header, table: Table) -> None:
    if len(header.cells) > MAX_COLUMNS:
        raise too_wide(table.name, len(header.cells))
    if table.decoding.loose and stray_bytes(header.line, header.cells, header.cells, ""):
        raise InputRefused(
            f"Line {header.line} of {shown(table.name)} names the columns and has bytes that are not "
            f"{table.decoding.encoding}: save the file as CSV (UTF-8).",
            code="ENC-04",
        )


def _rows(table: Table) -> Iterator[Row]:
    """Every row of the file with its physical lines, blank ones as empty lists."""
    with _text(table.path, table.scan, table.decoding) as text:
        yield from _parsed(_guarded(text, table) if table.scan.long_lines else text, table)


def _parsed(lines: Iterator[str], table: Table) -> Iterator[Row]:
    for _ in range(table.skipped):
        next(lines)
    reader = table.dialect.reader(lines)
    after = first = table.skipped + 1
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


def _passage(table: Table, line: int, after: int) -> list[str]:
    """The physical lines of one row, read again."""
    with _text(table.path, table.scan, table.decoding) as text:
        return list(islice(text, line - 1, min(after - 1, line - 1 + _LONGEST_PASSAGE)))


def _guarded(text: io.TextIOWrapper, table: Table) -> Iterator[str]:
    """The lines of a file that may have enormous ones: those are never held whole."""
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


def _filled_rows(table: Table) -> Iterator[Row]:
    return (row for row in _rows(table) if row[2] is None or not blank(row[2]))


def _batches(table: Table, header: Header) -> Iterator[Batch]:
    lines: list[int] = []
    rows: list[tuple[str, ...]] = []
    issues: list[Issue] = []
    width, suspicious = len(header.cells), table.suspicious
    for line, after, cells in _rows(table):
        if line <= header.line or line == header.tags_line:
            continue
        # The common row is right in width, stands in one line and is not blank: nothing else to look at.
        if cells and len(cells) == width and after - line == 1 and cells[0].strip() and not suspicious:
            issue = None
        elif cells is not None and blank(cells):
            continue
        else:
            issue = _problem(line, after, cells, header, table)
        if issue is not None:
            issues.append(issue)
        elif cells is not None:
            lines.append(line)
            rows.append(tuple(cells))
        if len(rows) + len(issues) >= BATCH_ROWS:
            yield Batch(tuple(lines), tuple(rows), tuple(issues))
            lines, rows, issues = [], [], []
    if rows or issues:
        yield Batch(tuple(lines), tuple(rows), _cut_off(issues, lines, table))


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


def _notes(table: Table) -> Iterator[Note]:
    """What is to be said of line ends, blank lines and the end of the file."""
    if table.skipped:
        yield Note(
            "CSV-11", f"Excel's line sep= was read as the delimiter: {_named(table.dialect.delimiter)}"
        )
    ends, blanks, rows = _first_look(table)
    within = f" among the first {_LOOKED_AT:,} rows" if rows == _LOOKED_AT else ""
    if blanks:
        yield Note(
            "CSV-10", f"{blanks:,} blank {'line was' if blanks == 1 else 'lines were'} skipped{within}"
        )
    if len(ends) > 1:
        yield Note("CSV-10", f"the line ends are mixed ({', '.join(sorted(ends))})")
    if table.scan.tail:
        yield Note(
            "ENC-06", f"the file ends in {table.scan.tail:,} NUL bytes: it may be incomplete", "incomplete"
        )


def _named(delimiter: str) -> str:
    return DELIMITER_NAMES.get(delimiter, delimiter)


def _first_look(table: Table) -> tuple[set[str], int, int]:
    """Kinds of line ends outside quotes, blank lines, and how many rows were looked at."""
    tails: set[str] = set()
    blanks = rows = 0
    last = [""]

    def remembered(lines: Iterator[str]) -> Iterator[str]:
        for last[0] in lines:
            yield last[0]

    with _text(table.path, table.scan, table.decoding) as text:
        lines = _guarded(text, table) if table.scan.long_lines else text
        for line, after, cells in islice(_parsed(remembered(lines), table), _LOOKED_AT):
            rows += 1
            blanks += cells is not None and blank(cells)
            tails.add(last[0][-2:])
            if cells is not None and after - line > 1:
                check_swallowed(line, cells, table.dialect.width, table.dialect, name=table.name)
    ends = {next((name for end, name in _LINE_ENDS.items() if tail.endswith(end)), "") for tail in tails}
    return ends - {""}, blanks, rows
