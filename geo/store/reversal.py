"""Undo and redo: whole changes go back and forth inside the database, without a loop over rows.

A change found its rows in one state and left them in another. Undo moves each row from what the change left
to what it found, redo the other way. A row that is in neither state was edited since: it is kept, unless the
person forces it. So only the two states count, not what happened in between: undoing A after an undone B on
the same row works. Undoing A again takes the rows that it kept and that have come back to its state meanwhile, and
none that it took already: those may have been brought by somebody else since.
"""

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    true,
)

from geo.columns import id_column, names
from geo.errors import InputRefused
from geo.store.base import MOST_KEPT, Change, Moved, row_label
from geo.store.reads import origin
from geo.store.revisions import read_newest
from geo.store.tables import CHANGES, REVISIONS
from geo.store.writes import write_change

_PLAN = Table(
    "reversal",
    MetaData(),
    Column("family", Text, nullable=False),
    Column("row_id", Text, nullable=False),
    Column("source", Integer, nullable=False),
    Column("retracted", Integer, nullable=False),
    Column("head", Integer, nullable=False),
    Column("stands", Integer, nullable=False),
    prefixes=["TEMPORARY"],
)
"""Rows to be moved: the revision that holds their goal, whether the goal is a retraction, and their newest one."""


def undo_change(connection: Connection, import_id: str, *, recorded_by: str, force: bool) -> Moved:
    """Move the rows of a change back to how it found them."""
    moved_seq, undos = _reversible(connection, import_id)
    change = Change("undo", recorded_by, note=f"undo of {import_id}", undoes=import_id)
    moved = _reverse(connection, change, moved_seq, undos, redo=False, force=force)
    if undos and not moved.rows and not moved.kept:
        raise InputRefused(f"The import {import_id} was already undone.", code="already_undone")
    return moved


def redo_change(connection: Connection, import_id: str, *, recorded_by: str, force: bool) -> Moved:
    """Move the rows that undos of a change took back to how the change left them."""
    moved_seq, undos = _reversible(connection, import_id)
    if not undos:
        raise InputRefused(
            f"The import {import_id} is not undone: there is nothing to redo.", code="not_undone"
        )
    change = Change("redo", recorded_by, note=f"redo of {import_id}", redoes=import_id)
    return _reverse(connection, change, moved_seq, undos, redo=True, force=force)


def _reversible(connection: Connection, import_id: str) -> tuple[int, list[int]]:
    """Number of a change that can go back and forth, and the undos that hold now (none: it is not undone)."""
    row = connection.execute(select(CHANGES).where(CHANGES.c.import_id == import_id)).first()
    if row is None:
        raise InputRefused(
            f"There is no import {import_id[:40]!r}: `conflictmap history` lists them.", code="no_such_import"
        )
    _refuse_special(row)
    moves = connection.execute(
        select(CHANGES.c.seq, CHANGES.c.undoes)
        .where(or_(CHANGES.c.undoes == import_id, CHANGES.c.redoes == import_id))
        .order_by(CHANGES.c.seq.desc())
    )
    return int(row.seq), [seq for seq, _ in takewhile(lambda move: move.undoes, moves)]


def _reverse(
    connection: Connection, change: Change, moved_seq: int, undos: Sequence[int], *, redo: bool, force: bool
) -> Moved:
    """Plan, count, and write the change unless there is nothing to move; ``undos`` are those that hold now."""
    seq = read_newest(connection) + 1
    _PLAN.create(connection)
    columns = [column.name for column in _PLAN.c]
    for family in REVISIONS:
        touched = _touched(family, moved_seq)
        if redo:
            touched = touched.where(_taken(family, undos))
        elif undos and not force:
            touched = touched.where(~_taken(family, undos))
        connection.execute(insert(_PLAN).from_select(columns, _plan(family, touched, redo=redo)))
    moves = true() if force else _PLAN.c.stands == 1
    rows, kept_total = _count(connection, moves), _count(connection, ~moves)
    edited = select(_PLAN.c.family, _PLAN.c.row_id).where(~moves).limit(MOST_KEPT)
    kept = tuple(row_label(*row) for row in connection.execute(edited))

    def write() -> None:
        for family in REVISIONS:
            _append(connection, family, seq, moves)

    if rows:
        counts = {"redone" if redo else "undone": rows, "kept": kept_total}
        write_change(connection, seq, change, counts=counts, write=write)
    _PLAN.drop(connection)
    return Moved(seq if rows else seq - 1, rows, kept, kept_total)


def _refuse_special(row: Row[Any]) -> None:
    if row.action == "seed":
        raise InputRefused(
            f"{row.import_id} brought the rows that come with conflictmap: delete single rows instead.",
            code="seed",
        )
    if row.action == "undo":
        raise InputRefused(
            f"{row.import_id} is itself an undo: `conflictmap redo {row.undoes}` brings the rows back.",
            code="not_an_import",
        )
    if row.action == "redo":
        raise InputRefused(
            f"{row.import_id} is itself a redo: `conflictmap undo {row.redoes}` takes the rows back.",
            code="not_an_import",
        )


def _plan(family: str, rows: Select[Any], *, redo: bool) -> Select[Any]:
    """One line for each of the rows that is not at its goal yet.

    ``found`` is the revision before the change's first one of the row; a row that the change added had none,
    and was found as good as retracted.
    """
    table, key = REVISIONS[family], id_column(family)
    touched = rows.subquery()
    found, left, head = (table.alias(name) for name in ("found", "left", "head"))
    is_new = touched.c.first == 1
    found_retracted = case((is_new, 1), else_=found.c.retracted)
    as_found = and_(head.c.content_hash == found.c.content_hash, head.c.retracted == found_retracted)
    as_left = and_(head.c.content_hash == left.c.content_hash, head.c.retracted == left.c.retracted)
    # Where the goal is that the row is not there, it does not matter what it said when it went.
    gone = and_(head.c.retracted == 1, found_retracted == 1)
    source, goal, start = (left, as_left, as_found) if redo else (found, or_(gone, as_found), as_left)
    newest = select(func.max(table.c.revision)).where(table.c[key] == touched.c.row_id).scalar_subquery()
    before = case((is_new, touched.c.last), else_=touched.c.first - 1)
    return (
        select(
            literal(family),
            touched.c.row_id,
            source.c.revision,
            left.c.retracted if redo else found_retracted,
            head.c.revision,
            case((start, 1), else_=0),
        )
        .select_from(touched)
        .join(left, and_(left.c[key] == touched.c.row_id, left.c.revision == touched.c.last))
        .join(found, and_(found.c[key] == touched.c.row_id, found.c.revision == before))
        .join(head, and_(head.c[key] == touched.c.row_id, head.c.revision == newest))
        .where(~goal)
        .order_by(touched.c.row_id)
    )


def _touched(family: str, moved_seq: int) -> Select[Any]:
    """The rows that a change wrote, with its first and last revision of each."""
    table, key = REVISIONS[family], id_column(family)
    return (
        select(
            table.c[key].label("row_id"),
            func.min(table.c.revision).label("first"),
            func.max(table.c.revision).label("last"),
        )
        .where(table.c.seq == moved_seq)
        .group_by(table.c[key])
    )


def _taken(family: str, undos: Sequence[int]) -> ColumnElement[bool]:
    """Whether undos moved the row."""
    table, key = REVISIONS[family], id_column(family)
    taken = table.alias("taken")
    # Adding 0 keeps SQLite off the index on seq, which would be read whole for every row.
    return exists().where(taken.c[key] == table.c[key], (taken.c.seq + 0).in_(undos))


def _count(connection: Connection, which: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(_PLAN).where(which)).scalar_one())


def _append(connection: Connection, family: str, seq: int, moves: ColumnElement[bool]) -> None:
    """Copy each row's goal as its next revision; the words of its file go with it."""
    table, key = REVISIONS[family], id_column(family)
    carried = [*names(family), "raw", "content_hash"]
    query = (
        select(
            *(table.c[name] for name in carried),
            origin(table),
            _PLAN.c.head + 1,
            literal(seq),
            _PLAN.c.retracted,
        )
        .select_from(_PLAN)
        .join(table, and_(table.c[key] == _PLAN.c.row_id, table.c.revision == _PLAN.c.source))
        .where(_PLAN.c.family == family, moves)
    )
    columns = [*carried, "raw_seq", "revision", "seq", "retracted"]
    connection.execute(insert(table).from_select(columns, query))
