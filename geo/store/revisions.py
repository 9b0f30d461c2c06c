"""What is written: revisions and the lines of the history, on an open connection; shared by every SQL backend."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from geo.columns import id_column, names
from geo.store.base import Change, plain_columns
from geo.store.digest import content_hashes
from geo.store.streams import id_batches
from geo.store.tables import CHANGES, REVISIONS

VERDICTS = ("added", "changed", "unchanged")


def read_newest(connection: Connection) -> int:
    """Number of the newest change."""
    return int(connection.execute(select(func.coalesce(func.max(CHANGES.c.seq), 0))).scalar_one())


def read_heads(connection: Connection, family: str, ids: Sequence[str]) -> dict[str, Row[Any]]:
    """The newest revision, as it is stored, of each id that has one."""
    table, key = REVISIONS[family], id_column(family)
    found: dict[str, Row[Any]] = {}
    for batch in id_batches(ids):
        query = (
            select(table.c[key], table.c.revision, table.c.content_hash, table.c.retracted, table.c.seq)
            .where(table.c[key].in_(batch))
            .order_by(table.c.revision)
        )
        found.update({row[0]: row for row in connection.execute(query)})
    return found


def judged_writes(
    connection: Connection, family: str, change: Change, *, seq: int
) -> tuple[list[str], list[dict[str, Any]]]:
    """The verdict on each row, and the revisions to be written for those that are not unchanged.

    An id that stands twice in one change is compared with its own earlier row.
    """
    columns = plain_columns(family, change.rows[family])
    known = {
        row_id: (head.revision, head.content_hash, bool(head.retracted))
        for row_id, head in read_heads(connection, family, columns[0]).items()
    }
    verdicts, writes = [], []
    for cells, digest in zip(zip(*columns, strict=True), content_hashes(family, columns), strict=True):
        row_id = cells[0]
        revision, before, retracted = known.get(row_id, (0, "", True))
        verdict = "added" if retracted else "unchanged" if digest == before else "changed"
        verdicts.append(verdict)
        if verdict != "unchanged":
            known[row_id] = (revision + 1, digest, False)
            writes.append(
                dict(zip(names(family), cells, strict=True))
                | {"raw": change.raw.get(row_id, ""), "raw_seq": 0, "revision": revision + 1, "seq": seq}
                | {"retracted": 0, "content_hash": digest}
            )
    return verdicts, writes


def count_verdicts(verdicts: list[str]) -> dict[str, int]:
    """How many rows got each verdict."""
    return {kind: verdicts.count(kind) for kind in VERDICTS}


def log_change(
    connection: Connection, seq: int, change: Change, *, import_id: str, counts: dict[str, int]
) -> None:
    """Write one line of the history; :func:`geo.store.chain.seal_change` closes it once its rows are written."""
    connection.execute(
        insert(CHANGES).values(
            seq=seq,
            recorded_at=datetime.now(UTC).isoformat(timespec="microseconds"),
            recorded_by=change.recorded_by,
            action=change.action,
            import_id=import_id,
            undoes=change.undoes,
            redoes=change.redoes,
            file=change.file,
            sha256=change.sha256,
            note=change.note,
            counts=json.dumps(counts),
            header=change.header,
        )
    )


def append_revisions(connection: Connection, family: str, rows: list[dict[str, Any]]) -> None:
    """Add revisions; nothing is ever overwritten."""
    if rows:
        connection.execute(insert(REVISIONS[family]), rows)
