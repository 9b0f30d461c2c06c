"""What was learnt after a change: the difference between a map as known then and as known now."""

from dataclasses import dataclass
from datetime import date

from geo.interval import minute_text
from geo.layers.words import event_line
from geo.workflows.desk import Desk
from geo.workflows.histories import ACTION_WORDS, counts_words

MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class Learnt:
    """Changes recorded after one, newest first, and the events of a window that they brought or altered."""

    changes: tuple[str, ...]
    events: tuple[str, ...]
    events_total: int


def learnt_since(desk: Desk, known: int, *, first: date, last: date) -> Learnt:
    """What was recorded after change number ``known``; events of the days from ``first`` to ``last``."""
    entries = [entry for entry in desk.store.history() if entry.seq > known]
    ids = desk.store.changed_since("events", known)
    rows = desk.store.read_rows("events", ids)
    inside = sorted(
        (row for row in rows.values() if first.isoformat() <= row["event_date"] <= last.isoformat()),
        key=lambda row: (row["event_date"], row["event_id"]),
        reverse=True,
    )
    lines = [f"{line['day']}: {line['title']}" for line in map(event_line, inside[:MOST_LISTED])]
    changes = [
        f"{minute_text(entry.recorded_at)}, {ACTION_WORDS[entry.action]} by {entry.recorded_by}: "
        f"{counts_words(entry.counts)}"
        for entry in entries
    ]
    return Learnt(tuple(changes), tuple(lines), len(inside))
