"""The staging file of one import: typed rows and issues on disk, so that memory does not grow with the file.

It is written by one process, read by the store when it commits, and thrown away. Nothing in it is truth.
"""

import json
import sqlite3
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from geo.columns import FAMILIES, id_column, names
from geo.model import Issue

_SQL_TYPES = {"text": "TEXT", "day": "TEXT", "geometry": "TEXT", "int": "INTEGER", "real": "REAL"}
REPEATED = "CSV-12"
"""The problem of an id that stands twice with other content."""


class Draft:
    """Rows of one family with their lines, original cells and content hashes; issues with theirs."""

    def __init__(self, family: str) -> None:
        self.family = family
        folder = tempfile.mkdtemp(prefix="conflictmap-")
        self.path = Path(folder) / "draft.sqlite"
        self._connection = sqlite3.connect(self.path, isolation_level=None, check_same_thread=False)
        # Losing the file loses nothing: the import is read again.
        for pragma in ("page_size = 32768", "journal_mode = OFF", "synchronous = OFF", "cache_size = -32000"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._create()
        self.repeats = 0
        self._close = weakref.finalize(self, _discard, self._connection, self.path)

    def add_rows(
        self,
        columns: Sequence[Sequence[Any]],
        lines: Sequence[int],
        raw: Sequence[str],
        hashes: Sequence[str],
    ) -> None:
        """Add rows, column by column in the family's order."""
        # Handing over a value costs more than storing it, and many columns hold nothing in a whole batch.
        words = [_empty_word(column) for column in columns]
        marks = ", ".join([*(word or "?" for word in words), "?", "?", "?"])
        filled = [column for column, word in zip(columns, words, strict=True) if not word]
        self._connection.execute("BEGIN")
        self._connection.executemany(
            f"INSERT INTO rows VALUES ({marks})",  # noqa: S608  (marks are question marks, '' and NULL)
            zip(*filled, lines, raw, hashes, strict=True),
        )
        self._connection.execute("COMMIT")

    def add_issues(self, issues: Iterable[Issue], *, rejected: bool) -> None:
        """Add issues of rows that were rejected, or remarks on rows that were taken."""
        self._connection.executemany(
            "INSERT INTO issues VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (i.line, i.column, _storable(i.value), i.code, _storable(i.reason), i.fix, int(rejected))
                for i in issues
            ),
        )

    def add_rejected(self, rows: Iterable[tuple[int, str]]) -> None:
        """Add the original cells of rejected rows by line, for the file of rejects."""
        self._connection.executemany(
            "INSERT OR IGNORE INTO rejected VALUES (?, ?)", ((line, _storable(raw)) for line, raw in rows)
        )

    def finish(self) -> None:
        """Make the rows ready to be compared: exact repeats go, an id with other content is rejected."""
        key = id_column(self.family)
        self._connection.execute(f"CREATE INDEX by_id ON rows ({key})")
        self._connection.execute(
            f"""CREATE TEMP TABLE repeated AS SELECT r.rowid AS row_number, r.line, r.{key} AS id, f.line AS first_line,
                r.content_hash = f.content_hash AS exact, r.raw FROM rows r JOIN (SELECT {key}, content_hash, min(line) AS line
                FROM rows WHERE {key} IN (SELECT {key} FROM rows GROUP BY {key} HAVING count(*) > 1) GROUP BY {key}) f
                ON f.{key} = r.{key} WHERE r.line != f.line"""  # noqa: S608  (names of our own columns)
        )
        # `content_hash` beside min(line) is that of the same row: SQLite's documented rule for bare columns.
        self._connection.execute(
            f"""INSERT INTO issues SELECT line, '{key}', substr(id, 1, 200), '{REPEATED}',
                'the id stands in line ' || first_line || ' with other content', 'give each row its own id', 1
                FROM repeated WHERE NOT exact"""  # noqa: S608
        )
        self._connection.execute(
            "INSERT OR IGNORE INTO rejected SELECT line, raw FROM repeated WHERE NOT exact"
        )
        self.repeats = self._one("SELECT count(*) FROM repeated WHERE exact")
        self._connection.execute("DELETE FROM rows WHERE rowid IN (SELECT row_number FROM repeated)")

    @property
    def rows(self) -> int:
        """Number of rows that may be committed."""
        return self._one("SELECT count(*) FROM rows")

    @property
    def rejected(self) -> int:
        """Number of rows that were rejected."""
        return self._one("SELECT count(DISTINCT line) FROM issues WHERE rejected")

    def issues(self, *, limit: int) -> list[Issue]:
        """The first issues and remarks by line."""
        query = 'SELECT line, "column", value, code, reason, fix FROM issues ORDER BY line, rowid LIMIT ?'
        return [Issue(*row) for row in self._connection.execute(query, (limit,))]

    @property
    def main_problem(self) -> str:
        """The code that most rejected rows have; "" when none was rejected."""
        query = (
            "SELECT code FROM issues WHERE rejected GROUP BY code ORDER BY count(*) DESC, min(rowid) LIMIT 1"
        )
        return str((self._connection.execute(query).fetchone() or [""])[0])

    def rejects(self) -> Iterator[tuple[list[str], Issue]]:
        """The original cells of each rejected row (empty where they could not be read) and its first issue."""
        query = """SELECT i.line, i."column", i.value, i.code, i.reason, i.fix, r.raw FROM issues i
            LEFT JOIN rejected r ON r.line = i.line WHERE i.rejected AND i.rowid IN
            (SELECT min(rowid) FROM issues WHERE rejected GROUP BY line) ORDER BY i.line"""
        for *issue, raw in self._connection.execute(query):
            yield json.loads(raw) if raw else [], Issue(*issue)

    def head(self, limit: int) -> list[dict[str, Any]]:
        """The first rows by line."""
        columns = (*names(self.family), "line", "content_hash")
        query = f"SELECT {', '.join(columns)} FROM rows ORDER BY line LIMIT ?"  # noqa: S608
        return [dict(zip(columns, row, strict=True)) for row in self._connection.execute(query, (limit,))]

    def lines(self) -> Iterator[tuple[str, int]]:
        """Id and line of every row."""
        yield from self._connection.execute(f"SELECT {id_column(self.family)}, line FROM rows")  # noqa: S608

    def values(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Some columns of all rows, in the order of the file."""
        yield from self._connection.execute(f"SELECT {', '.join(columns)} FROM rows ORDER BY line")  # noqa: S608

    def close(self) -> None:
        """Throw the file away; also done when the draft is no longer used."""
        self._close()

    def _create(self) -> None:
        fields = ", ".join(f"{field.name} {_SQL_TYPES[field.type]}" for field in FAMILIES[self.family])
        self._connection.execute(f"CREATE TABLE rows ({fields}, line INTEGER, raw TEXT, content_hash TEXT)")
        self._connection.execute(
            'CREATE TABLE issues (line INTEGER, "column" TEXT, value TEXT, code TEXT, reason TEXT, fix TEXT, rejected INTEGER)'
        )
        self._connection.execute("CREATE TABLE rejected (line INTEGER PRIMARY KEY, raw TEXT)")

    def _one(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])


def _discard(connection: sqlite3.Connection, path: Path) -> None:
    connection.close()
    path.unlink(missing_ok=True)
    path.parent.rmdir()


def _empty_word(column: Sequence[Any]) -> str:
    """How SQL writes what a column holds if nothing stands in any row; "" if something does."""
    for empty, word in (("", "''"), (None, "NULL")):
        if column and column[0] == empty and column[-1] == empty and column.count(empty) == len(column):
            return word
    return ""


def _storable(text: str) -> str:
    """Half a surrogate pair, which a wrong encoding leaves behind, cannot be stored."""
    return text.encode("utf-8", "replace").decode("utf-8")
