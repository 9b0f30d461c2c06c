"""A store in a SQL database: the promises of :mod:`geo.store.base`, kept with append-only revisions."""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError, OperationalError

from geo.columns import id_column
from geo.errors import StoreBusy, StoreError
from geo.schema import as_frame
from geo.store.base import RECORD_COLUMNS, Change, Entry, Receipt, UndoReceipt, families_of, plain_rows
from geo.store.revisions import (
    append_revisions,
    batches,
    count_verdicts,
    current_rows,
    entry_of,
    judge,
    judged_writes,
    log_change,
    newest,
    reversals,
    undoable,
)
from geo.store.tables import CHANGES, REVISIONS


class SqlStore:
    """A :class:`~geo.store.base.Store` in any database that SQLAlchemy reaches.

    ``begin_write`` is the statement that takes the write lock; ``where`` names the store in messages.
    """

    def __init__(self, engine: Engine, *, begin_write: str, where: str, busy_seconds: int) -> None:
        self.engine = engine
        self._begin_write = begin_write
        self._where = where
        self._busy_seconds = busy_seconds

    def revision(self) -> int:
        """Number of the newest change; 0 in an empty store."""
        with self.reading() as connection:
            return newest(connection)

    def compare(self, family: str, rows: pd.DataFrame) -> pd.Series:
        """For each row: ``added``, ``changed`` or ``unchanged``; writes nothing."""
        with self.reading() as connection:
            verdicts = [verdict for _, _, verdict in judge(connection, family, plain_rows(family, rows))]
        return pd.Series(verdicts, index=rows.index, dtype="str")

    def commit(self, change: Change) -> Receipt:
        """Write a change in one transaction; unchanged rows are not written again."""
        with self.writing() as connection:
            seq = newest(connection) + 1
            writes = {f: judged_writes(connection, f, change, seq) for f in families_of(change)}
            counts = {f: count_verdicts(judged) for f, judged in writes.items()}
            written = any(count["added"] or count["changed"] for count in counts.values())
            import_id = secrets.token_hex(6) if written else None
            if import_id:
                total = {
                    kind: sum(count[kind] for count in counts.values())
                    for kind in ("added", "changed", "unchanged")
                }
                log_change(connection, seq, change, import_id=import_id, counts=total)
                for family, judged in writes.items():
                    append_revisions(
                        connection, family, [row for row, verdict in judged if verdict != "unchanged"]
                    )
        return Receipt(
            import_id=import_id,
            seq=seq if import_id else seq - 1,
            **{
                kind: {f: count[kind] for f, count in counts.items()}
                for kind in ("added", "changed", "unchanged")
            },
        )

    def undo(self, import_id: str, *, recorded_by: str) -> UndoReceipt:
        """Take an import back: each of its rows returns to what it was before.

        Raises
        ------
        InputRefused
            There is no such import, or it was taken back already.
        """
        with self.writing() as connection:
            undone_seq = undoable(connection, import_id)
            seq = newest(connection) + 1
            plans = {family: reversals(connection, family, undone_seq, seq) for family in REVISIONS}
            kept = tuple(label for _, labels in plans.values() for label in labels)
            total = sum(len(rows) for rows, _ in plans.values())
            change = Change(action="undo", recorded_by=recorded_by, rows={}, note=f"undo of {import_id}")
            log_change(
                connection,
                seq,
                change,
                import_id=secrets.token_hex(6),
                undoes=import_id,
                counts={"undone": total, "kept": len(kept)},
            )
            for family, (rows, _) in plans.items():
                append_revisions(connection, family, rows)
        return UndoReceipt(seq=seq, undone=total, kept=kept)

    def read(self, family: str, *, known_at: int | None = None) -> pd.DataFrame:
        """Current rows of a family with their record columns, in the order of their ids."""
        with self.reading() as connection:
            rows = [dict(row._mapping) for row in connection.execute(current_rows(family, known_at))]
        frame = as_frame(family, rows)
        for column in RECORD_COLUMNS:
            frame[column] = [row[column] for row in rows]
        return frame

    def read_rows(
        self, family: str, ids: Sequence[str], *, known_at: int | None = None
    ) -> dict[str, dict[str, Any]]:
        """Current rows of these ids with their record columns and ``raw``, by id; unknown ids are absent."""
        key = id_column(family)
        with self.reading() as connection:
            found = [
                dict(row._mapping)
                for batch in batches(ids)
                for row in connection.execute(current_rows(family, known_at, only=batch))
            ]
        return {row[key]: row for row in found}

    def known_at(self, instant: str) -> int:
        """Number of the last change recorded up to an ISO 8601 instant (UTC).

        Changes are ordered by their number, not by the clock, which may have been set back.
        """
        query = select(func.coalesce(func.max(CHANGES.c.seq), 0)).where(CHANGES.c.recorded_at <= instant)
        with self.reading() as connection:
            return int(connection.execute(query).scalar_one())

    def history(self, *, limit: int | None = None) -> list[Entry]:
        """The changes, newest first."""
        query = select(CHANGES).order_by(CHANGES.c.seq.desc()).limit(limit)
        with self.reading() as connection:
            rows = connection.execute(query).all()
            undone = set(connection.execute(select(CHANGES.c.undoes).where(CHANGES.c.undoes != "")).scalars())
        return [entry_of(row, undone=row.import_id in undone) for row in rows]

    def close(self) -> None:
        """Let go of files and connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store from begin to end."""
        with mapped_errors(self._where, self._busy_seconds), self.engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            yield connection
            connection.exec_driver_sql("ROLLBACK")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection that holds the write lock; everything is written at the end, or nothing."""
        with mapped_errors(self._where, self._busy_seconds), self.engine.connect() as connection:
            connection.exec_driver_sql(self._begin_write)
            try:
                yield connection
            except BaseException:
                connection.exec_driver_sql("ROLLBACK")
                raise
            connection.exec_driver_sql("COMMIT")


@contextmanager
def mapped_errors(where: str, busy_seconds: int) -> Iterator[None]:
    """Turn the driver's errors into ours, in one place."""
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error.orig):
            raise StoreBusy(
                f"Another process has been writing to {where} for {busy_seconds} s: try again when it is done."
            ) from error
        raise StoreError(f"The store {where} cannot be used: {error.orig}.") from error
    except DBAPIError as error:
        raise StoreError(f"The store {where} is damaged or foreign: {error.orig}.") from error
