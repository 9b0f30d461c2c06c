"""The doctor: everything that can be checked about a store's file, without changing it."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Connection, create_engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from geo.columns import id_column
from geo.errors import StoreError
from geo.store.base import row_label
from geo.store.chain import check_chain, check_rows
from geo.store.copying import reading_file
from geo.store.reads import read_schema
from geo.store.revisions import read_newest
from geo.store.startup import refuse_unusable
from geo.store.tables import REVISIONS, SCHEMA_VERSION
from geo.store.traces import read_backups

MOST_NAMED = 20
"""Findings of one check that are named."""
ROOM = 3
"""A backup, a migration and the log together may need this many times the store's size."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked, whether it is as it should be, and in which words."""

    name: str
    ok: bool
    what: str


def examine(path: Path, *, alone: bool = False) -> list[Check]:
    """All checks in order. ``alone`` says that nobody else has the file open."""
    try:
        refuse_unusable(path)
    except StoreError as error:
        return [Check("file", ok=False, what=str(error))]
    checks = [Check("file", ok=True, what=f"{path.stat().st_size:,} bytes, a store of ours")]
    with reading_file(path, alone=alone) as raw:
        raw.text_factory = _tolerant
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool, isolation_level=None)
        with engine.connect() as connection:
            connection.exec_driver_sql("BEGIN")  # every check sees the same state while others write
            checks += _checks_inside(connection)
    return [*checks, _disk(path), _backups(path)]


def sound(checks: list[Check]) -> bool:
    """Whether nothing was found."""
    return all(check.ok for check in checks)


def findings(checks: list[Check]) -> str:
    """What was found, in one line."""
    return "; ".join(f"{check.name}: {check.what}" for check in checks if not check.ok)


def _checks_inside(connection: Connection) -> Iterator[Check]:
    """Checks of what the file says; the schema decides whether the chain can be asked for."""
    version = _asked("schema", lambda: _schema(connection))
    yield version
    yield _asked("pages", lambda: _pages(connection))
    yield _asked("references", lambda: _references(connection))
    if not version.ok:
        return
    yield _asked("revisions", lambda: _revisions(connection))
    yield _asked("chain", lambda: _chain(connection))
    yield _asked("rows", lambda: _rows(connection))


def _asked(name: str, ask: Callable[[], tuple[list[str], str]]) -> Check:
    """A check; a file too damaged to answer is a finding too."""
    try:
        found, fine = ask()
    except (DBAPIError, sqlite3.Error) as error:
        return Check(name, ok=False, what=f"cannot be read: {getattr(error, 'orig', error)}")
    if not found:
        return Check(name, ok=True, what=fine)
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return Check(name, ok=False, what="; ".join(found[:MOST_NAMED]) + more)


def _schema(connection: Connection) -> tuple[list[str], str]:
    version = read_schema(connection)
    if version < SCHEMA_VERSION:
        return [f"schema {version}, older: opening the store brings it up to date"], ""
    if version > SCHEMA_VERSION:
        return [f"schema {version}, newer: update conflictmap"], ""
    return [], f"schema {version}"


def _pages(connection: Connection) -> tuple[list[str], str]:
    said = connection.exec_driver_sql(f"PRAGMA integrity_check({MOST_NAMED})").scalars().all()
    found = [" ".join(str(line).split()) for line in said if line != "ok"]
    return found, "every page, index and constraint is sound"


def _references(connection: Connection) -> tuple[list[str], str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    found = [f"{row[0]} row {row[1]} names a change that is not there" for row in rows]
    return found, "every row has its change"


def _revisions(connection: Connection) -> tuple[list[str], str]:
    """Revisions of a row are counted 1, 2, 3: a gap or a pair means that one was lost or written twice."""
    found = []
    for family, table in REVISIONS.items():
        key = table.c[id_column(family)]
        query = (
            select(key)
            .group_by(key)
            .having((func.max(table.c.revision) != func.count()) | (func.min(table.c.revision) != 1))
        )
        found += [row_label(family, row_id) for row_id in connection.execute(query).scalars()]
    return [f"{label} lacks a revision" for label in found], "no revision is missing or double"


def _chain(connection: Connection) -> tuple[list[str], str]:
    found = [f"change {damage.seq}: {damage.what}" for damage in check_chain(connection)]
    return found, f"{read_newest(connection)} changes, unbroken"


def _rows(connection: Connection) -> tuple[list[str], str]:
    found = [
        f"change {damage.seq}{', ' * bool(damage.row)}{damage.row}: {damage.what}"
        for damage in islice(check_rows(connection), 10 * MOST_NAMED)
    ]
    count = sum(
        int(connection.execute(select(func.count()).select_from(table)).scalar_one())
        for table in REVISIONS.values()
    )
    return found, f"{count:,} revisions as written"


def _disk(path: Path) -> Check:
    size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    said = f"{free:,} bytes free"
    if free >= ROOM * size:
        return Check("disk", ok=True, what=said)
    return Check("disk", ok=False, what=f"{said}: a backup or a large import may need {ROOM * size:,}")


def _backups(path: Path) -> Check:
    known = read_backups(path)
    if not known:
        return Check("backup", ok=True, what="none is known: `conflictmap backup FILE` makes one")
    last = known[0]
    there = "" if Path(last.file).is_file() else ", which is no longer there"
    return Check("backup", ok=True, what=f"{last.file} of {last.made_at[:10]}, change {last.seq}{there}")


def _tolerant(raw: bytes) -> str:
    """Text, also where a damaged byte is no letter: the digests then tell which row it is."""
    return raw.decode("utf-8", "surrogateescape")
