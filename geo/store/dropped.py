"""Dropped events: what the newest edition of a source no longer has of what earlier ones brought."""

from sqlalchemy import Connection

_TABLE = "events_revisions"
_GONE = f"""SELECT r.event_id FROM {_TABLE} r WHERE r.retracted = 0 AND r.event_date BETWEEN ? AND ?
    AND +r.seq IN (SELECT seq FROM changes WHERE note = ?)
    AND NOT EXISTS (SELECT 1 FROM draft.rows d WHERE d.event_id = r.event_id)
    AND r.revision = (SELECT max(x.revision) FROM {_TABLE} x WHERE x.event_id = r.event_id)
    LIMIT ?"""  # noqa: S608  (names of our own tables)


def read_disappeared(connection: Connection, *, note: str, limit: int) -> list[str]:
    """Events of earlier imports with this note, within the draft's days, whose ids the draft no longer has.

    A newer edition of a source drops what it takes back; the store keeps it until a person decides. Sorted, and so
    many at most: where nearly all are gone, as after an addition to a source, the rest of the table is not read.
    """
    if not connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM changes WHERE note = ?)", (note,)
    ).scalar_one():
        return []
    days = connection.exec_driver_sql("SELECT min(event_date), max(event_date) FROM draft.rows").one()
    found = connection.exec_driver_sql(_GONE, (*days, note, limit))
    return sorted(str(event_id) for (event_id,) in found)
