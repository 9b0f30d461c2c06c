"""What was learnt after a change: the difference between a map as known then and as known now."""

from dataclasses import dataclass
from datetime import date

from geo.interval import day_number, minute_text
from geo.layers.words import event_line
from geo.snapshot import events_in
from geo.view import Filters
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
    changed = set(desk.store.changed_since("events", known))
    model = desk.model()
    shown = events_in(model, first=day_number(first), last=day_number(last), filters=Filters())
    newest_first = [event_id for event_id in model.events.ids[shown][::-1] if event_id in changed]
    rows = desk.store.read_rows("events", newest_first[:MOST_LISTED])
    listed = [event_line(rows[event_id]) for event_id in newest_first[:MOST_LISTED]]
    lines = [f"{line['day']}: {line['title']}" for line in listed]
    changes = [
        f"{minute_text(entry.recorded_at)}, {ACTION_WORDS[entry.action]} by {entry.recorded_by}: "
        f"{counts_words(entry.counts)}"
        for entry in entries
    ]
    return Learnt(tuple(changes), tuple(lines), len(newest_first))
