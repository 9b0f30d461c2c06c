"""Events of an import that the store, or the file itself, likely has already under another id."""

import numpy as np

from geo.ingest.repeats import Marks, likely_repeats
from geo.interval import day_numbers
from geo.model import Issue
from geo.store.draft import Draft
from geo.store.eventcolumns import EventColumns
from geo.vocab import EVENT_TYPES, codes
from geo.workflows.desk import Desk

MOST_ROWS = 50_000
"""Rows of a file that are held against others; larger files come from sources that keep ids of their own."""


def note_repeats(desk: Desk, draft: Draft) -> int:
    """Add a remark to each row that is likely the same event as another one; the number of such rows."""
    if draft.family != "events" or not 0 < draft.rows <= MOST_ROWS:
        return 0
    model = desk.model_at_hand()
    if model is None:
        return 0
    found = likely_repeats(*_marks(model.events, draft))
    lines = {row_id: line for row_id, line in draft.lines() if row_id in found}
    draft.add_issues(
        (_remark(lines[row_id], row_id, others) for row_id, others in found.items()), rejected=False
    )
    return len(found)


def _marks(events: EventColumns, draft: Draft) -> tuple[Marks, Marks]:
    """The placed events of the draft that are new to the store, and the store's of about the same days."""
    stored = set(events.ids.tolist())
    rows = [
        row
        for row in draft.values(
            "event_id", "event_date", "event_type", "place_id", "lon", "lat", "geo_precision"
        )
        if row[4] is not None and row[6] != 3 and row[0] not in stored
    ]
    ids, days, kinds, places, lon, lat = ([row[place] for row in rows] for place in range(6))
    new = Marks(
        np.array(ids, dtype=object),
        day_numbers(days, missing=0),
        np.array(kinds, dtype=object),
        np.array(places, dtype=object),
        np.array(lon, dtype=np.float64),
        np.array(lat, dtype=np.float64),
    )
    types = np.array([*codes(EVENT_TYPES), ""], dtype=object)
    about = events.pinned & np.isin(events.start, np.unique(np.add.outer(new.day, (-1, 0, 1))))
    known = Marks(
        events.ids[about],
        events.start[about],
        types[np.minimum(events.type[about], len(types) - 1)],
        np.full(int(about.sum()), "", dtype=object),
        events.lon[about],
        events.lat[about],
    )
    return new, known


def _remark(line: int, row_id: str, others: list[str]) -> Issue:
    shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    reason = f"likely the same event as {shown}: near in place and day, of one type"
    return Issue(line, "event_id", row_id[:200], "DUP-01", reason, "look at both; nothing was merged")
