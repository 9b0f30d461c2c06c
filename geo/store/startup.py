"""What is checked before a store is used: whose file it is, its schema, its pages and its chain."""

import sqlite3
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from geo.errors import StoreDamaged, StoreError
from geo.store.chain import check_chain
from geo.store.copying import has_log, reading_file
from geo.store.tables import APPLICATION_ID, SCHEMA_VERSION
from geo.store.traces import advice, traces_of_lost_store

if TYPE_CHECKING:
    from geo.store.sql import SqlStore

QUICK_CHECK_UP_TO = 200_000_000
"""Bytes: 0.2 s when the file is in memory. A larger store is checked by the doctor and by :func:`check_behind`."""


def refuse_unusable(path: Path) -> None:
    """Refuse a file that is missing, empty, or not ours, without touching it."""
    if not path.is_file():
        raise StoreError(
            f"There is no store at {path}: restore it from a backup, or name another with --store."
        )
    if path.stat().st_size == 0:
        raise StoreDamaged(f"The store {path} is empty (0 bytes): {advice(path)}.")
    _refuse_foreign(path)


def refuse_lost(path: Path) -> None:
    """Refuse to make a new store where one existed."""
    traces = traces_of_lost_store(path)
    if traces and not path.exists():  # asked last: another process may be making it
        raise StoreError(
            f"The store {path} is gone, but {traces[0].name} shows that there was one: {advice(path)}. "
            f"To begin anew, move {', '.join(trace.name for trace in traces)} away first."
        )


def refuse_newer(path: Path, version: int) -> None:
    """Refuse a store of a later version."""
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"The store {path} was written by a newer conflictmap (schema {version}): update this one."
        )


def refuse_damaged(path: Path, connection: Connection) -> None:
    """Refuse a store whose pages or chain are not sound."""
    if path.stat().st_size <= QUICK_CHECK_UP_TO:
        finding = check_pages(connection)
        if finding:
            raise damaged(path, finding)
    broken = check_chain(connection)
    if broken:
        raise damaged(path, f"change {broken[0].seq}: {broken[0].what}")


def check_pages(connection: Connection) -> str:
    """The first thing that SQLite's quick check finds; empty for a sound file."""
    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalars().all()
    return "" if found == ["ok"] else " ".join(str(found[0]).split())[:200]


def damaged(path: Path, finding: str) -> StoreDamaged:
    """The error that says so, and what can be done."""
    return StoreDamaged(f"The store {path} is damaged ({finding}). It was left as it is: {advice(path)}.")


def check_behind(store: "SqlStore", path: Path) -> threading.Thread:
    """Check a large store while it is in use; what is found stops all further writing."""

    def check() -> None:
        try:
            with store.reading() as connection:
                finding = check_pages(connection)
        except StoreError as error:
            finding = str(error)
        if finding:
            store.damage = str(damaged(path, finding))

    thread = threading.Thread(target=check, name="store-check", daemon=True)
    thread.start()
    return thread


def _refuse_foreign(path: Path) -> None:
    """Refuse a file that does not carry our mark, or that SQLite cannot even begin to read.

    It is asked through SQLite: closing a plain file would drop the locks that another connection of this
    process holds on it (POSIX). ``immutable`` neither locks nor makes files beside another program's database.
    """
    finding = ""
    try:
        with reading_file(path, alone=True) as raw:
            is_ours = raw.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
    except sqlite3.Error as error:
        with path.open("rb") as file:
            # SQLite file format, section 1.3: application id at 68, big-endian.
            is_ours = file.read(100)[68:72] == APPLICATION_ID.to_bytes(4, "big")
        finding = str(error)
    if not is_ours:
        raise StoreError(
            f"{path} is not a conflictmap store, or is damaged: name another with --store, or restore a backup."
        )
    # A process that died while it folded the log into the file leaves a file that is whole only with its log:
    # then the real opening decides, which reads both.
    if finding and not has_log(path):
        raise damaged(path, finding)
