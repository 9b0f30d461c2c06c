"""Files for people out of an import: the rejected rows to be mended, and all remarks. Safe in a spreadsheet."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from geo.errors import InputRefused
from geo.formula import guarded
from geo.model import Issue
from geo.workflows.previews import Preview

_ISSUE_COLUMNS = ("line", "code", "column", "reason", "fix", "original")


def rejects_csv(preview: Preview) -> str:
    """The rejected rows in the file's own columns, each with its line, code, reason and remedy."""
    return "".join(_reject_lines(preview))


def write_rejects(path: Path, preview: Preview) -> None:
    """Write the rejected rows, one after another: there may be very many."""
    try:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(_reject_lines(preview))
    except OSError as error:
        raise InputRefused(
            f"{path} cannot be written ({error.strerror}): name another file.", code="unwritable"
        ) from error


def issues_csv(issues: Sequence[Issue]) -> str:
    """Issues and remarks as CSV."""
    rows = ([str(i.line), i.column, i.value, i.code, i.reason, i.fix] for i in issues)
    return "".join(_csv_lines([["line", "column", "value", "code", "reason", "fix"]], rows))


def _reject_lines(preview: Preview) -> Iterator[str]:
    width = len(preview.header)
    rows = (
        [
            *(cells or [""] * width),
            str(issue.line),
            issue.code,
            issue.column,
            issue.reason,
            issue.fix,
            "" if cells else issue.value,  # a row that has no cells is given as it stands in the file
        ]
        for cells, issue in preview.draft.rejects()
    )
    yield from _csv_lines([[*preview.header, *_ISSUE_COLUMNS]], rows)


def _csv_lines(header: Iterable[Sequence[str]], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for source in (header, rows):
        for row in source:
            out = io.StringIO()
            csv.writer(out, lineterminator="\n").writerow([guarded(cell) for cell in row])
            yield out.getvalue()
