"""All digests anew, by the rules in force: the last step of a migration that changed columns or rules."""

from sqlalchemy import ColumnElement, Connection, bindparam, literal_column, select, update

from geo.columns import names
from geo.store.chain import seal_change
from geo.store.digest import content_hashes
from geo.store.streams import BATCH
from geo.store.tables import CHANGES, REVISIONS


def reseal(connection: Connection) -> None:
    """Make the content hash of every row and the chain over all changes."""
    for family in REVISIONS:
        _rehash(connection, family)
    for seq in connection.execute(select(CHANGES.c.seq).order_by(CHANGES.c.seq)).scalars().all():
        seal_change(connection, seq)


def _rehash(connection: Connection, family: str) -> None:
    table = REVISIONS[family]
    number: ColumnElement[int] = literal_column("rowid")
    write = update(table).where(number == bindparam("row_number")).values(content_hash=bindparam("digest"))
    columns = [number.label("row_number"), *(table.c[name] for name in names(family))]
    done = 0
    while True:
        query = select(*columns).where(number > done).order_by(number).limit(BATCH)
        rows = connection.execute(query).all()
        if not rows:
            return
        numbers, *cells = zip(*rows, strict=True)
        connection.execute(
            write,
            [
                {"row_number": n, "digest": digest}
                for n, digest in zip(numbers, content_hashes(family, cells), strict=True)
            ],
        )
        done = numbers[-1]
