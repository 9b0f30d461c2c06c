"""One row changed by hand: only over the revision that its author saw."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from geo.columns import id_column, names
from geo.errors import EditConflict, InputRefused
from geo.interval import minute_text
from geo.schema import as_frame
from geo.store.base import RECORD_COLUMNS, Change, Receipt, RowRevision, plain_rows, row_label
from geo.store.digest import content_hash
from geo.store.reads import read_revisions
from geo.store.revisions import append_revisions, read_heads, read_newest
from geo.store.tables import REVISIONS
from geo.store.writes import write_change

_RECORD = (*RECORD_COLUMNS, "retracted")


def edit_row(
    connection: Connection, family: str, row: Mapping[str, Any], *, seen: int, change: Change
) -> Receipt:
    """Append a revision with new cells; nothing is written when they say what already stands."""
    mine = plain_rows(family, as_frame(family, [dict(row)]))[0]
    head = _seen_head(connection, family, mine[id_column(family)], seen=seen, mine=mine)
    digest = content_hash(family, mine)
    if digest == head["content_hash"]:
        return Receipt(None, read_newest(connection), {family: 0}, {family: 0}, {family: 1})
    edited = {**head, **mine, "content_hash": digest}
    import_id, seq = _append(connection, family, edited, change, counts={"changed": 1})
    return Receipt(import_id, seq, {family: 0}, {family: 1}, {family: 0})


def delete_row(connection: Connection, family: str, row_id: str, *, seen: int, change: Change) -> Receipt:
    """Append a revision that retracts the row; its past stays."""
    head = _seen_head(connection, family, row_id, seen=seen, mine=None)
    import_id, seq = _append(connection, family, {**head, "retracted": 1}, change, counts={"deleted": 1})
    return Receipt(import_id, seq, {family: 0}, {family: 0}, {family: 0}, {family: 1})


def _append(
    connection: Connection, family: str, row: dict[str, Any], change: Change, *, counts: dict[str, int]
) -> tuple[str, int]:
    """Write the row as its next revision; the words of its file, and what they stand under, go with it."""
    seq = read_newest(connection) + 1
    following = {**row, "revision": row["revision"] + 1, "raw_seq": row["raw_seq"] or row["seq"], "seq": seq}

    def write() -> None:
        append_revisions(connection, family, [following])

    return write_change(connection, seq, change, counts=counts, write=write), seq


def _seen_head(
    connection: Connection, family: str, row_id: str, *, seen: int, mine: Mapping[str, Any] | None
) -> dict[str, Any]:
    """The newest revision of a row, if it is the one that was seen.

    Raises
    ------
    InputRefused
        There is no such row, or it was deleted before.
    EditConflict
        Somebody wrote a newer revision meanwhile.
    """
    label = row_label(family, row_id)
    head = read_heads(connection, family, [row_id]).get(row_id)
    if head is None:
        raise InputRefused(f"There is no {label[:80]}: reload the page.", code="no_such_row")
    if head.revision != seen:
        raise _conflict(connection, family, row_id, seen=seen, mine=mine)
    if head.retracted:
        raise InputRefused(f"The {label[:80]} was deleted: undo that change first.", code="deleted")
    table, key = REVISIONS[family], id_column(family)
    query = select(table).where(table.c[key] == row_id, table.c.revision == head.revision)
    return dict(connection.execute(query).one()._mapping)


def _conflict(
    connection: Connection, family: str, row_id: str, *, seen: int, mine: Mapping[str, Any] | None
) -> EditConflict:
    versions = read_revisions(connection, family, row_id)
    theirs = versions[-1]
    what = "deleted" if theirs.retracted else "changed"
    return EditConflict(
        f"{theirs.recorded_by} {what} {row_label(family, row_id)[:80]} on {minute_text(theirs.recorded_at)}, "
        "after you opened it: compare the two versions and save again.",
        base=next((_with_record(version) for version in versions if version.revision == seen), None),
        theirs=_with_record(theirs),
        yours=None if mine is None else {name: mine[name] for name in names(family)},
    )


def _with_record(version: RowRevision) -> dict[str, Any]:
    """The cells of a revision with who wrote it, when, and whether it takes the row away."""
    return {**version.row, **{name: getattr(version, name) for name in _RECORD}}
