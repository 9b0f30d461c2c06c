"""A CSV file as rows of text: encoding, delimiter and physical line numbers, nothing interpreted yet."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geo.errors import InputRefused, QuestionOpen, SettingError
from geo.model import Issue
from geo.settings import MAX_COLUMNS

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_FOREIGN = (
    (b"PK\x03\x04", "a ZIP archive or Excel workbook"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x7fELF", "an executable"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"%PDF", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
)
_ENCODINGS = ("windows-1252", "windows-1251", "windows-1254")
_DELIMITERS = ",;\t|"
LONGEST_READ = 20_000_000
"""Characters of one cell that are read at all."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the physical line on which it starts, counted from 1, and its cells."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file that have as many cells as the header, and an issue for each that has not."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    encoding: str
    delimiter: str
    issues: tuple[Issue, ...]
    normalised: tuple[str, ...]

    @property
    def read(self) -> int:
        """Rows read, the ragged ones included."""
        return len(self.rows) + len(self.issues)


def table_of(content: bytes, *, name: str, answers: Mapping[str, str] | None = None) -> Table:
    """The rows of a CSV or TSV file.

    Raises
    ------
    InputRefused
        The file is empty, of another kind, or broken as a whole.
    QuestionOpen
        The encoding cannot be told; answer with ``encoding``.
    """
    if unknown := sorted((answers or {}).keys() - {"encoding"}):
        raise SettingError(f"{name} asks no question “{unknown[0][:40]}”: the only one is encoding.")
    text, encoding = _decode(content, name, (answers or {}).get("encoding"))
    text, normalised = _without_separator_line(text)
    delimiter = _delimiter(text)
    lines = _rows(text, delimiter, first_line=1 + len(normalised), name=name)
    header_row = next(lines, None)
    if header_row is None:
        raise InputRefused(f"{name} holds no rows: the first line must name the columns.", code="empty")
    header = _header(header_row, name)
    rows, issues = [], []
    for row in lines:
        if len(row.cells) == len(header):
            rows.append(row)
        elif any(cell.strip() for cell in row.cells):
            issues.append(_ragged(row, len(header)))
    if not rows and not issues:
        normalised = (*normalised, "the file has a header and no rows")
    if encoding not in {"utf-8", "utf-8-sig"}:
        normalised = (*normalised, f"read as {encoding}")
    return Table(header, tuple(rows), encoding, delimiter, tuple(issues), normalised)


def _decode(content: bytes, name: str, chosen: str | None) -> tuple[str, str]:
    if not content.strip(b" \r\n\t\x00"):
        raise InputRefused(f"{name} is empty: export it again and check its size.", code="empty")
    for magic, kind in _FOREIGN:
        if content.startswith(magic):
            raise InputRefused(
                f"{name} is {kind}, not a CSV file: save it as CSV (UTF-8).", code="wrong_format"
            )
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return _strict(content, encoding, name), encoding
    if b"\x00" in content[:4096]:
        raise InputRefused(f"{name} holds binary data: save it as CSV (UTF-8).", code="wrong_format")
    if chosen:
        if chosen.lower() not in (*_ENCODINGS, "utf-8"):
            raise InputRefused(
                f"The encoding {chosen[:40]!r} is not one of {', '.join(_ENCODINGS)}.", code="encoding"
            )
        return _strict(content, chosen, name), chosen
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise QuestionOpen(
            f"{name} is not UTF-8 (line {line}): say which encoding it has, one of {', '.join(_ENCODINGS)} "
            "(--answer encoding=…), or save it as CSV (UTF-8).",
            question="encoding",
        ) from error


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputRefused(
            f"{name} cannot be read as {encoding}: save it as CSV (UTF-8).", code="encoding"
        ) from error


def _without_separator_line(text: str) -> tuple[str, tuple[str, ...]]:
    """Excel's ``sep=;`` line is a hint to Excel, not a header."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) <= 5:
        return rest, ("the first line “sep=” was skipped",)
    return text, ()


def _delimiter(text: str) -> str:
    header = text[:100_000].split("\n", 1)[0]
    return max(_DELIMITERS, key=header.count)


def _rows(text: str, delimiter: str, *, first_line: int, name: str) -> Iterator[Row]:
    # The standard limit of 131,072 characters would refuse the file for one long cell; the check of cells
    # names the row instead. The limit is the process's, but nothing else in it reads CSV this way.
    csv.field_size_limit(LONGEST_READ)
    # newline="" keeps line breaks inside quotes and never splits at U+2028 or form feeds.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first_line
    try:
        for cells in reader:
            if cells:
                yield Row(line, tuple(cells))
            line = first_line + reader.line_num
    except csv.Error as error:
        reason = {"unexpected end of data": "a quote opened there is not closed"}.get(str(error), str(error))
        raise InputRefused(
            f"{name} is broken at line {line}: {reason}; mend the line and try again.", code="broken"
        ) from error


def _header(row: Row, name: str) -> tuple[str, ...]:
    if len(row.cells) > MAX_COLUMNS:
        raise InputRefused(
            f"{name} has {len(row.cells)} columns, {MAX_COLUMNS} are allowed: remove the empty ones.",
            code="too_many_columns",
        )
    header = tuple(cell.strip() for cell in row.cells)
    folded = [cell.casefold() for cell in header]
    twice = next((cell for cell in folded if cell and folded.count(cell) > 1), None)
    if twice is not None:
        raise InputRefused(
            f"{name} has two columns named “{twice[:60]}”: rename or remove one.", code="duplicate_header"
        )
    return header


def _ragged(row: Row, wanted: int) -> Issue:
    return Issue(
        line=row.line,
        column="",
        value="",
        code="cell_count",
        reason=f"{len(row.cells)} cells, {wanted} expected",
        fix="put cells that hold the delimiter or a decimal comma in quotes",
    )
