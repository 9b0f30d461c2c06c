"""Dropped events: what the newest edition of a source no longer has of what earlier ones brought."""

from typing import Any

from sqlalchemy import Connection

_TABLE = "events_revisions"
_OF_THE_SOURCE = """r.retracted = 0 AND r.event_date BETWEEN ? AND ?
    AND {seq} IN (SELECT seq FROM changes WHERE note = ?)"""
_NEWEST = f"r.revision = (SELECT max(x.revision) FROM {_TABLE} x WHERE x.event_id = r.event_id)"  # noqa: S608


def read_disappeared(connection: Connection, *, note: str, limit: int) -> tuple[int, list[str]]:
    """Events of earlier imports with this note, within the draft's days, whose ids the draft no longer has.

    A newer edition of a source drops what it takes back; the store keeps it until a person decides.
    """
    if not _one(connection, "SELECT EXISTS (SELECT 1 FROM changes WHERE note = ?)", (note,)):
        return 0, []
    days = connection.exec_driver_sql("SELECT min(event_date), max(event_date) FROM draft.rows").one()
    marks = (*days, note)
    stored = _read_stored(connection, marks)
    gone = stored - _read_kept(connection, marks)
    # Where most are gone, a walk through the ids soon meets enough of them; where few are, it would meet them all.
    seq = "+r.seq" if 2 * gone > stored else "r.seq"
    return gone, _read_first(connection, marks, seq, limit) if gone else []


def _read_stored(connection: Connection, marks: tuple[Any, ...]) -> int:
    """How many events of the source stand within the days.

    All revisions, less those that a later one replaced: these are few, and asking each for its newest is dear.
    """
    where = _OF_THE_SOURCE.format(seq="r.seq")
    written = _one(connection, f"SELECT count(*) FROM {_TABLE} r WHERE {where}", marks)  # noqa: S608
    where = _OF_THE_SOURCE.format(seq="+r.seq")
    replaced = f"""SELECT count(*) FROM {_TABLE} x CROSS JOIN {_TABLE} r
        ON r.event_id = x.event_id AND r.revision = x.revision - 1 WHERE x.revision > 1 AND {where}"""  # noqa: S608
    return written - _one(connection, replaced, marks)


def _read_kept(connection: Connection, marks: tuple[Any, ...]) -> int:
    """How many of them the draft has."""
    where = _OF_THE_SOURCE.format(seq="+r.seq")
    query = f"""SELECT count(*) FROM draft.rows d CROSS JOIN {_TABLE} r ON r.event_id = d.event_id
        WHERE {where} AND {_NEWEST}"""  # noqa: S608
    return _one(connection, query, marks)


def _read_first(connection: Connection, marks: tuple[Any, ...], seq: str, limit: int) -> list[str]:
    """The first ids of those that the draft does not have."""
    query = f"""SELECT r.event_id FROM {_TABLE} r WHERE {_OF_THE_SOURCE.format(seq=seq)} AND {_NEWEST}
        AND NOT EXISTS (SELECT 1 FROM draft.rows d WHERE d.event_id = r.event_id)
        ORDER BY r.event_id LIMIT ?"""  # noqa: S608
    return [str(event_id) for (event_id,) in connection.exec_driver_sql(query, (*marks, limit))]


def _one(connection: Connection, query: str, marks: tuple[Any, ...]) -> int:
    return int(connection.exec_driver_sql(query, marks).scalar_one())
