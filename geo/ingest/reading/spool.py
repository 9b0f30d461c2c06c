"""Rows on their way from the worker: one a line in a private file, read as often as needed.

A row is its number and its cells with :data:`_APART` between them, or a JSON list where a cell holds that sign or a
line end; an issue is a JSON list in a list. Both begin with ``[``, which no number does. JSON alone took most of the time.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType

from geo.ingest.reading.wire import issue_in, parts_of
from geo.ingest.source import BATCH_ROWS, Batch, batch_of_rows
from geo.model import Issue

_APART = "\x1f"
"""The control character that separates units: cells of tables do not hold it."""
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Spool:
    """Writes rows and issues."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")

    def __enter__(self) -> "Spool":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def row(self, line: int, cells: Sequence[str]) -> None:
        """Write one row; halves of characters, which JSON and KML can hold, make it an issue."""
        text = _APART.join((str(line), *cells))
        if "\n" in text or text.count(_APART) != len(cells):
            text = _encoded([line, *cells])
        try:
            self._write(text)
        except UnicodeEncodeError:
            reason = "a cell holds half a character, which is no text"
            self.issue(Issue(line, "", "", "ENC-04", reason, "export the file again"))

    def issue(self, issue: Issue) -> None:
        """Write one row that could not be read."""
        line, *texts = parts_of(issue)
        self._write(_encoded([[line, *(text.encode("utf-8", "replace").decode() for text in texts)]]))

    def _write(self, text: str) -> None:
        self._file.write(text.encode() + b"\n")


def read_spooled(path: Path) -> Iterator[tuple[int, tuple[str, ...]] | Issue]:
    """The rows and issues, in the file's order."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for text in file:
            if text[0] == "[":
                first, *cells = json.loads(text)
                yield issue_in(first) if isinstance(first, list) else (int(first), tuple(map(str, cells)))
            else:
                line, *cells = text[:-1].split(_APART)
                yield int(line), tuple(cells)


def batches(rows: Iterator[tuple[int, tuple[str, ...]] | Issue]) -> Iterator[Batch]:
    """The rows and issues as batches."""
    lines: list[int] = []
    cells: list[tuple[str, ...]] = []
    issues: list[Issue] = []
    for row in rows:
        if isinstance(row, Issue):
            issues.append(row)
        else:
            lines.append(row[0])
            cells.append(row[1])
        if len(lines) + len(issues) >= BATCH_ROWS:
            yield batch_of_rows(lines, cells, issues)
            lines, cells, issues = [], [], []
    if lines or issues:
        yield batch_of_rows(lines, cells, issues)
