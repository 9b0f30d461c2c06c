"""The embedded store: one SQLite file in WAL mode, safe for several processes at once."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event

from geo.errors import StoreError
from geo.store import startup
from geo.store.copying import draft_beside, sync_folder
from geo.store.failpoints import failpoint
from geo.store.migrations import migrate
from geo.store.reads import read_schema
from geo.store.sql import SqlStore
from geo.store.tables import APPLICATION_ID, METADATA, SCHEMA_VERSION
from geo.store.traces import advice

BUSY_SECONDS = 5
_PRAGMAS = (
    "page_size = 16384",  # a million rows of a kilobyte take a quarter of the writes; an old store keeps its own
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "journal_size_limit = 67108864",  # the log of a large import gives its room back
)


def open_sqlite(path: Path) -> SqlStore:
    """Open an existing store, after checking it; one of an older schema is copied aside and brought up to date.

    Raises
    ------
    StoreError
        The file is not a store of ours, or was written by a newer version.
    StoreDamaged
        It is not what was written to it; the last good backup is named.
    """
    startup.refuse_unusable(path)
    store = _store(path)
    try:
        with store.reading() as connection:
            version = read_schema(connection)
        startup.refuse_newer(path, version)
        if version < SCHEMA_VERSION:
            migrate(store, path)
        with store.reading() as connection:
            startup.refuse_damaged(path, connection)
    except BaseException:
        store.close()
        raise
    return store


def create_sqlite(path: Path, fill: Callable[[SqlStore], None]) -> SqlStore:
    """Create a store, fill it, and let it appear under its name in one step.

    A process that is killed on the way leaves no half-made store; of two that race, one wins and both
    use the winner's. Where a store existed and is gone, none is made.
    """
    startup.refuse_lost(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft_beside(path) as draft:
            _make(draft, fill)
            failpoint("create.before_publish")
            _publish(draft, path)
        failpoint("create.after_publish")
    except OSError as error:
        raise StoreError(
            f"The store {path} cannot be created ({error.strerror}): name another with --store."
        ) from error
    return open_sqlite(path)


def _make(draft: Path, fill: Callable[[SqlStore], None]) -> None:
    store = _store(draft)
    try:
        with store.writing("create") as connection:
            METADATA.create_all(connection)
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")
        fill(store)
        failpoint("create.filled")
        with store.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        store.close()


def _publish(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)  # unlike a rename, never replaces a store that appeared meanwhile
    except FileExistsError:
        return
    sync_folder(path.parent)


def _store(path: Path) -> SqlStore:
    # BEGIN IMMEDIATE takes the write lock at once: a plain BEGIN that reads and then writes fails
    # without waiting when another process wrote in between.
    return SqlStore(
        _engine(path),
        begin_write="BEGIN IMMEDIATE",
        where=str(path),
        busy_seconds=BUSY_SECONDS,
        mend=lambda: advice(path),
    )


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        # None leaves transactions to the statements above instead of Python's own guess.
        isolation_level=None,
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    return engine
