"""Edits of single events: cells are read like those of a file, and nobody overwrites what they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geo.columns import EVENTS, Column
from geo.errors import EditConflict, InputRefused
from geo.ingest.badcell import BadCell
from geo.ingest.cells import read_cell
from geo.ingest.rules import in_order
from geo.interval import plausible_day
from geo.store.base import Receipt
from geo.workflows.desk import Desk


@dataclass(frozen=True, slots=True)
class Versions:
    """Two versions of an event: the one that stands by now, and what somebody else was about to save.

    ``differing`` has (column, theirs, mine); ``mine_changed`` are the columns that the editor had changed.
    """

    event_id: str
    revision: int
    by: str
    at: str
    differing: tuple[tuple[str, str, str], ...]
    mine_changed: frozenset[str]
    typed: Mapping[str, str]
    their_cells: Mapping[str, str]
    note: str


def read_event(desk: Desk, event_id: str) -> dict[str, Any]:
    """The current row of an event with its record columns.

    Raises
    ------
    InputRefused
        There is no such event, or it was deleted.
    """
    found = desk.store.read_rows("events", [event_id])
    if event_id not in found:
        raise InputRefused(
            f"There is no event {event_id[:60]!r} any more: it was deleted or undone.", code="no_such_row"
        )
    return found[event_id]


def save_event(desk: Desk, event_id: str, typed: Mapping[str, str], *, seen: int, note: str = "") -> Receipt:
    """Write one new revision of an event from the texts of its cells.

    Raises
    ------
    InputRefused
        A cell is not what its column holds.
    EditConflict
        Somebody changed the event since revision ``seen``.
    """
    row = {"event_id": event_id} | {
        column.name: _value(column, typed.get(column.name, ""))
        for column in EVENTS
        if column.name != "event_id"
    }
    _refuse_contradictions(row)
    return desk.store.edit("events", row, seen=seen, recorded_by=desk.who(), note=note)


def delete_event(desk: Desk, event_id: str, *, seen: int, note: str = "") -> Receipt:
    """Take an event off the map; its past stays. Raises as :func:`save_event`."""
    return desk.store.delete("events", event_id, seen=seen, recorded_by=desk.who(), note=note)


def changed_fields(row: Mapping[str, Any], typed: Mapping[str, str]) -> frozenset[str]:
    """Columns whose text differs from the row's."""
    return frozenset(name for name, text in typed.items() if text.strip() != _text(row[name]))


def versions_of(conflict: EditConflict, typed: Mapping[str, str], *, note: str) -> Versions:
    """Both versions of a conflict, ready to be shown."""
    theirs = {
        column.name: _text(conflict.theirs[column.name]) for column in EVENTS if column.name != "event_id"
    }
    differing = tuple(
        (name, theirs[name], typed[name].strip())
        for name in theirs
        if name in typed and typed[name].strip() != theirs[name]
    )
    return Versions(
        event_id=str(conflict.theirs["event_id"]),
        revision=int(conflict.theirs["revision"]),
        by=str(conflict.theirs["recorded_by"]),
        at=str(conflict.theirs["recorded_at"]),
        differing=differing,
        mine_changed=changed_fields(conflict.base, typed) if conflict.base else frozenset(typed),
        typed=typed,
        their_cells=theirs,
        note=note,
    )


def _value(column: Column, text: str) -> Any:
    if column.type == "day":
        text = text.strip()
        if not text and not column.required:
            return ""
        try:
            return plausible_day(text).isoformat()
        except ValueError as error:
            raise InputRefused(f"{column.name}: {error}; write it YYYY-MM-DD.", code="DAT-04") from error
    try:
        value = read_cell(column, text).value
    except BadCell as bad:
        raise InputRefused(f"{column.name} = {text[:40]!r}: {bad.reason}; {bad.fix}.", code=bad.code) from bad
    if column.allowed and column.type == "text" and value and value not in column.allowed:
        raise InputRefused(
            f"{column.name} = {value[:40]!r}: use one of {', '.join(column.allowed)}.", code="VAL-02"
        )
    return value


def _refuse_contradictions(row: Mapping[str, Any]) -> None:
    """The rules across columns that an import also keeps."""
    if row["date_end"] and row["date_end"] < row["event_date"]:
        raise InputRefused("date_end is before event_date: swap or mend the dates.", code="DAT-09")
    if (row["lat"] is None) != (row["lon"] is None):
        raise InputRefused("lat and lon must both be filled or both be empty.", code="GEO-03")
    if not in_order([row[f"fatalities_{bound}"] for bound in ("low", "best", "high")]):
        raise InputRefused(
            "The figures contradict each other: mend them so that low <= best <= high.", code="VAL-05"
        )


def _text(value: Any) -> str:
    return "" if value is None else str(value)
