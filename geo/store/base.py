"""What a store promises. No SQL type, cursor or row object crosses this line.

Truth is an append-only list of revisions. The current state of a row is its newest revision, unless
that one retracts it; the state as known at change ``n`` is its newest revision with ``seq <= n``.
Changes are ordered by their number, never by the clock.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from geo.columns import FAMILIES, names
from geo.store.digest import plain
from geo.store.draft import Draft

RECORD_COLUMNS = ("revision", "seq", "recorded_at", "recorded_by", "import_id")
"""Columns that the store adds to each row it gives back."""
MOST_KEPT = 1_000
"""Rows that an undo or redo lists by name; the full number stands beside them."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to be written, in whole or not at all.

    ``rows`` maps a family to typed frames (see :mod:`geo.schema`); ``raw`` maps an id to the original row
    as the file had it, a JSON list of its cells under ``header``, the JSON list of the file's column names.
    ``undoes`` or ``redoes`` is the id of the change that this one takes back or brings back.
    """

    action: str
    recorded_by: str
    rows: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    raw: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    note: str = ""
    header: str = ""
    undoes: str = ""
    redoes: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a change did, family by family. ``import_id`` is None when nothing had to be written."""

    import_id: str | None
    seq: int
    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]
    deleted: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Moved:
    """What an undo or redo did: how many rows it moved; ``kept`` names those edited since, which stay as they are.

    At most :data:`MOST_KEPT` are named; ``kept_total`` is their full number.
    """

    seq: int
    rows: int
    kept: tuple[str, ...]
    kept_total: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history. ``undone`` tells that an undo took it back and no redo brought it back.

    ``kept`` counts the rows that this undo left because they were edited since.
    """

    seq: int
    recorded_at: str
    recorded_by: str
    action: str
    import_id: str
    file: str
    sha256: str
    note: str
    counts: Mapping[str, int]
    undone: bool
    kept: int = 0
    undoes: str = ""
    redoes: str = ""


@dataclass(frozen=True, slots=True)
class RowRevision:
    """One revision of a row: who wrote it, when, by which change, and what it then was."""

    revision: int
    seq: int
    recorded_at: str
    recorded_by: str
    action: str
    import_id: str
    file: str
    note: str
    retracted: bool
    row: Mapping[str, Any]
    raw: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What one change did to one row; None where the row was not there before, or is not there after."""

    family: str
    row_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


class Store(Protocol):
    """The few things that can be asked of any backend; one contract test suite runs over all.

    ``damage`` is what a check in the background found; nothing is written to a store that is known to be damaged.
    """

    damage: str

    def revision(self) -> int:
        """Number of the newest change; 0 in an empty store."""
        ...

    def commit(self, change: Change) -> Receipt:
        """Write a change in one transaction; unchanged rows are not written again."""
        ...

    def undo(self, import_id: str, *, recorded_by: str, force: bool = False) -> Moved:
        """Take a change back: each row that still stands as it left it returns to what it was before.

        Rows edited since are kept and named; with ``force`` they go back too.
        """
        ...

    def redo(self, import_id: str, *, recorded_by: str, force: bool = False) -> Moved:
        """Bring back what an undone change wrote, by the same rule."""
        ...

    def edit(
        self, family: str, row: Mapping[str, Any], *, seen: int, recorded_by: str, note: str = ""
    ) -> Receipt:
        """Write a new revision of one row, if ``seen`` is still its newest."""
        ...

    def delete(self, family: str, row_id: str, *, seen: int, recorded_by: str, note: str = "") -> Receipt:
        """Retract a row, if ``seen`` is still its newest revision; its past stays."""
        ...

    def row_history(self, family: str, row_id: str) -> list[RowRevision]:
        """Every revision of a row, oldest first; empty for an unknown id."""
        ...

    def read(
        self, family: str, *, known_at: int | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Current rows of a family in the order of their ids: the columns asked for, or all with their record."""
        ...

    def batches(
        self,
        family: str,
        columns: Sequence[str],
        *,
        known_at: int | None = None,
        ids: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """The same for very many rows: batches of columns, cells as stored; of some ids only, if they are given."""
        ...

    def read_rows(
        self, family: str, ids: Sequence[str], *, known_at: int | None = None
    ) -> dict[str, dict[str, Any]]:
        """Current rows of these ids with their record columns, ``raw`` and its ``header``, by id.

        Unknown ids are absent.
        """
        ...

    def search(self, family: str, words: str, *, limit: int, known_at: int | None = None) -> list[str]:
        """Ids of the current rows with these words in any of their texts, newest first."""
        ...

    def changed_since(self, family: str, seq: int) -> list[str]:
        """Ids of the rows that any change after ``seq`` wrote, so that a copy can be brought up to date."""
        ...

    def size(self, family: str) -> int:
        """How many revisions of a family there are: more than there are rows, and quickly counted."""
        ...

    def change_rows(self, seq: int, *, limit: int) -> list[RowChange]:
        """What a change did to its first rows, family by family in the order of their ids."""
        ...

    def compare_draft(self, draft: Draft) -> dict[str, int]:
        """How many rows of a draft would be added, changed or stay unchanged; writes nothing."""
        ...

    def draft_verdicts(self, draft: Draft, *, limit: int) -> dict[int, str]:
        """The verdict on the first rows of a draft, by line."""
        ...

    def commit_draft(self, change: Change, draft: Draft) -> Receipt:
        """Write a draft as one change in one transaction; unchanged rows are not written again."""
        ...

    def content_hashes(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        """The content hash of the current row of each of these ids; unknown and deleted ones are absent."""
        ...

    def disappeared(self, draft: Draft, *, note: str, limit: int) -> list[str]:
        """Ids of events of earlier imports with this note that the draft no longer has, so many at most."""
        ...

    def known_at(self, instant: str) -> int:
        """Number of the last change recorded up to an ISO 8601 instant (UTC)."""
        ...

    def history(self, *, limit: int | None = None, before: int | None = None) -> list[Entry]:
        """The changes, newest first; with ``before`` only those with a smaller number."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


def plain_columns(family: str, frame: pd.DataFrame) -> list[list[Any]]:
    """The frame's columns as lists of str, int, float and None, ready to be stored."""
    return [[plain(value) for value in frame[name].tolist()] for name in names(family)]


def plain_rows(family: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as dicts of str, int, float and None."""
    columns = plain_columns(family, frame)
    return [dict(zip(names(family), values, strict=True)) for values in zip(*columns, strict=True)]


def row_label(family: str, row_id: str) -> str:
    """How a row is named to a person."""
    return f"{family.removesuffix('s')} {row_id}"


def families_of(change: Change) -> Sequence[str]:
    """The families that a change touches, in the order in which they are written."""
    return [family for family in FAMILIES if family in change.rows]
