"""Many rows at a time, straight from the driver: a Row object for each of a million rows costs a second."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Executable

BATCH = 10_000
"""Rows in memory at a time."""
_IDS_IN_ONE_QUERY = 500
"""The oldest SQLite limit is 999 variables."""


def id_batches(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    """The ids in portions that fit into one query."""
    return (ids[start : start + _IDS_IN_ONE_QUERY] for start in range(0, len(ids), _IDS_IN_ONE_QUERY))


def row_batches(connection: Connection, query: Executable) -> Iterator[Sequence[Any]]:
    """The rows of a query as plain tuples. Our columns are texts, integers and reals, which need no converting."""
    result = connection.execute(query)
    cursor = result.cursor
    while batch := cursor.fetchmany(BATCH):
        yield batch
    result.close()


def column_batches(connection: Connection, query: Executable) -> Iterator[tuple[tuple[Any, ...], ...]]:
    """The same, turned to one tuple for each column."""
    for batch in row_batches(connection, query):
        yield tuple(zip(*batch, strict=True))
