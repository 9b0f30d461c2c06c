"""A CSV or TSV file as rows of text, streamed: memory does not grow with the file."""

from collections.abc import Iterator, Mapping
from functools import partial
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from geo.errors import InputRefused
from geo.ingest.reading.csvrows import Table, filled_rows, lines_of, open_text, read_batches, rows_of
from geo.ingest.reading.dialect import (
    DELIMITER_NAMES,
    LONGEST_LINE,
    columns_in,
    dialect_of,
    excel_hint,
)
from geo.ingest.reading.encoding import read_decoding
from geo.ingest.reading.header import SEARCHED, Header, header_of
from geo.ingest.reading.labels import shown
from geo.ingest.reading.quotes import check_swallowed
from geo.ingest.reading.refusals import empty_file, too_wide
from geo.ingest.reading.rowproblems import blank, stray_bytes
from geo.ingest.reading.scan import read_scan
from geo.ingest.source import Source
from geo.model import Note
from geo.settings import MAX_COLUMNS

_SAMPLE_LINES = 100
_SAMPLE_CHARACTERS = 500_000
_LOOKED_AT = 20_000
"""Rows that are looked at for blank lines and line ends before the file is offered."""
_LINE_ENDS = {"\r\n": "CRLF", "\n": "LF", "\r": "CR"}


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
    head = [(line, cells) for line, _, cells in islice(filled_rows(table), 2 * SEARCHED) if cells is not None]
    if not head:
        raise empty_file(name)
    header = header_of(head, name=name, answers=answers)
    _check_header(header, table)
    return Source(
        format="csv",
        header=header.cells,
        batches=partial(read_batches, table, header),
        encoding=table.decoding.encoding,
        delimiter=table.dialect.delimiter,
        tags=header.tags,
        samples=header.samples,
        questions=(*table.decoding.questions, *header.questions),
        notes=(*table.decoding.notes, *_notes(table)),
    )


def _table(path: Path, name: str, answers: Mapping[str, str]) -> Table:
    scan = read_scan(path)
    if scan.empty:
        raise empty_file(name)
    decoding = read_decoding(path, scan, name=name, answers=answers)
    with open_text(path, scan, decoding) as text:
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


def _sample_lines(first: str, text: TextIOWrapper) -> list[str]:
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


def _check_header(header: Header, table: Table) -> None:
    if len(header.cells) > MAX_COLUMNS:
        raise too_wide(table.name, len(header.cells))
    if table.decoding.loose and stray_bytes(header.line, header.cells, header.cells, ""):
        raise InputRefused(
            f"Line {header.line} of {shown(table.name)} names the columns and has bytes that are not "
            f"{table.decoding.encoding}: save the file as CSV (UTF-8).",
            code="ENC-04",
        )


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

    with open_text(table.path, table.scan, table.decoding) as text:
        looked_at = rows_of(remembered(lines_of(text, table)), table)
        for line, after, cells in islice(looked_at, _LOOKED_AT):
            rows += 1
            blanks += cells is not None and blank(cells)
            tails.add(last[0][-2:])
            if cells is not None and after - line > 1:
                check_swallowed(line, cells, table.dialect.width, table.dialect, name=table.name)
    ends = {next((name for end, name in _LINE_ENDS.items() if tail.endswith(end)), "") for tail in tails}
    return ends - {""}, blanks, rows
