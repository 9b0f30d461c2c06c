"""What is known of a spot on the map where no mark stands."""

from datetime import date
from typing import Any

from shapely import Point

from geo import vocab
from geo.boundaries.assign import assign
from geo.interval import day_number, holds_on
from geo.layers.labels import other_form
from geo.workflows.desk import Desk

NEAREST_DECIMALS = 1


def here_card(
    desk: Desk, *, lon: float, lat: float, day: date, revision: int | None = None
) -> dict[str, Any]:
    """The card of a position (EPSG:4326): unit, who holds it on the day, nearest place."""
    unit = assign([lon], [lat], layers=desk.admin_layers).iloc[0]
    place, km = desk.gazetteer.nearest(lon, lat)
    full = desk.gazetteer.place(place.place_id)
    other = other_form(full)
    about = {"kind": "unit", "admin0": unit["admin0"], "admin1": unit["admin1"]} if unit["admin1"] else None
    return {
        "title": unit["admin1"] or "No district here",
        "badge": unit["admin0"],
        "rows": [
            ["Held by", _held(desk, lon, lat, day, revision) or "not mapped on this day"],
            ["Nearest place", f"{full.name}{f' ({other})' if other else ''}, {km:.{NEAREST_DECIMALS}f} km"],
            ["Position", f"{lat:.4f}, {lon:.4f} (latitude, longitude)"],
        ],
        "links": [],
        "about": about,
    }


def _held(desk: Desk, lon: float, lat: float, day: date, revision: int | None) -> str:
    """Every zone that covers the position on the day, control first."""
    zones = desk.model(revision).zones
    valid = zones[holds_on(day_number(day), start=zones["start"], end=zones["end"])]
    covering = valid[valid.covers(Point(lon, lat))].sort_values("kind")
    labels = vocab.labels(vocab.ZONE_STATUSES)
    words = [
        f"{desk.situation.party(row.party).label if row.party else labels[row.status]} ({row.name})"
        if row.kind == "control"
        else f"{labels[row.status]} ({row.name})"
        for row in covering.itertuples()
    ]
    return "; ".join(words)
