"""Rows on their way from the worker: one JSON list a line in a private file, read as often as needed."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from geo.ingest.reading.wire import issue_in, parts_of
from geo.ingest.source import BATCH_ROWS, Batch, batch_of_rows
from geo.model import Issue

_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Spool:
    """Writes rows and issues; ``[line, cell, ...]`` is a row, ``[[issue's parts]]`` an issue."""

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
        try:
            self._write([line, *cells])
        except UnicodeEncodeError:
            reason = "a cell holds half a character, which is no text"
            self.issue(Issue(line, "", "", "ENC-04", reason, "export the file again"))

    def issue(self, issue: Issue) -> None:
        """Write one row that could not be read."""
        line, *texts = parts_of(issue)
        self._write([[line, *(text.encode("utf-8", "replace").decode() for text in texts)]])

    def _write(self, parts: list[Any]) -> None:
        self._file.write(_encoded(parts).encode() + b"\n")


def read_spooled(path: Path) -> Iterator[tuple[int, tuple[str, ...]] | Issue]:
    """The rows and issues, in the file's order."""
    with path.open(encoding="utf-8", newline="\n") as file:
        for text in file:
            first, *cells = json.loads(text)
            yield issue_in(first) if isinstance(first, list) else (int(first), tuple(map(str, cells)))


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
