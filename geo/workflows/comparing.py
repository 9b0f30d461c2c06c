"""Two days compared, for the map, the page and the command line alike."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely

from geo import vocab
from geo.control.diff import NOBODY, Change, ControlDiff, control_diff
from geo.errors import SettingError
from geo.interval import day_number, holds_on
from geo.layers.element import drawn
from geo.situation import Situation
from geo.snapshot import Positions, events_in
from geo.store.readmodel import ReadModel
from geo.view import Filters
from geo.workflows.desk import Desk
from geo.workflows.panel import day_words, number_words

MAP_TOLERANCE = 0.001
NEUTRAL = {"colour": "#9A9A9A", "edge": "#5F5F5F"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two days of one state of knowledge; ``between`` are the events after the first up to the second."""

    first: date
    second: date
    model: ReadModel
    ground: ControlDiff
    between: Positions
    opened: tuple[str, ...]
    closed: tuple[str, ...]


def compared(
    desk: Desk, first: date, second: date, *, revision: int | None = None, filters: Filters | None = None
) -> Comparison:
    """Compare a day with a later one; the filters choose the events between them.

    Raises
    ------
    SettingError
        The second day is not later than the first.
    """
    if second <= first:
        raise SettingError(f"{second} is not later than {first}: name the earlier day first.")
    model = desk.model(revision)
    a, b = day_number(first), day_number(second)
    before, after = (
        set(model.posts.loc[holds_on(day, start=model.posts["start"], end=model.posts["end"]), "post_id"])
        for day in (a, b)
    )
    return Comparison(
        first,
        second,
        model,
        ground=control_diff(model.zones, first=a, second=b),
        between=events_in(model, first=a + 1, last=b, filters=filters or Filters()),
        opened=tuple(sorted(after - before)),
        closed=tuple(sorted(before - after)),
    )


def comparison_json(found: Comparison, situation: Situation) -> dict[str, Any]:
    """What ``conflictmap diff --json`` prints; areas in km2, events with a point on the changed ground by id."""
    return {
        "from": found.first.isoformat(),
        "to": found.second.isoformat(),
        "changes": [_change(change, found.model, found.between) for change in found.ground.changes],
        "net_km2": {party: round(km2, 1) for party, km2 in found.ground.net_km2.items()},
        "posts": {"opened": list(found.opened), "closed": list(found.closed)},
        "events": len(found.between),
        "source_changed": bool(found.ground.redrawn),
        "redrawn": list(found.ground.redrawn),
        "summary": summary(found, situation),
        "banner": banner(found.ground),
        "revision": found.model.revision,
    }


def comparison_shapes(found: Comparison, situation: Situation) -> dict[str, Any]:
    """The same for the map: outlines of what changed hands in the new holder's colours, and the words."""
    return {
        "shapes": [
            {"geometry": drawn(change.geometry, tolerance=MAP_TOLERANCE), **_looks(change.after, situation)}
            for change in found.ground.changes
        ],
        "words": summary(found, situation),
        "banner": banner(found.ground),
    }


def comparison_panel(found: Comparison, situation: Situation) -> dict[str, Any]:
    """The same beside the map: one row for each pair of holders, with its zones."""
    names = dict(zip(found.model.zones["zone_id"], found.model.zones["name"], strict=True))
    posts = dict(zip(found.model.posts["post_id"], found.model.posts["name"], strict=True))
    return {
        "posts": {
            "opened": [posts[post] for post in found.opened],
            "closed": [posts[post] for post in found.closed],
        },
        "title": f"{day_words(found.first)} to {day_words(found.second)}",
        "summary": summary(found, situation),
        "banner": banner(found.ground),
        "rows": [
            {
                "from": holder_label(change.before, situation),
                "to": holder_label(change.after, situation),
                "km2_words": number_words(change.km2),
                "zones": [
                    [names[zone], number_words(km2)]
                    for zone, km2 in sorted(change.by_zone.items(), key=lambda item: -item[1])
                ],
                **_looks(change.after, situation),
            }
            for change in found.ground.changes
        ],
    }


def holder_label(holder: str, situation: Situation) -> str:
    """A party's name, or the word for ground that is no party's."""
    if holder == NOBODY:
        return "Not mapped"
    return vocab.labels(vocab.ZONE_STATUSES).get(holder) or situation.party(holder).label


def summary(found: Comparison, situation: Situation) -> str:
    """One or two plain sentences: who gained and lost how much, posts, events."""
    span = f"Between {day_words(found.first)} and {day_words(found.second)}"
    moved = sorted(found.ground.net_km2.items(), key=lambda item: -item[1])
    parties = [
        f"{situation.party(party).label} {'gained' if km2 > 0 else 'lost'} {number_words(abs(km2))} km²"
        for party, km2 in moved
        if abs(km2) >= 1
    ]
    others = [f"{number_words(km2)} km² became {label}" for label, km2 in _others(found.ground.changes)]
    ground = "; ".join([*parties, *others]) or "no ground changed hands"
    posts = f"Posts: {len(found.opened)} opened, {len(found.closed)} closed."
    return f"{span} {ground}. {posts} Events: {number_words(len(found.between))}."


def banner(found: ControlDiff) -> str:
    """A warning that a difference may be one of method; empty when there is none."""
    if not found.redrawn:
        return ""
    zones = ", ".join(found.redrawn[:6]) + (" and others" if len(found.redrawn) > 6 else "")
    return f"Source or outline changed under the same holder ({zones}): part of the difference may be method, not war."


def _others(changes: tuple[Change, ...]) -> list[tuple[str, float]]:
    """km2 that passed to no party, by what it became."""
    statuses = vocab.labels(vocab.ZONE_STATUSES)
    sums: dict[str, float] = {}
    for change in changes:
        if change.after == NOBODY or change.after in statuses:
            label = "unmapped" if change.after == NOBODY else statuses[change.after].lower()
            sums[label] = sums.get(label, 0.0) + change.km2
    return sorted((label, km2) for label, km2 in sums.items() if km2 >= 1)


def _change(change: Change, model: ReadModel, between: Positions) -> dict[str, Any]:
    columns = model.events
    pinned = between[columns.pinned[between]]
    inside = shapely.contains_xy(change.geometry, columns.lon[pinned], columns.lat[pinned])
    names = dict(zip(model.zones["zone_id"], model.zones["name"], strict=True))
    return {
        "from_party": change.before,
        "to_party": change.after,
        "km2": round(change.km2, 1),
        "zones": sorted(change.by_zone),
        "by_zone": [
            {"zone_id": zone, "name": names[zone], "km2": round(km2, 1)}
            for zone, km2 in sorted(change.by_zone.items(), key=lambda item: -item[1])
        ],
        "events": [str(event_id) for event_id in columns.ids[pinned[np.asarray(inside, bool)]]],
    }


def _looks(holder: str, situation: Situation) -> dict[str, str]:
    if holder == NOBODY:
        return dict(NEUTRAL)
    if holder in vocab.codes(vocab.ZONE_STATUSES):
        return {"colour": "#D55E00", "edge": "#A34700"} if holder == "contested" else dict(NEUTRAL)
    party = situation.party(holder)
    return {"colour": party.colour, "edge": party.edge}
