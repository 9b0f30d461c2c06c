"""Backup and restore: copies that are checked, and a replaced store that is kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from geo.errors import InputRefused, StoreBusy, StoreDamaged, StoreError
from geo.store.copying import copy_file, draft_beside, has_log, put_in_place, reading_file, sync_folder
from geo.store.doctor import examine, findings, sound
from geo.store.failpoints import failpoint
from geo.store.startup import refuse_newer, refuse_unusable
from geo.store.tables import SCHEMA_VERSION
from geo.store.traces import Backup, advice, beside, remember_backup


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the change that the store now reaches, and where the replaced store is kept."""

    seq: int
    replaced: Path | None


def backup_store(path: Path, target: Path) -> Backup:
    """Copy a store to a file, also while others write; the copy is checked before it takes its name.

    Raises
    ------
    InputRefused
        The target is the store itself, or a file that is no backup of ours.
    StoreError
        There is no such store, or the target cannot be written.
    StoreDamaged
        The store is damaged; its bad copy is not kept.
    """
    refuse_unusable(path)
    _refuse_target(path, target)
    with _errors(path, f"The backup {target} cannot be written"):
        with draft_beside(target) as draft:
            copy_file(path, draft)
            failpoint("backup.copied")
            _refuse_unsound(draft, f"The store {path} is damaged, so no backup was made", path)
            seq, chain = _read_newest_link(draft)
            failpoint("backup.before_rename")
            put_in_place(draft, target)
        failpoint("backup.before_list")
        made = Backup(str(target.absolute()), datetime.now(UTC).isoformat(timespec="seconds"), seq, chain)
        remember_backup(path, made)
        failpoint("backup.listed")
    return made


def restore_store(path: Path, source: Path) -> Restored:
    """Put a checked backup in the place of a store; the replaced one is kept beside it.

    Raises
    ------
    InputRefused
        The backup is the store itself.
    StoreError
        The backup is damaged, foreign or newer, or the disk is full.
    StoreBusy
        Another process has the store open.
    """
    refuse_unusable(source)
    alone = not has_log(source)
    with reading_file(source, alone=alone) as raw:
        refuse_newer(source, _schema(raw))
    if path.exists() and path.samefile(source):
        raise InputRefused(f"{source} is the store itself: name a backup.", code="same_file")
    with _errors(source, f"The store {path} cannot be restored"):
        path.parent.mkdir(parents=True, exist_ok=True)
        with draft_beside(path) as draft:
            copy_file(source, draft, alone=alone)
            failpoint("restore.copied")
            _refuse_unsound(draft, f"The backup {source} is damaged and was not taken", path)
            seq, _ = _read_newest_link(draft)
            _refuse_in_use(path)
            failpoint("restore.before_keep")
            replaced = _keep_replaced(path)
            failpoint("restore.kept")
            for end in ("-shm", "-wal"):  # the log of the replaced store must not meet the backup
                beside(path, end).unlink(missing_ok=True)
            failpoint("restore.before_rename")
            put_in_place(draft, path)
            failpoint("restore.after_rename")
    return Restored(seq, replaced)


@contextmanager
def _errors(source: Path, sentence: str) -> Iterator[None]:
    """Turn the errors of disks and of SQLite into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:  # a disk that is full or fails, a file that is locked
        raise StoreError(f"{sentence} ({error}): free some space, or try again.") from error
    except sqlite3.DatabaseError as error:
        raise StoreDamaged(f"{source} is damaged ({error}): {advice(source)}.") from error
    except OSError as error:
        raise StoreError(f"{sentence} ({error.strerror}): free some space, or name another file.") from error


def _refuse_target(path: Path, target: Path) -> None:
    if not target.exists():
        return
    if target.samefile(path):
        raise InputRefused(
            f"{target} is the store itself: name another file for the backup.", code="same_file"
        )
    try:
        refuse_unusable(target)
    except StoreError as error:
        raise InputRefused(
            f"{target} exists and is no backup of ours: name another file.", code="exists"
        ) from error


def _refuse_unsound(draft: Path, sentence: str, path: Path) -> None:
    """Refuse a copy that the doctor does not pass; one of an older schema is judged by its pages."""
    with reading_file(draft, alone=True) as raw:
        is_older = _schema(raw) < SCHEMA_VERSION
    about_others = {"disk", "backup", *(["schema"] if is_older else [])}
    checks = [check for check in examine(draft, alone=True) if check.name not in about_others]
    if not sound(checks):
        raise StoreDamaged(f"{sentence} ({findings(checks)[:300]}): {advice(path)}.")


def _read_newest_link(file: Path) -> tuple[int, str]:
    """Number and seal of the newest change of a file."""
    with reading_file(file, alone=True) as raw:
        chain = "chain" if _schema(raw) >= SCHEMA_VERSION else "''"
        row = raw.execute(f"SELECT seq, {chain} FROM changes ORDER BY seq DESC LIMIT 1").fetchone()  # noqa: S608
    return (0, "") if row is None else (int(row[0]), str(row[1]))


def _schema(raw: sqlite3.Connection) -> int:
    return int(raw.execute("PRAGMA user_version").fetchone()[0])


def _refuse_in_use(path: Path) -> None:
    """Refuse while any process has the store open, and fold its log into its file.

    Leaving WAL mode needs the file for oneself. A file too damaged to answer is open in no process that works.
    """
    if not path.exists():
        return
    with (
        suppress(sqlite3.DatabaseError),
        closing(sqlite3.connect(path, isolation_level=None, timeout=1)) as raw,
    ):
        try:
            raw.execute("PRAGMA journal_mode = DELETE")
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise StoreBusy(
                    f"Another process has the store {path} open: close the dashboard, then restore again."
                ) from error
            raise


def _keep_replaced(path: Path) -> Path | None:
    """Give the store, and a log that could not be folded in, a second name."""
    if not path.exists():
        return None
    now = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    kept = beside(path, f".replaced-{now}")
    kept.hardlink_to(path)
    if beside(path, "-wal").exists():
        beside(kept, "-wal").hardlink_to(beside(path, "-wal"))
    sync_folder(path.parent)
    return kept
