"""The questions and writes that every SQL backend shares, on an open connection."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from geo.columns import id_column, names
from geo.errors import InputRefused
from geo.store.base import Change, Entry, content_hash, plain_rows, row_label
from geo.store.tables import CHANGES, REVISIONS

_BATCH = 500
"""Ids in one query; the oldest SQLite limit is 999 variables."""


def batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions that fit into one query."""
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


def newest(connection: Connection) -> int:
    """Number of the newest change."""
    return int(connection.execute(select(func.coalesce(func.max(CHANGES.c.seq), 0))).scalar_one())


def current_rows(family: str, known_at: int | None, *, only: Sequence[str] | None = None) -> Select[Any]:
    """The newest revision of each id up to a change, without the retracted ones."""
    table, key = REVISIONS[family], id_column(family)
    newest = select(table.c[key], func.max(table.c.revision).label("newest")).group_by(table.c[key])
    if known_at is not None:
        newest = newest.where(table.c.seq <= known_at)
    if only is not None:
        newest = newest.where(table.c[key].in_(only))
    last = newest.subquery()
    columns = [table.c[name] for name in names(family)]
    record = [
        table.c.raw,
        table.c.revision,
        table.c.seq,
        CHANGES.c.recorded_at,
        CHANGES.c.recorded_by,
        CHANGES.c.import_id,
    ]
    return (
        select(*columns, *record)
        .join(last, (table.c[key] == last.c[key]) & (table.c.revision == last.c.newest))
        .join(CHANGES, CHANGES.c.seq == table.c.seq)
        .where(table.c.retracted == 0)
        .order_by(table.c[key])
    )


def _heads(connection: Connection, family: str, ids: Sequence[str]) -> dict[str, Row[Any]]:
    """Newest revision (number, hash, retracted) of each id that has one."""
    table, key = REVISIONS[family], id_column(family)
    heads: dict[str, Row[Any]] = {}
    for batch in batches(ids):
        query = (
            select(table.c[key], table.c.revision, table.c.content_hash, table.c.retracted, table.c.seq)
            .where(table.c[key].in_(batch))
            .order_by(table.c.revision)
        )
        heads.update({row[0]: row for row in connection.execute(query)})
    return heads


def judge(
    connection: Connection, family: str, rows: list[dict[str, Any]]
) -> list[tuple[dict[str, Any], int, str]]:
    """Each row with the number of its next revision and the verdict on it.

    An id that stands twice in one change is compared with its own earlier row.
    """
    key = id_column(family)
    heads = {
        row_id: (head.revision, head.content_hash, bool(head.retracted))
        for row_id, head in _heads(connection, family, [row[key] for row in rows]).items()
    }
    judged = []
    for row in rows:
        digest = content_hash(family, row)
        revision, known, retracted = heads.get(row[key], (0, "", True))
        verdict = "added" if retracted else "unchanged" if digest == known else "changed"
        judged.append(({**row, "content_hash": digest}, revision + 1, verdict))
        if verdict != "unchanged":
            heads[row[key]] = (revision + 1, digest, False)
    return judged


def judged_writes(
    connection: Connection, family: str, change: Change, seq: int
) -> list[tuple[dict[str, Any], str]]:
    """The rows of a change as revisions to be written, each with its verdict."""
    key = id_column(family)
    return [
        (
            {**row, "revision": revision, "seq": seq, "retracted": 0, "raw": change.raw.get(row[key], "")},
            verdict,
        )
        for row, revision, verdict in judge(connection, family, plain_rows(family, change.rows[family]))
    ]


def count_verdicts(judged: list[tuple[dict[str, Any], str]]) -> dict[str, int]:
    """How many rows got each verdict."""
    verdicts = [verdict for _, verdict in judged]
    return {kind: verdicts.count(kind) for kind in ("added", "changed", "unchanged")}


def log_change(
    connection: Connection,
    seq: int,
    change: Change,
    *,
    import_id: str,
    counts: dict[str, int],
    undoes: str = "",
) -> None:
    """Write one line of the history."""
    connection.execute(
        insert(CHANGES).values(
            seq=seq,
            recorded_at=datetime.now(UTC).isoformat(timespec="microseconds"),
            recorded_by=change.recorded_by,
            action=change.action,
            import_id=import_id,
            undoes=undoes,
            file=change.file,
            sha256=change.sha256,
            note=change.note,
            counts=json.dumps(counts),
        )
    )


def append_revisions(connection: Connection, family: str, rows: list[dict[str, Any]]) -> None:
    """Add revisions; nothing is ever overwritten."""
    if rows:
        connection.execute(insert(REVISIONS[family]), rows)


def undoable(connection: Connection, import_id: str) -> int:
    """Number of the change that an import made, if it can be taken back."""
    row = connection.execute(select(CHANGES).where(CHANGES.c.import_id == import_id)).first()
    if row is None:
        raise InputRefused(
            f"There is no import {import_id[:40]!r}: `conflictmap history` lists them.", code="no_such_import"
        )
    if row.action == "undo":
        raise InputRefused(
            f"{import_id} is itself an undo: import the file again to redo it.", code="not_an_import"
        )
    if connection.execute(select(CHANGES.c.seq).where(CHANGES.c.undoes == import_id)).first():
        raise InputRefused(f"The import {import_id} was already undone.", code="already_undone")
    return int(row.seq)


def reversals(
    connection: Connection, family: str, undone_seq: int, seq: int
) -> tuple[list[dict[str, Any]], list[str]]:
    """Revisions that take a change back, and the rows that were edited since and stay."""
    table, key = REVISIONS[family], id_column(family)
    written = connection.execute(
        select(table).where(table.c.seq == undone_seq).order_by(table.c.revision.desc())
    )
    # A change may hold two revisions of one id: the last one stays here and is the first of the change.
    first_written = {row._mapping[key]: row for row in written}
    heads = _heads(connection, family, list(first_written))
    rows, kept = [], []
    for row_id, row in first_written.items():
        if heads[row_id].seq != undone_seq:
            kept.append(row_label(family, row_id))
            continue
        before = connection.execute(
            select(table).where(table.c[key] == row_id, table.c.revision == row.revision - 1)
        ).first()
        back = dict((before if before is not None else row)._mapping)
        retracted = int(before is None or bool(before.retracted))
        rows.append({**back, "revision": heads[row_id].revision + 1, "seq": seq, "retracted": retracted})
    return rows, kept


def entry_of(row: Row[Any], *, undone: bool) -> Entry:
    """One line of the history."""
    return Entry(
        seq=row.seq,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        action=row.action,
        import_id=row.import_id,
        file=row.file,
        sha256=row.sha256,
        note=row.note,
        counts=json.loads(row.counts),
        undone=undone,
    )
