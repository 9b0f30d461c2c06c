"""An Excel workbook as rows of text: one sheet, its values as a person reads them."""

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from geo.errors import InputRefused
from geo.ingest.reading.answers import choose
from geo.ingest.reading.container import check_container, check_counted, open_container
from geo.ingest.reading.header import SEARCHED, Header, header_of
from geo.ingest.reading.isolated import Done, run_job
from geo.ingest.reading.labels import handles, shown
from geo.ingest.reading.rowproblems import blank, long_cell
from geo.ingest.reading.spool import Spool, batches, read_spooled
from geo.ingest.reading.wire import Reply, notes_in, questions_in, said
from geo.ingest.source import ABOUT_SHEET, Batch, Source
from geo.model import Issue, Note, Option, Question
from geo.settings import MAX_COLUMNS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_MOST_MEMBERS = 2_000
"""A workbook is an archive of sheets, pictures and drawings; it may hold more files than a data archive."""
_MOST_CELLS = 20_000_000
"""A sheet with more, empty ones included, would not fit into the worker's memory."""
_AS_CSV = "save it as CSV (UTF-8)"
_ERROR_CELL = b't="e"'
_SAMPLE_ROWS = 3
Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def open_workbook(path: Path, *, name: str, answers: Mapping[str, str]) -> Source:
    """The chosen sheet of a workbook; questions ``sheet`` and ``header`` may be open."""
    done = run_job("workbook", path, name=name, answers=answers)
    head = [row for row in islice(_rows(done), 2 * SEARCHED) if not isinstance(row, Issue)]
    if not head:
        raise InputRefused(f"{shown(name)} has no sheet with data: export it again.", code="CSV-07")
    header = header_of(head, name=name, answers=answers)
    return Source(
        format="xlsx",
        header=header.cells,
        batches=partial(_batches, done, header),
        tags=header.tags,
        samples=header.samples,
        questions=(*questions_in(done.reply), *header.questions),
        notes=notes_in(done.reply),
    )


def work(job: "Job") -> Reply:
    """In the worker: choose the sheet and write its rows as text."""
    with open_container(job.path, name=job.name, damaged="XLS-01") as archive:
        members = archive.infolist()
        check_container(members, name=job.name, most=_MOST_MEMBERS, smaller=_AS_CSV)
        errors = check_counted(
            archive, members, name=job.name, damaged="XLS-01", mark=_ERROR_CELL, smaller=_AS_CSV
        )
    try:
        with CalamineWorkbook.from_path(job.path) as workbook:
            reply = _write_sheet(workbook, job)
    except PasswordError as error:
        raise InputRefused(
            f"{shown(job.name)} is protected by a password: save it without one.", code="XLS-01"
        ) from error
    except CalamineError as error:
        raise InputRefused(
            f"{shown(job.name)} is a workbook that cannot be read: save it again as .xlsx.", code="XLS-01"
        ) from error
    if errors:
        reply["notes"].append(
            asdict(Note("XLS-03", "cells with Excel errors, such as #N/A, were read as empty"))
        )
    return reply


def text_of(value: Value) -> str:
    """A cell's value as text: days and times in ISO 8601, whole numbers without a point."""
    return value if isinstance(value, str) else _TEXTS[type(value)](value)


def _number(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _moment(value: datetime.datetime) -> str:
    return value.isoformat() if value.time() != _MIDNIGHT else value.date().isoformat()


_MIDNIGHT = datetime.time()
_TEXTS: Mapping[type, Callable[[Any], str]] = {
    float: _number,
    int: str,
    bool: {True: "true", False: "false"}.__getitem__,
    datetime.datetime: _moment,
    datetime.date: datetime.date.isoformat,
    datetime.time: datetime.time.isoformat,
    datetime.timedelta: str,
}
"""A sheet has millions of cells: looking the type up costs half of asking for one after another."""


def _rows(done: Done) -> Iterator[tuple[int, tuple[str, ...]] | Issue]:
    return read_spooled(done.path / "rows")


def _batches(done: Done, header: Header) -> Iterator[Batch]:
    return batches(_below(done, header))


def _below(done: Done, header: Header) -> Iterator[tuple[int, tuple[str, ...]] | Issue]:
    """The rows under the header, without the row of hashtags."""
    for row in _rows(done):
        if isinstance(row, Issue):
            if row.line > header.line:
                yield row
        elif row[0] > header.line and row[0] != header.tags_line:
            yield long_cell(row[0], row[1], header.cells) or row


def _write_sheet(workbook: CalamineWorkbook, job: "Job") -> Reply:
    filled = _filled_sheets(workbook, job)
    first = next((place for place, sheet in enumerate(filled) if not _beyond_limits(sheet, job)), 0)
    names = [sheet.name for sheet in filled]
    values = handles(names)
    options = tuple(
        Option(value, f"{shown(sheet.name)}: {sheet.height:,} rows", _sample(sheet))
        for value, sheet in zip(values, filled, strict=True)
    )
    question = Question(
        "sheet",
        "XLS-02",
        f"{shown(job.name)} has {len(names)} sheets with data: which one is meant?",
        options,
        values[first],
    )
    chosen, questions = choose(question, job.answers)
    sheet = filled[chosen]
    if beyond := _beyond_limits(sheet, job):
        raise beyond
    with Spool(job.rows) as spool:
        for line, row in enumerate(sheet.iter_rows(), start=1):  # of the sheet's first row on, even if blank
            cells = [value if isinstance(value, str) else text_of(value) for value in row]
            if not blank(cells):
                spool.row(line, cells)
    return said(_hidden(workbook), questions)


def _filled_sheets(workbook: CalamineWorkbook, job: "Job") -> list[CalamineSheet]:
    filled = []
    for place, about in enumerate(workbook.sheets_metadata):
        if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_index(place)
        if about.name == ABOUT_SHEET:
            continue
        if sheet.total_height and sheet.total_width:
            filled.append(sheet)
    if not filled:
        raise InputRefused(f"{shown(job.name)} has no sheet with data: export it again.", code="CSV-07")
    return filled


def _beyond_limits(sheet: CalamineSheet, job: "Job") -> InputRefused | None:
    """The refusal of a sheet that is too large."""
    if sheet.total_width > MAX_COLUMNS:
        return InputRefused(
            f"The sheet {shown(sheet.name)} of {shown(job.name)} has {sheet.total_width:,} columns and {MAX_COLUMNS} "
            "are allowed: remove the empty ones.",
            code="CSV-05",
        )
    if sheet.total_height * sheet.total_width > _MOST_CELLS:
        return InputRefused(
            f"The sheet {shown(sheet.name)} of {shown(job.name)} has more than {_MOST_CELLS:,} cells: "
            f"{_AS_CSV}.",
            code="LIM-01",
        )
    return None


def _sample(sheet: CalamineSheet) -> str:
    rows = sheet.to_python(nrows=_SAMPLE_ROWS)
    return "\n".join(
        shown(" | ".join(text_of(value) for value in row if value != ""), longest=120) for row in rows
    )


def _hidden(workbook: CalamineWorkbook) -> list[Note]:
    hidden = [about.name for about in workbook.sheets_metadata if about.visible != SheetVisibleEnum.Visible]
    if not hidden:
        return []
    named = ", ".join(shown(name) for name in hidden[:5])
    return [Note("XLS-02", f"hidden sheets were left out: {named}", "said")]
