"""Import: from the bytes of a file to a preview, and from a preview to a committed change."""

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from geo.boundaries.assign import assign
from geo.errors import InputRefused, QuestionOpen
from geo.gazetteer.lookup import Gazetteer
from geo.geoparse.parse import geo_precision, parse
from geo.ingest.rows import Checked, checked_rows
from geo.ingest.table import table_of
from geo.model import Candidate, ImportReport, Issue, Place, Resolution
from geo.situation import OTHER_PARTY
from geo.store.base import Change
from geo.store.readmodel import event_columns
from geo.vocab import POINT_KINDS
from geo.workflows.desk import Desk
from geo.workflows.json_forms import import_json

LONGEST_LABEL = 120
IMPORTABLE = ("events", "posts")
"""Families that come as a CSV; zones and lines have geometry and need other formats."""
NOT_PLACED = "leave it without a place"


@dataclass(frozen=True, slots=True)
class OpenName:
    """A place name that could not be settled: how many rows bear it and what it may mean."""

    name: str
    country: str
    rows: int
    alternatives: tuple[Candidate, ...] = ()

    @property
    def key(self) -> str:
        """What a choice for it is kept under: the same name in two countries is two questions."""
        return f"{self.name}|{self.country}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is written yet. ``verdicts`` has one word for each row."""

    report: ImportReport
    family: str
    rows: pd.DataFrame
    verdicts: pd.Series
    raw: Mapping[str, str]
    open_names: tuple[OpenName, ...]


def preview_import(
    desk: Desk,
    content: bytes,
    *,
    name: str,
    family: str = "events",
    answers: Mapping[str, str] | None = None,
    choices: Mapping[str, str] | None = None,
) -> Preview:
    """Read and check a file, place its rows, and compare it with the store.

    ``answers`` settle questions about the file; ``choices`` give the place_id for open names, by their key.

    Raises
    ------
    InputRefused, QuestionOpen
        The file as a whole cannot be taken, or not yet.
    """
    name = file_label(name)
    table = table_of(content, name=name, answers=answers)
    checked = checked_rows(table, family, name=name)
    rows, placed, open_names, notes = (
        _placed(desk, checked, choices or {}) if family == "events" else (checked.accepted, 0, (), [])
    )
    verdicts = desk.store.compare(family, rows)
    normalised = [
        *table.normalised,
        *([f"{placed} row{'s were' if placed > 1 else ' was'} placed by name"] if placed else []),
    ]
    issues = tuple(sorted((*checked.issues, *checked.remarks, *notes), key=lambda issue: issue.line))
    report = ImportReport(
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        outcome="PARTIAL" if checked.rejected else "NORMALISE" if normalised or checked.remarks else "ACCEPT",
        read=checked.read,
        added=int((verdicts == "added").sum()),
        changed=int((verdicts == "changed").sum()),
        unchanged=int((verdicts == "unchanged").sum()),
        rejected=checked.rejected,
        unplaced=unplaced_count(desk, rows) if family == "events" else 0,
        issues=issues,
        normalised=tuple(normalised),
        encoding=table.encoding,
        delimiter=table.delimiter,
        mapping=checked.mapping,
    )
    return Preview(report, family, rows, verdicts, checked.raw, open_names)


def commit_import(desk: Desk, preview: Preview, *, recorded_by: str | None = None) -> ImportReport:
    """Write a preview in one transaction; the counts are those of the commit itself.

    Another process may have written since the preview, so the verdicts are made again under the lock.
    """
    receipt = desk.store.commit(
        Change(
            action="import",
            recorded_by=recorded_by or desk.settings.user,
            rows={preview.family: preview.rows},
            raw=preview.raw,
            file=preview.report.file,
            sha256=preview.report.sha256,
        )
    )
    return replace(
        preview.report,
        added=receipt.added[preview.family],
        changed=receipt.changed[preview.family],
        unchanged=receipt.unchanged[preview.family],
        import_id=receipt.import_id,
    )


def import_refused(error: InputRefused, content: bytes, *, name: str) -> dict[str, Any]:
    """The ledger of a file that was not taken: nothing read, nothing written, and why."""
    report = ImportReport(
        file=file_label(name),
        sha256=hashlib.sha256(content).hexdigest(),
        outcome="ASK" if isinstance(error, QuestionOpen) else "REJECT",
        read=0,
        added=0,
        changed=0,
        unchanged=0,
        rejected=0,
        unplaced=0,
        code=error.code,
        question=getattr(error, "question", ""),
    )
    return import_json(report) | {"error": str(error)}


def file_label(name: str) -> str:
    """A file's name as text that can be stored and shown: never a path, at most 120 characters."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[:LONGEST_LABEL]


def write_issues(path: Path, issues: Sequence[Issue]) -> None:
    """Write the issues as CSV, safe to open in a spreadsheet."""
    try:
        path.write_text(issues_csv(issues), "utf-8", newline="")
    except OSError as error:
        raise InputRefused(
            f"{path} cannot be written ({error.strerror}): name another file.", code="unwritable"
        ) from error


def issues_csv(issues: Sequence[Issue]) -> str:
    """The issues as CSV; a text that a spreadsheet would run as a formula gets a leading apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["line", "column", "value", "code", "reason", "fix"])
    writer.writerows([i.line, *map(guarded, (i.column, i.value, i.code, i.reason, i.fix))] for i in issues)
    return out.getvalue()


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def with_admin(desk: Desk, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with coordinates get country and unit from the boundaries where the file gave none."""
    known = assign(
        rows["lon"].to_numpy(float, na_value=float("nan")),
        rows["lat"].to_numpy(float, na_value=float("nan")),
        layers=desk.admin_layers,
    ).set_index(rows.index)
    return rows.assign(
        **{
            column: rows[column].where(rows[column] != "", known[column].astype("str"))
            for column in ("admin0", "admin1")
        }
    )


def unplaced_count(desk: Desk, rows: pd.DataFrame) -> int:
    """Events that the map cannot draw, by the same rule as the map's."""
    columns = event_columns(
        rows, desk.situation, (*(p.code for p in desk.situation.parties), OTHER_PARTY), tuple(desk.areas)
    )
    return int((~columns.placed).sum())


def located(rows: pd.DataFrame, place: Place, where: pd.Series) -> pd.DataFrame:
    """Rows that get this place: a settlement gives a point, anything larger only its id."""
    values = {"place_id": place.place_id, "geo_precision": geo_precision(place)}
    if place.kind in POINT_KINDS:
        values |= {"lat": place.lat, "lon": place.lon}
    return rows.assign(**{column: rows[column].mask(where, value) for column, value in values.items()})


def _placed(
    desk: Desk, checked: Checked, choices: Mapping[str, str]
) -> tuple[pd.DataFrame, int, tuple[OpenName, ...], list[Issue]]:
    """Place rows without coordinates, once for each distinct name, and add the admin columns."""
    rows = checked.accepted
    wanting = rows["lat"].isna() & (rows["toponym"] != "")
    placed, open_names, notes = 0, [], []
    for (name, country), group in rows[wanting].groupby(["toponym", "admin0"], sort=True):
        where = pd.Series(rows.index.isin(group.index), index=rows.index)
        open_name = OpenName(str(name), str(country), len(group))
        answer = _resolve(desk.gazetteer, open_name, choices.get(open_name.key))
        if answer.place is not None:
            rows = located(rows, answer.place, where)
            placed += len(group)
        elif choices.get(open_name.key) != NOT_PLACED:
            open_names.append(replace(open_name, alternatives=answer.alternatives))
            notes += [
                Issue(
                    int(line),
                    "toponym",
                    str(name)[:200],
                    "place_open",
                    "the place could mean several or none of the known ones",
                    "choose one, or give lat and lon; the row waits without a place",
                )
                for line in checked.lines[where]
            ]
    return with_admin(desk, rows), placed, tuple(open_names), notes


def _resolve(gazetteer: Gazetteer, asked: OpenName, chosen: str | None) -> Resolution:
    """What a name means: the person's choice, or what the resolver makes of it in its country."""
    found = (c.place.admin0 for c in gazetteer.find(asked.country) if c.place.kind == "country")
    context = [asked.country.upper()] if len(asked.country) == 2 else list(found)[:1]
    resolution = parse(asked.name, gazetteer, context=context, given=((0, len(asked.name)),))[0]
    if chosen == NOT_PLACED:
        return replace(resolution, place=None)
    if chosen:
        return replace(
            resolution, status="resolved", place=gazetteer.place(chosen), method="chosen", confidence=1.0
        )
    return resolution
