"""A store in a SQL database: the promises of :mod:`geo.store.base`, kept with append-only revisions."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from errno import ENOSPC
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from geo.errors import StoreBusy, StoreDamaged, StoreError
from geo.store.base import Change, Entry, Moved, Receipt, RowChange, RowRevision
from geo.store.bulk import attached, read_draft_counts, read_draft_verdicts, take_draft
from geo.store.draft import Draft
from geo.store.dropped import read_disappeared
from geo.store.edits import delete_row, edit_row
from geo.store.failpoints import failpoint
from geo.store.reads import (
    read_batches,
    read_change_rows,
    read_changed_ids,
    read_entries,
    read_frame,
    read_known_at,
    read_revisions,
    read_row_dicts,
)
from geo.store.reversal import redo_change, undo_change
from geo.store.revisions import read_heads, read_newest
from geo.store.search import search_ids
from geo.store.tables import REVISIONS
from geo.store.writes import commit_frames


class SqlStore:
    """A :class:`~geo.store.base.Store` in any database that SQLAlchemy reaches.

    ``begin_write`` is the statement that takes the write lock; ``where`` names the store in messages, and
    ``mend`` tells what to do about a damaged one.
    """

    def __init__(
        self, engine: Engine, *, begin_write: str, where: str, busy_seconds: int, mend: Callable[[], str]
    ) -> None:
        self.engine = engine
        self.damage = ""
        """What a check in the background found; nothing is written to a store that is known to be damaged."""
        self._begin_write = begin_write
        self._where = where
        self._busy_seconds = busy_seconds
        self._mend = mend

    def revision(self) -> int:
        """Number of the newest change; 0 in an empty store."""
        with self.reading() as connection:
            return read_newest(connection)

    def commit(self, change: Change) -> Receipt:
        """Write a change in one transaction; unchanged rows are not written again."""
        with self.writing() as connection:
            return commit_frames(connection, change)

    def compare_draft(self, draft: Draft) -> dict[str, int]:
        """How many rows of a draft would be added, changed or stay unchanged; writes nothing."""
        with self.reading(draft) as connection:
            return read_draft_counts(connection, draft)

    def content_hashes(self, family: str, ids: Sequence[str]) -> dict[str, str]:
        """The content hash of the current row of each of these ids; unknown and deleted ones are absent."""
        with self.reading() as connection:
            found = read_heads(connection, family, ids)
        return {row_id: str(head.content_hash) for row_id, head in found.items() if not head.retracted}

    def draft_verdicts(self, draft: Draft, *, limit: int) -> dict[int, str]:
        """The verdict on the first rows of a draft, by line."""
        with self.reading(draft) as connection:
            return read_draft_verdicts(connection, draft, limit=limit)

    def commit_draft(self, change: Change, draft: Draft) -> Receipt:
        """Write a draft as one change in one transaction; unchanged rows are not written again."""
        with self.writing(draft=draft) as connection:
            return take_draft(connection, change, draft)

    def disappeared(self, draft: Draft, *, note: str, limit: int) -> list[str]:
        """Ids of events of earlier imports with this note that the draft no longer has, so many at most."""
        with self.reading(draft) as connection:
            return read_disappeared(connection, note=note, limit=limit)

    def undo(self, import_id: str, *, recorded_by: str, force: bool = False) -> Moved:
        """Take a change back: each row that still stands as it left it returns to what it was before.

        Nothing is written when every row was edited since. An undo that kept rows can be completed with ``force``,
        or without it once they stand again as the change left them.

        Raises
        ------
        InputRefused
            There is no such change, it cannot be taken back, or it was taken back already.
        """
        with self.writing("undo") as connection:
            return undo_change(connection, import_id, recorded_by=recorded_by, force=force)

    def redo(self, import_id: str, *, recorded_by: str, force: bool = False) -> Moved:
        """Bring back what undos of a change took, by the same rule.

        Raises
        ------
        InputRefused
            There is no such change, or it is not undone.
        """
        with self.writing("redo") as connection:
            return redo_change(connection, import_id, recorded_by=recorded_by, force=force)

    def edit(
        self, family: str, row: Mapping[str, Any], *, seen: int, recorded_by: str, note: str = ""
    ) -> Receipt:
        """Write a new revision of one row, if ``seen`` is still its newest.

        Raises
        ------
        InputRefused
            There is no such row, or it was deleted.
        EditConflict
            Somebody changed it meanwhile; carries both versions.
        """
        with self.writing("edit") as connection:
            return edit_row(connection, family, row, seen=seen, change=Change("edit", recorded_by, note=note))

    def delete(self, family: str, row_id: str, *, seen: int, recorded_by: str, note: str = "") -> Receipt:
        """Retract a row, if ``seen`` is still its newest revision; its past stays. Raises as :meth:`edit`."""
        with self.writing("delete") as connection:
            change = Change("delete", recorded_by, note=note)
            return delete_row(connection, family, row_id, seen=seen, change=change)

    def row_history(self, family: str, row_id: str) -> list[RowRevision]:
        """Every revision of a row, oldest first; empty for an unknown id."""
        with self.reading() as connection:
            return read_revisions(connection, family, row_id)

    def read(
        self, family: str, *, known_at: int | None = None, columns: Sequence[str] | None = None
    ) -> pd.DataFrame:
        """Current rows of a family in the order of their ids: the columns asked for, or all with their record."""
        with self.reading() as connection:
            return read_frame(connection, family, known_at=known_at, columns=columns)

    def batches(
        self,
        family: str,
        columns: Sequence[str],
        *,
        known_at: int | None = None,
        ids: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Sequence[Any]]]:
        """Batches of columns of current rows, cells as stored; of some ids only, if they are given."""
        with self.reading() as connection:
            yield from read_batches(connection, family, columns, known_at=known_at, ids=ids)

    def read_rows(
        self, family: str, ids: Sequence[str], *, known_at: int | None = None
    ) -> dict[str, dict[str, Any]]:
        """Current rows of these ids with their record columns, ``raw`` and its ``header``, by id.

        Unknown ids are absent.
        """
        with self.reading() as connection:
            return read_row_dicts(connection, family, ids, known_at=known_at)

    def search(self, family: str, words: str, *, limit: int, known_at: int | None = None) -> list[str]:
        """Ids of the current rows with these words in any of their texts, newest first."""
        with self.reading() as connection:
            return search_ids(connection, family, words, limit=limit, known_at=known_at)

    def changed_since(self, family: str, seq: int) -> list[str]:
        """Ids of the rows that any change after ``seq`` wrote, so that a copy can be brought up to date."""
        with self.reading() as connection:
            return read_changed_ids(connection, family, seq)

    def known_at(self, instant: str) -> int:
        """Number of the last change recorded up to an ISO 8601 instant (UTC)."""
        with self.reading() as connection:
            return read_known_at(connection, instant)

    def size(self, family: str) -> int:
        """How many revisions of a family there are: more than there are rows, and quickly counted."""
        with self.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(REVISIONS[family])).scalar_one())

    def change_rows(self, seq: int, *, limit: int) -> list[RowChange]:
        """What a change did to its first rows, family by family in the order of their ids."""
        with self.reading() as connection:
            return read_change_rows(connection, seq, limit=limit)

    def history(self, *, limit: int | None = None, before: int | None = None) -> list[Entry]:
        """The changes, newest first; with ``before`` only those with a smaller number."""
        with self.reading() as connection:
            return read_entries(connection, limit=limit, before=before)

    def close(self) -> None:
        """Let go of files and connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self, draft: Draft | None = None) -> Iterator[Connection]:
        """A connection that sees one state of the store from begin to end, and a draft beside it."""
        with self._errors(), self.engine.connect() as connection, attached(connection, draft):
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                _roll_back(connection)

    @contextmanager
    def writing(self, step: str = "change", *, draft: Draft | None = None) -> Iterator[Connection]:
        """A connection that holds the write lock; everything is written at the end, or nothing.

        ``step`` names the failpoints on the way (:mod:`geo.store.failpoints`).
        """
        if self.damage:
            raise StoreDamaged(self.damage)
        with self._errors(), self.engine.connect() as connection, attached(connection, draft):
            connection.exec_driver_sql(self._begin_write)
            try:
                failpoint(f"{step}.begun")
                yield connection
                failpoint(f"{step}.before_commit")
                connection.exec_driver_sql("COMMIT")
            except BaseException:
                _roll_back(connection)
                raise
            failpoint(f"{step}.after_commit")

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turn the driver's and the disk's errors into ours, in one place."""
        where = self._where
        try:
            yield
        except OperationalError as error:
            said = str(error.orig)
            if "locked" in said:
                raise StoreBusy(
                    f"Another process has been writing to {where} for {self._busy_seconds} s: "
                    "try again when it is done."
                ) from error
            if "full" in said:
                raise StoreError(_no_space(where)) from error
            raise StoreError(f"The store {where} cannot be used: {said}.") from error
        except DBAPIError as error:
            raise StoreDamaged(
                f"The store {where} is damaged ({error.orig}). It was left as it is: {self._mend()}."
            ) from error
        except OSError as error:
            said = (
                _no_space(where)
                if error.errno == ENOSPC
                else f"The store {where} cannot be used: {error.strerror}."
            )
            raise StoreError(said) from error


def _roll_back(connection: Connection) -> None:
    """End the transaction; a full or failing disk may have ended it already."""
    with suppress(DBAPIError):
        connection.exec_driver_sql("ROLLBACK")


def _no_space(where: str) -> str:
    return f"The disk of the store {where} is full, so nothing was written: free some space and try again."
