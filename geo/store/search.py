"""Rows found by words in them: a scan, newest first, so that no second index has to be kept true."""

from sqlalchemy import Connection, or_

from geo.columns import FAMILIES, id_column
from geo.store.reads import current
from geo.store.tables import REVISIONS


def search_ids(
    connection: Connection, family: str, words: str, *, limit: int, known_at: int | None
) -> list[str]:
    """Ids of the current rows with these words in any text column, newest first.

    Case does not matter for ASCII letters; ``%`` and ``_`` mean themselves.
    """
    table, key = REVISIONS[family], id_column(family)
    texts = [field.name for field in FAMILIES[family] if field.type == "text" and not field.allowed]
    day = "event_date" if family == "events" else "valid_from"
    query = (
        current(family, [table.c[key]], known_at=known_at)
        .where(or_(*(table.c[name].icontains(words, autoescape=True) for name in texts)))
        .order_by(None)
        .order_by(table.c[day].desc(), table.c[key])
        .limit(limit)
    )
    return list(connection.execute(query).scalars())
