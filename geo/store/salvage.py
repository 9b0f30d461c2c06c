"""Salvage: what can still be read of a damaged store, as tables; the damaged file is never changed."""

import csv
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.columns import FAMILIES, names
from geo.errors import InputRefused, StoreError
from geo.formula import guarded
from geo.store.copying import draft_beside, has_log, reading_file
from geo.store.digest import content_hashes
from geo.store.traces import beside

BLOCK = 4_000
"""Rows that are read at once; a block that cannot be read is halved."""
RECORD = ("revision", "seq", "retracted", "raw")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of one family: revisions read, those among them that are altered, those that are lost."""

    family: str
    file: str
    read: int
    altered: int
    lost: int


def salvage(path: Path, out_dir: Path) -> list[Salvaged]:
    """Write every revision that can be read to one CSV for each family, in the order of writing.

    ``intact`` tells in each row whether it is what was written.

    Raises
    ------
    InputRefused
        The folder already holds files.
    StoreError
        Not even the list of tables can be read.
    """
    if out_dir.exists() and (not out_dir.is_dir() or any(out_dir.iterdir())):
        raise InputRefused(f"{out_dir} is not an empty folder: name another.", code="exists")
    try:
        out_dir.mkdir(parents=True, exist_ok=True)
        with _readable(path, out_dir) as raw:
            return [_salvage_family(raw, family, out_dir / f"{family}.csv") for family in FAMILIES]
    except sqlite3.DatabaseError as error:
        raise StoreError(f"Nothing of {path} can be read ({error}): only a backup helps.") from error
    except OSError as error:
        raise StoreError(f"{out_dir} cannot be written ({error.strerror}): name another folder.") from error


@contextmanager
def _readable(path: Path, out_dir: Path) -> Iterator[sqlite3.Connection]:
    """The damaged file, read without locks; with a log beside it, a copy that the log can be folded into."""
    with draft_beside(out_dir / "copy.sqlite") as copy:
        if has_log(path):
            shutil.copyfile(path, copy)
            shutil.copyfile(beside(path, "-wal"), beside(copy, "-wal"))
        with reading_file(copy if copy.exists() else path, alone=not copy.exists()) as raw:
            # SQLite reads a file that was cut off only for those who may repair it; this connection cannot write.
            raw.execute("PRAGMA writable_schema = ON")
            raw.text_factory = lambda cell: cell.decode("utf-8", "replace")
            yield raw


def _salvage_family(raw: sqlite3.Connection, family: str, file: Path) -> Salvaged:
    fields = FAMILIES[family]
    columns = (*names(family), *RECORD, "content_hash")
    last = _last_number(raw, family)
    read = altered = 0
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow([*columns[:-1], "intact"])
        for first in range(1, last + 1, BLOCK):
            for row in _rows(raw, family, columns, first, min(first + BLOCK - 1, last)):
                intact = _digest(family, row[: len(fields)]) == row[-1]
                writer.writerow([*map(_cell, row[:-1]), "yes" if intact else "no"])
                read, altered = read + 1, altered + (not intact)
    return Salvaged(family, str(file), read, altered, last - read)


def _rows(
    raw: sqlite3.Connection, family: str, columns: Sequence[str], first: int, last: int
) -> Iterator[Sequence[Any]]:
    """Rows by their number; where a block cannot be read its halves are tried, down to the single row."""
    query = f"SELECT {', '.join(columns)} FROM {family}_revisions WHERE rowid BETWEEN ? AND ? ORDER BY rowid"  # noqa: S608
    try:
        rows = raw.execute(query, (first, last)).fetchall()
    except sqlite3.DatabaseError:
        if first == last:
            return
        middle = (first + last) // 2
        yield from _rows(raw, family, columns, first, middle)
        yield from _rows(raw, family, columns, middle + 1, last)
    else:
        yield from rows


def _last_number(raw: sqlite3.Connection, family: str) -> int:
    """The highest row number that anything still tells: rows are only added, so they are numbered without gaps."""
    table = f"{family}_revisions"
    raw.execute(f"SELECT 1 FROM sqlite_schema WHERE name = '{table}'").fetchone()  # noqa: S608  (fails if all is lost)
    told = [0]
    for query in (
        f"SELECT max(rowid) FROM {table}",  # noqa: S608
        f"SELECT count(*) FROM {table}",  # noqa: S608
        f"SELECT count(*) FROM {table} INDEXED BY ix_{table}_seq",  # noqa: S608
        f"SELECT count(*) FROM {table} INDEXED BY sqlite_autoindex_{table}_1",  # noqa: S608
    ):
        with suppress(sqlite3.DatabaseError):
            told.append(raw.execute(query).fetchone()[0] or 0)
    return max(told)


def _digest(family: str, cells: Sequence[Any]) -> str:
    try:
        return content_hashes(family, [[cell] for cell in cells])[0]
    except TypeError:  # damage can turn a text into a number
        return ""


def _cell(cell: Any) -> Any:
    """The cell so that no spreadsheet takes a text for a formula; numbers stay numbers."""
    return guarded(cell) if isinstance(cell, str) else cell
