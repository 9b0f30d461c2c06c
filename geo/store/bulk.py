"""Large imports: a draft is compared with the store and taken over as a whole, set by set, on an open connection."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from geo.columns import id_column, names
from geo.store.base import Change, Receipt
from geo.store.draft import Draft
from geo.store.revisions import VERDICTS, read_newest
from geo.store.writes import write_change

BULK_CACHE_KB = 65_536
"""Enough for the index on the ids of a few million rows."""


@contextmanager
def attached(connection: Connection, draft: Draft | None) -> Iterator[None]:
    """The draft, if there is one, as the database ``draft``; to be entered outside any transaction."""
    if draft is None:
        yield
        return
    connection.exec_driver_sql("ATTACH DATABASE ? AS draft", (str(draft.path),))
    try:
        yield
    finally:
        connection.exec_driver_sql("DETACH DATABASE draft")


def read_draft_counts(connection: Connection, draft: Draft) -> dict[str, int]:
    """How many rows of the draft would be added, changed or stay unchanged."""
    return _counts(connection, f"({_judged(draft.family)})")


def read_draft_verdicts(connection: Connection, draft: Draft, *, limit: int) -> dict[int, str]:
    """The verdict on the first rows of the draft, by line."""
    query = f"SELECT line, verdict FROM ({_judged(draft.family)}) ORDER BY line LIMIT ?"  # noqa: S608
    return {int(line): str(verdict) for line, verdict in connection.exec_driver_sql(query, (limit,))}


def take_draft(connection: Connection, change: Change, draft: Draft) -> Receipt:
    """Write the draft's rows as one change, inside the caller's transaction; unchanged rows stay out."""
    # The verdicts first: a SELECT that also reads the table it fills would be kept aside whole, a second copy.
    connection.exec_driver_sql(
        f"""CREATE TEMP TABLE judged AS SELECT row_number, before, verdict FROM ({_judged(draft.family)})
            ORDER BY row_number"""  # noqa: S608
    )
    receipt = _take_judged(connection, change, draft)
    connection.exec_driver_sql("DROP TABLE temp.judged")  # had anything failed, rolling back would take it
    return receipt


def _take_judged(connection: Connection, change: Change, draft: Draft) -> Receipt:
    counts = _counts(connection, "temp.judged")
    by_kind = {kind: {draft.family: counts[kind]} for kind in VERDICTS}
    seq = read_newest(connection) + 1
    if not counts["added"] and not counts["changed"]:
        return Receipt(None, seq - 1, **by_kind)
    columns = ", ".join(names(draft.family))

    def write() -> None:
        # In the order of the draft, which is read once from end to end; the order of ids would fetch a page a row.
        # Only the index on ids is filled out of order, and the larger cache holds it.
        connection.exec_driver_sql(f"PRAGMA main.cache_size = -{BULK_CACHE_KB}")
        connection.exec_driver_sql(
            f"""INSERT INTO {draft.family}_revisions
                ({columns}, raw, raw_seq, revision, seq, retracted, content_hash)
                SELECT {columns}, raw, 0, before + 1, ?, 0, content_hash
                FROM temp.judged v CROSS JOIN draft.rows d ON d.rowid = v.row_number
                WHERE verdict != 'unchanged' ORDER BY v.rowid""",  # noqa: S608
            (seq,),
        )

    return Receipt(write_change(connection, seq, change, counts=counts, write=write), seq, **by_kind)


def _counts(connection: Connection, judged: str) -> dict[str, int]:
    query = f"SELECT verdict, count(*) FROM {judged} GROUP BY verdict"  # noqa: S608
    found = {verdict: int(count) for verdict, count in connection.exec_driver_sql(query)}
    return {verdict: found.get(verdict, 0) for verdict in VERDICTS}


def _judged(family: str) -> str:
    """The draft's rows, each with the number of its newest revision so far and the verdict on it."""
    table, key = f"{family}_revisions", id_column(family)
    return f"""SELECT d.line, d.rowid AS row_number, coalesce(h.revision, 0) AS before,
        CASE WHEN h.revision IS NULL OR h.retracted THEN 'added'
             WHEN h.content_hash = d.content_hash THEN 'unchanged' ELSE 'changed' END AS verdict
        FROM draft.rows d LEFT JOIN {table} h ON h.{key} = d.{key}
        AND h.revision = (SELECT max(x.revision) FROM {table} x WHERE x.{key} = d.{key})"""  # noqa: S608
