"""What lies beside a store's file: its log, and the list of its backups. They outlive a lost or damaged store."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from geo.files import write_whole
from geo.interval import minute_text

MOST_REMEMBERED = 20
_LOGS = ("-wal", "-journal")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and checked: where, when, and up to which change it reaches."""

    file: str
    made_at: str
    seq: int
    chain: str


def beside(path: Path, ending: str) -> Path:
    """The file of the same name with something added at its end."""
    return path.with_name(f"{path.name}{ending}")


def read_backups(path: Path) -> list[Backup]:
    """The backups of a store, newest first; none when the list cannot be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        return [Backup(**entry) for entry in json.loads(_list_of(path).read_text("utf-8"))["backups"]]
    return []


def remember_backup(path: Path, backup: Backup) -> None:
    """Put a backup on top of the store's list."""
    others = [known for known in read_backups(path) if known.file != backup.file]
    entries = [asdict(known) for known in [backup, *others][:MOST_REMEMBERED]]
    write_whole(_list_of(path), json.dumps({"backups": entries}, indent=1))


def advice(path: Path) -> str:
    """What to do about a damaged or lost store: its last backup that is still there, or salvage."""
    there = next((b for b in read_backups(path) if Path(b.file).is_file()), None)
    if there is not None:
        return (
            f"restore the last good backup with `conflictmap restore {there.file}` "
            f"(made {minute_text(there.made_at)})"
        )
    return "no backup of it is known; restore one, or save what can be read with `conflictmap doctor --salvage DIR`"


def traces_of_lost_store(path: Path) -> list[Path]:
    """Files that show that a store of this name existed, though its file is gone."""
    return [file for file in (*(beside(path, end) for end in _LOGS), _list_of(path)) if file.exists()]


def _list_of(path: Path) -> Path:
    return beside(path, ".backups.json")
