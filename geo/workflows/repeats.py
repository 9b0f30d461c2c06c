"""Events of an import that the store, or the file itself, likely has already under another id."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt

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
    new = _new_marks(draft, set(model.events.ids.tolist()))
    found = likely_repeats(new, _known_marks(model.events, new.day))
    lines = {row_id: line for row_id, line in draft.lines() if row_id in found}
    draft.add_issues(
        (_remark(lines[row_id], row_id, others) for row_id, others in found.items()), rejected=False
    )
    return len(found)


def _new_marks(draft: Draft, stored: Collection[str]) -> Marks:
    """The placed events of the draft that are new to the store."""
    rows = draft.values("event_id", "event_date", "event_type", "place_id", "lon", "lat", "geo_precision")
    kept = [
        (event_id, day, kind, place, lon, lat)
        for event_id, day, kind, place, lon, lat, precision in rows
        if lon is not None and precision != 3 and event_id not in stored
    ]
    ids, days, kinds, places, lons, lats = zip(*kept, strict=True) if kept else [()] * 6
    return Marks(
        np.array(ids, dtype=object),
        day_numbers(days, missing=0),
        np.array(kinds, dtype=object),
        np.array(places, dtype=object),
        np.array(lons, dtype=np.float64),
        np.array(lats, dtype=np.float64),
    )


def _known_marks(events: EventColumns, days: npt.NDArray[np.int32]) -> Marks:
    """The placed events of the store on these days, the days before and after; their places are not at hand."""
    types = np.array([*codes(EVENT_TYPES), ""], dtype=object)
    about = events.pinned & np.isin(events.start, np.unique(np.add.outer(days, (-1, 0, 1))))
    return Marks(
        events.ids[about],
        events.start[about],
        types[np.minimum(events.type[about], len(types) - 1)],
        np.full(int(about.sum()), "", dtype=object),
        events.lon[about],
        events.lat[about],
    )


def _remark(line: int, row_id: str, others: list[str]) -> Issue:
    shown = ", ".join(others[:3]) + (f" and {len(others) - 3} more" if len(others) > 3 else "")
    reason = f"likely the same event as {shown}: near in place and day, of one type"
    return Issue(line, "event_id", row_id[:200], "DUP-01", reason, "look at both; nothing was merged")
