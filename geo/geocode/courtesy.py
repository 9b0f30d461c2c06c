"""One request a second for the whole application, answers remembered, silence when a service asks for it.

All processes on a machine share one small SQLite file, so that a command beside the dashboard, or twenty sessions
in it, take turns. A turn is taken by writing down when the next request may go out, in one transaction; whoever
took it then waits for that moment without holding anything.
"""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

INTERVAL_S = 1.0
"""Nominatim's usage policy: at most one request a second, of all users of an application together."""
KEPT_DAYS = 90
FIRST_PAUSE_S, LONGEST_PAUSE_S = 60.0, 3_600.0
_BUSY_S = 30
_TABLES = """
CREATE TABLE IF NOT EXISTS turns (service TEXT PRIMARY KEY, next_at REAL NOT NULL, silent_until REAL NOT NULL,
    pause REAL NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS answers (service TEXT, question TEXT, answer TEXT NOT NULL, asked_at REAL NOT NULL,
    PRIMARY KEY (service, question)) WITHOUT ROWID;
"""


class Courtesy:
    """Turns, pauses and remembered answers of online services, in a file; ``clock`` and ``sleep`` are for tests."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._path, self._clock, self._sleep = path, clock, sleep
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._open()) as connection:
            connection.executescript(_TABLES)

    def remembered(self, service: str, question: str) -> str | None:
        """The answer to the same question of the last :data:`KEPT_DAYS` days."""
        oldest = self._clock() - KEPT_DAYS * 86_400
        query = "SELECT answer FROM answers WHERE service = ? AND question = ? AND asked_at > ?"
        with closing(self._open()) as connection:
            row = connection.execute(query, (service, question, oldest)).fetchone()
        return str(row[0]) if row else None

    def remember(self, service: str, question: str, answer: str) -> None:
        """Keep an answer, and forget what a service said before: it works again."""
        with closing(self._open()) as connection, connection:
            connection.execute(
                "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)",
                (service, question, answer, self._clock()),
            )
            connection.execute("UPDATE turns SET pause = 0, reason = '' WHERE service = ?", (service,))

    def silence(self, service: str) -> tuple[float, str]:
        """Seconds for which the service must not be asked, and why; 0 when it may."""
        with closing(self._open()) as connection:
            row = connection.execute(
                "SELECT silent_until, reason FROM turns WHERE service = ?", (service,)
            ).fetchone()
        left = row[0] - self._clock() if row else 0.0
        return (left, str(row[1])) if left > 0 else (0.0, "")

    def wait_for_turn(self, service: str) -> float:
        """Return when a request may go out, at least :data:`INTERVAL_S` after the one before, with that moment."""
        with closing(self._open()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            row = connection.execute("SELECT next_at FROM turns WHERE service = ?", (service,)).fetchone()
            mine = max(self._clock(), row[0] if row else 0.0)
            connection.execute(
                """INSERT INTO turns VALUES (?, ?, 0, 0, '')
                ON CONFLICT (service) DO UPDATE SET next_at = excluded.next_at""",
                (service, mine + INTERVAL_S),
            )
            connection.execute("COMMIT")
        if (left := mine - self._clock()) > 0:
            self._sleep(left)
        return float(mine)

    def pause(self, service: str, reason: str, *, seconds: float | None = None) -> None:
        """Do not ask for a while: as long as the service says, else a minute, doubled each time up to an hour."""
        with closing(self._open()) as connection, connection:
            row = connection.execute("SELECT pause FROM turns WHERE service = ?", (service,)).fetchone()
            before = row[0] if row else 0.0
            pause = min(max(2 * before, FIRST_PAUSE_S, seconds or 0.0), LONGEST_PAUSE_S)
            now = self._clock()
            connection.execute(
                """INSERT INTO turns VALUES (?, ?, ?, ?, ?) ON CONFLICT (service) DO UPDATE SET
                silent_until = excluded.silent_until, pause = excluded.pause, reason = excluded.reason""",
                (service, now, now + pause, pause, reason),
            )

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None)
