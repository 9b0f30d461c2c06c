"""Rows of a table as a typed frame of a family: mapping, cells, schema and rules across columns.

A wrong row is data: it is left out of ``accepted`` and named in ``issues`` with line, column and reason.
"""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from geo.columns import FAMILIES, Column, id_column
from geo.errors import InputRefused
from geo.ingest.cells import BadCell, has_controls, typed_cell
from geo.ingest.rules import broken_rules, without_zero_coordinates
from geo.ingest.table import Table
from geo.model import Issue
from geo.schema import as_frame, check_frame


@dataclass(frozen=True, slots=True)
class Checked:
    """``accepted`` is a typed frame of the family; ``lines`` gives the line of each of its rows.

    ``raw`` is the original row as JSON by id. ``rejected`` counts the rows that have an issue;
    ``remarks`` are issues of rows that were taken all the same.
    """

    accepted: pd.DataFrame
    lines: pd.Series
    raw: Mapping[str, str]
    read: int
    rejected: int
    issues: tuple[Issue, ...]
    remarks: tuple[Issue, ...]
    mapping: Mapping[str, str]
    ignored: tuple[str, ...]


def template(family: str) -> str:
    """An empty CSV in our own columns, as a file to fill in."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([column.name for column in FAMILIES[family]])
    return out.getvalue()


def mapping_of(header: tuple[str, ...], family: str) -> dict[str, str]:
    """Which of our columns each header cell fills, by name or documented alias; others are not mapped."""
    known = {word: column.name for column in FAMILIES[family] for word in (*column.aliases, column.name)}
    found = {cell: known[cell.casefold()] for cell in header if cell.casefold() in known}
    # A column given by its own name wins over an alias of it.
    exact = {column for cell, column in found.items() if cell.casefold() == column}
    return {
        cell: column for cell, column in found.items() if cell.casefold() == column or column not in exact
    }


def checked_rows(table: Table, family: str, *, name: str) -> Checked:
    """Typed and checked rows of a table in our own columns.

    Raises
    ------
    InputRefused
        A required column is missing.
    """
    mapping = mapping_of(table.header, family)
    _require_columns(mapping, family, name)
    fields = {column.name: column for column in FAMILIES[family]}
    targets = [
        (position, fields[mapping[cell]]) for position, cell in enumerate(table.header) if cell in mapping
    ]
    rows: dict[int, dict[str, Any]] = {}
    issues, remarks = list(table.issues), []
    for row in table.rows:
        values, bad = _typed_row(row.line, row.cells, targets)
        issues += bad
        remarks += _replaced_controls(row.line, row.cells, targets)
        if not bad:
            rows[row.line] = values
    frame = as_frame(family, list(rows.values()))
    lines = pd.Series(list(rows), dtype="int64")
    frame, blanked = without_zero_coordinates(frame, lines)
    remarks += blanked
    issues += check_frame(family, frame, lines=lines)
    issues += broken_rules(family, frame, lines)
    good = ~lines.isin({issue.line for issue in issues})
    raw = {row.line: dict(zip(table.header, row.cells, strict=True)) for row in table.rows}
    accepted = frame[good].reset_index(drop=True)
    accepted_lines = lines[good].reset_index(drop=True)
    ids = accepted[id_column(family)]
    return Checked(
        accepted=accepted,
        lines=accepted_lines,
        raw={
            i: json.dumps(raw[line], ensure_ascii=False) for i, line in zip(ids, accepted_lines, strict=True)
        },
        read=table.read,
        rejected=table.read - len(accepted),
        issues=tuple(sorted(issues, key=lambda issue: (issue.line, issue.column))),
        remarks=tuple(remarks),
        mapping=mapping,
        ignored=tuple(cell for cell in table.header if cell not in mapping),
    )


def _require_columns(mapping: Mapping[str, str], family: str, name: str) -> None:
    missing = [c.name for c in FAMILIES[family] if c.required and c.name not in mapping.values()]
    if missing:
        raise InputRefused(
            f"{name} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}: "
            "rename yours, or start from the template.",
            code="missing_columns",
        )


def _typed_row(
    line: int, cells: tuple[str, ...], targets: list[tuple[int, Column]]
) -> tuple[dict[str, Any], list[Issue]]:
    values, issues = {}, []
    for position, column in targets:
        try:
            values[column.name] = typed_cell(column, cells[position])
        except BadCell as bad:
            issues.append(Issue(line, column.name, cells[position][:200], bad.code, bad.reason, bad.fix))
    return values, issues


def _replaced_controls(line: int, cells: tuple[str, ...], targets: list[tuple[int, Column]]) -> list[Issue]:
    """A remark for each text in which control characters gave way to a visible sign."""
    reason = "control characters were replaced by a visible sign"
    return [
        Issue(line, column.name, cells[position][:200], "control_characters", reason)
        for position, column in targets
        if column.type == "text" and has_controls(cells[position])
    ]
