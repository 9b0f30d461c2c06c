"""What is read from the revisions, on an open connection; shared by every SQL backend."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, Select, case, exists, func, select

from geo.columns import FAMILIES, Column, id_column, names
from geo.schema import typed_column
from geo.store.base import RECORD_COLUMNS, Entry, RowChange, RowRevision
from geo.store.streams import column_batches, id_batches
from geo.store.tables import CHANGES, REVISIONS

_OF_THE_CHANGE = ("recorded_at", "recorded_by", "import_id")
_OF_THE_ENTRY = tuple(
    column.name for column in CHANGES.c if column.name in Entry.__slots__ and column.name != "counts"
)
_OF_THE_REVISION = (*RECORD_COLUMNS, "action", "file", "note", "raw")


def read_schema(connection: Connection) -> int:
    """Version of the store's schema."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def current(family: str, columns: Sequence[Any], *, known_at: int | None) -> Select[Any]:
    """A query for columns of the newest revision of each id up to a change, without the retracted ones, by id."""
    table, key = REVISIONS[family], id_column(family)
    following = table.alias("following")
    is_followed = (following.c[key] == table.c[key]) & (following.c.revision == table.c.revision + 1)
    query = select(*columns).where(table.c.retracted == 0).order_by(table.c[key])
    if known_at is not None:
        is_followed &= following.c.seq <= known_at
        # Adding 0 keeps the index on seq out of it: rows are wanted in the order of their ids.
        query = query.where(table.c.seq + 0 <= known_at)
    return query.where(~exists().where(is_followed))


def read_batches(
    connection: Connection,
    family: str,
    columns: Sequence[str],
    *,
    known_at: int | None,
    ids: Sequence[str] | None = None,
) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """Columns of current rows, a batch at a time, as the store keeps them."""
    table, key = REVISIONS[family], id_column(family)
    query = current(family, [table.c[name] for name in columns], known_at=known_at)
    if ids is None:
        yield from column_batches(connection, query)
        return
    for some in id_batches(sorted(ids)):
        yield from column_batches(connection, query.where(table.c[key].in_(some)))


def read_frame(
    connection: Connection, family: str, *, known_at: int | None, columns: Sequence[str] | None
) -> pd.DataFrame:
    """Current rows as a typed frame, read a batch at a time."""
    wanted = [*names(family), *RECORD_COLUMNS] if columns is None else list(columns)
    stored = list(dict.fromkeys([*(name for name in wanted if name not in _OF_THE_CHANGE), "seq"]))
    fields = {field.name: field for field in FAMILIES[family]}
    parts: dict[str, list[Any]] = {name: [] for name in stored}
    for batch in read_batches(connection, family, stored, known_at=known_at):
        for name, cells in zip(stored, batch, strict=True):
            parts[name].append(typed_column(fields[name], cells) if name in fields else cells)
    made = {name: _joined(parts[name], fields.get(name)) for name in stored}
    if set(wanted) & set(_OF_THE_CHANGE):
        made |= _of_changes(connection, made["seq"])
    return pd.DataFrame({name: made[name] for name in wanted})


def read_row_dicts(
    connection: Connection, family: str, ids: Sequence[str], *, known_at: int | None
) -> dict[str, dict[str, Any]]:
    """Current rows of these ids with their record columns, ``raw`` and its ``header``, by id."""
    table, key = REVISIONS[family], id_column(family)
    brought = CHANGES.alias("brought")
    columns = [
        *(table.c[name] for name in names(family)),
        *(table.c[name] for name in ("raw", "revision", "seq")),
        *(CHANGES.c[name] for name in _OF_THE_CHANGE),
        brought.c.header,
    ]
    # One row at a time is looked up by its key: joins to the few changes cost nothing here.
    query = (
        current(family, columns, known_at=known_at)
        .join_from(table, CHANGES, CHANGES.c.seq == table.c.seq)
        .join(brought, brought.c.seq == origin(table))
    )
    found = [
        dict(row._mapping)
        for batch in id_batches(ids)
        for row in connection.execute(query.where(table.c[key].in_(batch)))
    ]
    return {row[key]: row for row in found}


def origin(table: Any) -> Any:
    """Number of the change under whose header a row's ``raw`` stands."""
    return case((table.c.raw_seq > 0, table.c.raw_seq), else_=table.c.seq)


def read_revisions(connection: Connection, family: str, row_id: str) -> list[RowRevision]:
    """Every revision of a row, oldest first."""
    table, key = REVISIONS[family], id_column(family)
    query = (
        select(
            table,
            *(CHANGES.c[name] for name in _OF_THE_REVISION if name not in table.c),
        )
        .join(CHANGES, CHANGES.c.seq == table.c.seq)
        .where(table.c[key] == row_id)
        .order_by(table.c.revision)
    )
    return [_revision_of(family, row) for row in connection.execute(query)]


def read_changed_ids(connection: Connection, family: str, seq: int) -> list[str]:
    """Ids of the rows that any change after a given one wrote."""
    table, key = REVISIONS[family], id_column(family)
    query = select(table.c[key]).where(table.c.seq > seq).distinct().order_by(table.c[key])
    return list(connection.execute(query).scalars())


def read_known_at(connection: Connection, instant: str) -> int:
    """Number of the last change recorded up to an instant.

    Changes are ordered by their number, not by the clock, which may have been set back.
    """
    query = select(func.coalesce(func.max(CHANGES.c.seq), 0)).where(CHANGES.c.recorded_at <= instant)
    return int(connection.execute(query).scalar_one())


def read_change_rows(connection: Connection, seq: int, *, limit: int) -> list[RowChange]:
    """What a change did to its first rows: each row's revision of before and its last one in the change."""
    found = (_read_family_changes(connection, family, seq, limit=limit) for family in REVISIONS)
    return list(islice(chain.from_iterable(found), limit))


def _read_family_changes(connection: Connection, family: str, seq: int, *, limit: int) -> list[RowChange]:
    return [
        RowChange(
            family,
            row._mapping[f"after_{id_column(family)}"],
            _standing(family, row, "before"),
            _standing(family, row, "after"),
        )
        for row in connection.execute(_before_and_after(family, seq, limit=limit))
    ]


def _before_and_after(family: str, seq: int, *, limit: int) -> Select[Any]:
    """A query for the rows of a change, by id: the revision before its first one, if any, and its last one."""
    table, key = REVISIONS[family], id_column(family)
    before = table.alias("before")
    first, last = func.min(table.c.revision).label("first"), func.max(table.c.revision).label("last")
    written = (
        select(table.c[key], first, last)
        .where(table.c.seq == seq)
        .group_by(table.c[key])
        .order_by(table.c[key])
        .limit(limit)
        .subquery()
    )
    fields = [*names(family), "retracted"]
    return (
        select(
            *(table.c[name].label(f"after_{name}") for name in fields),
            *(before.c[name].label(f"before_{name}") for name in fields),
        )
        .select_from(written)
        .join(table, (table.c[key] == written.c[key]) & (table.c.revision == written.c.last))
        .outerjoin(before, (before.c[key] == written.c[key]) & (before.c.revision == written.c.first - 1))
        .order_by(written.c[key])
    )


def _standing(family: str, row: Row[Any], side: str) -> dict[str, Any] | None:
    """The row as it stood on a side of a change; None if it was not there or was retracted."""
    if row._mapping[f"{side}_retracted"] != 0:
        return None
    return {name: row._mapping[f"{side}_{name}"] for name in names(family)}


def read_entries(connection: Connection, *, limit: int | None, before: int | None) -> list[Entry]:
    """The changes, newest first."""
    query = select(CHANGES).order_by(CHANGES.c.seq.desc()).limit(limit)
    rows = connection.execute(query if before is None else query.where(CHANGES.c.seq < before)).all()
    taken = select(CHANGES.c.undoes, CHANGES.c.redoes, CHANGES.c.counts).where(
        (CHANGES.c.undoes != "") | (CHANGES.c.redoes != "")
    )
    undone: dict[str, bool] = {}
    kept: dict[str, int] = {}
    for undoes, redoes, counts in connection.execute(taken.order_by(CHANGES.c.seq)):
        undone[undoes or redoes] = bool(undoes)
        kept[undoes or redoes] = json.loads(counts).get("kept", 0) if undoes else 0
    return [
        Entry(
            **{name: row._mapping[name] for name in _OF_THE_ENTRY},
            counts=json.loads(row.counts),
            undone=undone.get(row.import_id, False),
            kept=kept.get(row.import_id, 0),
        )
        for row in rows
    ]


def _joined(parts: list[Any], field: Column | None) -> Any:
    if field is None:
        return [cell for part in parts for cell in part]
    if not parts:
        return typed_column(field, [])
    return parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)


def _of_changes(connection: Connection, seqs: Sequence[int]) -> dict[str, list[str]]:
    query = select(CHANGES.c.seq, *(CHANGES.c[name] for name in _OF_THE_CHANGE))
    known = {seq: facts for seq, *facts in connection.execute(query)}
    return {name: [known[seq][n] for seq in seqs] for n, name in enumerate(_OF_THE_CHANGE)}


def _revision_of(family: str, row: Row[Any]) -> RowRevision:
    cells = row._mapping
    return RowRevision(
        row={name: cells[name] for name in names(family)},
        retracted=bool(cells["retracted"]),
        **{name: cells[name] for name in _OF_THE_REVISION},
    )
