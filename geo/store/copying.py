"""Copies of a store's file, whole or not at all, made while others write."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from geo.store.traces import beside


@contextmanager
def reading_file(path: Path, *, alone: bool = False) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write to a store's file.

    ``alone`` says that nobody else has it open: then no lock is taken and no file appears beside it.
    """
    address = f"file:{quote(str(path.absolute()))}"
    # Without a log there is nothing that closing could fold into the file, and a reader that may write
    # clears away the log it had to make. With one, the file of a damaged store must stay as it is.
    mode = "immutable=1" if alone else "mode=ro" if beside(path, "-wal").exists() else "mode=rw"
    with closing(
        sqlite3.connect(f"{address}?{mode}", uri=True, isolation_level=None, timeout=5)
    ) as connection:
        yield connection


def copy_file(source: Path, draft: Path, *, alone: bool = False) -> None:
    """Copy a store as it is at this moment, its log included, to one file without a log."""
    with reading_file(source, alone=alone) as origin, closing(sqlite3.connect(draft)) as copy:
        origin.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    sync_file(draft)


def has_log(path: Path) -> bool:
    """Whether some of the store still stands in its log."""
    log = beside(path, "-wal")
    return log.exists() and log.stat().st_size > 0


@contextmanager
def draft_beside(target: Path) -> Iterator[Path]:
    """A name for a draft in the target's folder; whatever is left of it goes."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        yield draft
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            beside(draft, end).unlink(missing_ok=True)


def put_in_place(draft: Path, target: Path) -> None:
    """Let a finished draft take the target's name, also after a power cut."""
    draft.replace(target)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Wait until the file's bytes are on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's names are on the disk; Windows cannot open a folder and keeps its own order."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
