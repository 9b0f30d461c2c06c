"""The chain of changes: each is sealed with a digest over what it wrote and over the change before it.

SQLite's own checks do not see a byte that changed inside a cell, nor a change that was taken out. The chain
does. :func:`seal_change` is the last step of every write; :func:`check_chain` reads the changes only,
:func:`check_rows` every row.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import BLOB, Connection, Select, Text, cast, func, literal_column, select, update

from geo.columns import id_column, names
from geo.store.base import row_label
from geo.store.digest import content_hashes
from geo.store.streams import column_batches, row_batches
from geo.store.tables import CHANGES, REVISIONS

SEALED = tuple(column for column in CHANGES.c if column.name != "chain")


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written: in which change, which row, and what."""

    seq: int
    row: str
    what: str


def seal_change(connection: Connection, seq: int) -> None:
    """Write the digest of a change's rows and its link to the change before it; the last step of a write."""
    digest = read_rows_digest(connection, seq)
    connection.execute(update(CHANGES).where(CHANGES.c.seq == seq).values(rows_digest=digest))
    header = connection.execute(select(*SEALED).where(CHANGES.c.seq == seq)).one()
    before = connection.execute(select(CHANGES.c.chain).where(CHANGES.c.seq == seq - 1)).scalar() or ""
    link = chain_link(before, header)
    connection.execute(update(CHANGES).where(CHANGES.c.seq == seq).values(chain=link))


def read_rows_digest(connection: Connection, seq: int) -> str:
    """Digest over the rows that a change wrote, family by family, in the order of writing."""
    digest = hashlib.blake2b(digest_size=32)
    for family in REVISIONS:
        digest.update(family.encode() + b"\n")
        for batch in row_batches(connection, _lines(family, seq)):
            digest.update(b"".join([line for (line,) in batch]))
    return digest.hexdigest()


def chain_link(before: str, header: Iterable[Any]) -> str:
    """Digest over the chain so far and every field of a change."""
    sealed = json.dumps([before, *header], ensure_ascii=True, separators=(",", ":"))
    return hashlib.blake2b(sealed.encode(), digest_size=32).hexdigest()


def check_chain(connection: Connection) -> list[Damage]:
    """Changes whose own fields, number or place in the chain are not what was sealed."""
    before, expected, found = "", 1, []
    query = select(*SEALED, CHANGES.c.chain).order_by(CHANGES.c.seq)
    for *header, link in chain.from_iterable(row_batches(connection, query)):
        seq = header[0]
        if seq != expected:
            found.append(Damage(seq, "", f"change {expected} is missing"))
        if link != chain_link(before, header):
            found.append(Damage(seq, "", "its fields are not those that were sealed"))
        before, expected = link, seq + 1
    return found


def check_rows(connection: Connection) -> Iterator[Damage]:
    """Rows whose content is not what was sealed; reads the whole store, a batch at a time."""
    for family in REVISIONS:
        yield from _check_contents(connection, family)
    for seq, sealed in connection.execute(select(CHANGES.c.seq, CHANGES.c.rows_digest)).all():
        if read_rows_digest(connection, seq) != sealed:
            yield Damage(seq, "", "its rows are not those that were sealed")


def _check_contents(connection: Connection, family: str) -> Iterator[Damage]:
    table, fields = REVISIONS[family], names(family)
    query = select(table.c.seq, table.c.content_hash, *(table.c[name] for name in fields))
    for numbers, hashes, *columns in column_batches(connection, query):
        found = zip(numbers, hashes, columns[0], content_hashes(family, columns), strict=True)
        for seq, sealed, row_id, now in found:
            if now != sealed:
                yield Damage(seq, row_label(family, row_id), "a cell is not what was written")


def _lines(family: str, seq: int) -> Select[Any]:
    """Each row of a change as one run of bytes. Lengths in bytes stand before the texts, so no two rows are alike."""
    table = REVISIONS[family]
    row_id, raw = table.c[id_column(family)], table.c.raw
    numbers = func.printf(
        "%d %d %d %s %d %d ",
        *(table.c[name] for name in ("revision", "retracted", "raw_seq", "content_hash")),
        func.length(cast(row_id, BLOB)),
        func.length(cast(raw, BLOB)),
        type_=Text,
    )
    # The texts are joined, not printed: printing would end at a NUL.
    line = numbers.concat(row_id).concat(raw)
    # Rows are only ever added, so the row number is the order of writing in copies and backups too.
    return select(cast(line, BLOB)).where(table.c.seq == seq).order_by(literal_column("rowid"))
