"""The history for people: which changes, who made them, what exactly they changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.columns import names
from geo.store.base import Entry, RowChange, row_label
from geo.workflows.desk import Desk

UNDOABLE = frozenset({"import", "report", "edit", "delete"})
ACTION_WORDS = {
    "seed": "rows that came with conflictmap",
    "import": "import",
    "report": "events from a report",
    "edit": "edit",
    "delete": "deletion",
    "undo": "undo",
    "redo": "redo",
}
_FORMAT = "format "
LONGEST_SHOWN = 200
"""Characters of a cell that are shown."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell that a change altered; ``before`` and ``after`` are texts, empty where there was or is none."""

    row: str
    column: str
    before: str
    after: str


def matching_entries(
    entries: Sequence[Entry], *, action: str = "", who: str = "", words: str = ""
) -> list[Entry]:
    """The changes of an action, a person, and with some words in file or note; an empty wish wants all."""
    wanted = words.casefold()
    return [
        entry
        for entry in entries
        if (not action or entry.action == action)
        and (not who or entry.recorded_by == who)
        and (not wanted or wanted in f"{entry.file} {entry.note} {entry.import_id}".casefold())
    ]


def counts_words(counts: Mapping[str, int]) -> str:
    """``3 added, 1 changed``."""
    return ", ".join(f"{count:,} {kind}" for kind, count in counts.items() if count)


def format_note(code: str) -> str:
    """What the note of an import says: the format that its rows came in."""
    return f"{_FORMAT}{code}"


def noted_format(note: str) -> str:
    """The code that :func:`format_note` was given."""
    return note.removeprefix(_FORMAT)


def cell_changes(desk: Desk, seq: int, *, limit: int) -> list[CellChange]:
    """What a change altered, cell by cell; a row that came or went is one line."""
    return [line for change in desk.store.change_rows(seq, limit=limit) for line in _lines(change)]


def _lines(change: RowChange) -> list[CellChange]:
    label = row_label(change.family, change.row_id)
    if change.before is None or change.after is None:
        came = change.before is None
        row = change.after if came else change.before
        return [CellChange(label, "", "" if came else _summary(row), _summary(row) if came else "")]
    before, after = change.before, change.after
    return [
        CellChange(label, name, _text(before[name]), _text(after[name]))
        for name in names(change.family)
        if _text(before[name]) != _text(after[name])
    ]


def _summary(row: Mapping[str, Any] | None) -> str:
    """The first words that say what a row is."""
    wanted = ("event_date", "valid_from", "event_type", "name", "toponym", "status", "contingent")
    return ", ".join(str(row[name]) for name in wanted if row and row.get(name)) or "(no words)"


def _text(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 1]}…"
