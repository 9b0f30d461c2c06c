"""What a store promises. No SQL type, cursor or row object crosses this line.

Truth is an append-only list of revisions. The current state of a row is its newest revision, unless
that one retracts it; the state as known at change ``n`` is its newest revision with ``seq <= n``.
"""

import hashlib
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from geo.columns import FAMILIES, names

RECORD_COLUMNS = ("revision", "seq", "recorded_at", "recorded_by", "import_id")
"""Columns that the store adds to each row it gives back."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing to be written, in whole or not at all.

    ``rows`` maps a family to typed frames (see :mod:`geo.schema`); ``raw`` maps an event id to the
    original row as the file had it.
    """

    action: str
    recorded_by: str
    rows: Mapping[str, pd.DataFrame]
    raw: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
    sha256: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a change did, family by family. ``import_id`` is None when nothing had to be written."""

    import_id: str | None
    seq: int
    added: Mapping[str, int]
    changed: Mapping[str, int]
    unchanged: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class UndoReceipt:
    """What an undo did; ``kept`` are rows edited since the import, which stay as they are."""

    seq: int
    undone: int
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history, newest first. ``undone`` tells that a later undo took it back."""

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


class Store(Protocol):
    """The few things that can be asked of any backend; one contract test suite runs over all."""

    def revision(self) -> int:
        """Number of the newest change; 0 in an empty store."""
        ...

    def compare(self, family: str, rows: pd.DataFrame) -> pd.Series:
        """For each row: ``added``, ``changed`` or ``unchanged``; writes nothing."""
        ...

    def commit(self, change: Change) -> Receipt:
        """Write a change in one transaction; unchanged rows are not written again."""
        ...

    def undo(self, import_id: str, *, recorded_by: str) -> UndoReceipt:
        """Take an import back: each of its rows returns to what it was before."""
        ...

    def read(self, family: str, *, known_at: int | None = None) -> pd.DataFrame:
        """Current rows of a family with their record columns, in the order of their ids."""
        ...

    def read_rows(
        self, family: str, ids: Sequence[str], *, known_at: int | None = None
    ) -> dict[str, dict[str, Any]]:
        """Current rows of these ids with their record columns and ``raw``, by id; unknown ids are absent."""
        ...

    def known_at(self, instant: str) -> int:
        """Number of the last change recorded up to an ISO 8601 instant (UTC)."""
        ...

    def history(self, *, limit: int | None = None) -> list[Entry]:
        """The changes, newest first."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...


def content_hash(family: str, row: Mapping[str, Any]) -> str:
    """Digest of a row's content, equal exactly when every column is equal; the record columns do not count."""
    content = [_plain(row[name]) for name in names(family)]
    text = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def plain_rows(family: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The frame's rows as dicts of str, int, float and None, ready to be stored."""
    columns = [[_plain(value) for value in frame[name].tolist()] for name in names(family)]
    return [dict(zip(names(family), values, strict=True)) for values in zip(*columns, strict=True)]


def row_label(family: str, row_id: str) -> str:
    """How a row is named to a person."""
    return f"{family.removesuffix('s')} {row_id}"


def families_of(change: Change) -> Sequence[str]:
    """The families that a change touches, in the order in which they are written."""
    return [family for family in FAMILIES if family in change.rows]


def _plain(value: Any) -> Any:
    if value is pd.NA or value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value
