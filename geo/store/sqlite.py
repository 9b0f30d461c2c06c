"""The embedded store: one SQLite file in WAL mode, safe for several processes at once."""

import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from geo.errors import StoreError
from geo.store.sql import SqlStore, mapped_errors
from geo.store.tables import APPLICATION_ID, METADATA, SCHEMA_VERSION

BUSY_SECONDS = 5


def open_sqlite(path: Path) -> SqlStore:
    """Open an existing store.

    Raises
    ------
    StoreError
        The file is not a store of ours, is damaged, or was written by a newer version.
    """
    if not path.is_file():
        raise StoreError(
            f"There is no store at {path}: restore it from a backup, or name another with --store."
        )
    if path.stat().st_size == 0:
        raise StoreError(f"The store {path} is empty (0 bytes): restore it from a backup before going on.")
    if not _is_ours(path):
        raise StoreError(
            f"{path} is not a conflictmap store, or is damaged: name another with --store, or restore a backup."
        )
    store = _store(path)
    with store.reading() as connection:
        version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    if version > SCHEMA_VERSION:
        store.close()
        raise StoreError(
            f"The store {path} was written by a newer conflictmap (schema {version}): update this one."
        )
    return store


def create_sqlite(path: Path, fill: Callable[[SqlStore], None]) -> SqlStore:
    """Create a store, fill it, and let it appear under its name in one step.

    A process that is killed on the way leaves no half-made store; of two that race, one wins and both
    use the winner's.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = _store(draft)
        with mapped_errors(str(path), BUSY_SECONDS), store.engine.connect() as connection:
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        fill(store)
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        store.close()
        _publish(draft, path)
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be created ({error.strerror}): name another with --store."
        ) from error
    finally:
        for leftover in (draft, draft.with_name(f"{draft.name}-wal"), draft.with_name(f"{draft.name}-shm")):
            if leftover.exists():
                leftover.unlink()
    return open_sqlite(path)


def _is_ours(path: Path) -> bool:
    """Whether the file's header says so; SQLite itself would turn another program's file to WAL mode."""
    with path.open("rb") as file:
        header = file.read(100)
    # SQLite file format, section 1.3: magic string at 0, application id at 68, big-endian.
    return header.startswith(b"SQLite format 3\0") and header[68:72] == APPLICATION_ID.to_bytes(4, "big")


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)  # unlike a rename, never replaces a store that appeared meanwhile
    except FileExistsError:
        return


def _store(path: Path) -> SqlStore:
    # BEGIN IMMEDIATE takes the write lock at once: a plain BEGIN that reads and then writes fails
    # without waiting when another process wrote in between.
    return SqlStore(_engine(path), begin_write="BEGIN IMMEDIATE", where=str(path), busy_seconds=BUSY_SECONDS)


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # None leaves transactions to the statements above instead of Python's own guess.
        isolation_level=None,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine
