"""What the map component is handed: the addresses of its data, and the view."""

from datetime import date
from typing import Any

from geo.view import ViewState
from ui.api import frame_data


def map_data(
    view: ViewState, *, as_of: date, picked: int, revision: int, stamp: int, bare: bool = False
) -> dict[str, Any]:
    """The component's JSON; ``stamp`` counts the page's commands, ``bare`` tells that no panel stands beside the map."""
    return frame_data(revision) | {
        "title": "Map with time bar",
        "view": {
            "stamp": stamp,
            "as_of": as_of.isoformat(),
            "mode": view.mode,
            "days": view.days,
            "start": view.start.isoformat() if view.start else None,
            "centre": list(view.centre) if view.centre else None,
            "picked": picked,
            "hidden": sorted(view.hidden),
            "area": [list(corner) for corner in view.filters.area] or None,
            "versus": view.versus.isoformat() if view.versus else None,
            "display": view.display,
            "colour": view.colour,
            "bare": bare,
            "filters": {
                "types": sorted(view.filters.types),
                "parties": sorted(view.filters.parties),
                "confidences": sorted(view.filters.confidences),
            },
        },
    }


def position_of(event_id: str, ids: Any) -> int:
    """Position of an event in the map's table, -1 when there is none."""
    found = (ids == event_id).nonzero()[0] if event_id else []
    return int(found[0]) if len(found) else -1
