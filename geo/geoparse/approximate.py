"""Positions that a text gives only roughly: a distance from a place, and names that nobody lists."""

import re
from collections.abc import Sequence
from dataclasses import replace

from geo import crs
from geo.gazetteer.prior import SETTLEMENTS
from geo.model import Place, Resolution, Spot

_COMPASS = (
    "north", "northnortheast", "northeast", "eastnortheast", "east", "eastsoutheast", "southeast", "southsoutheast",
    "south", "southsouthwest", "southwest", "westsouthwest", "west", "westnorthwest", "northwest", "northnorthwest",
)  # fmt: skip
_BEARINGS = {name: 22.5 * step for step, name in enumerate(_COMPASS)}
_KM = {"km": 1.0, "kilomet": 1.0, "mi": 1.609344, "m": 0.001, "met": 0.001}
_LOOK_BACK = 90
_RELATIVE = re.compile(
    r"\b(?P<number>\d{1,4}(?:[.,]\d{1,2})?)[ -]?(?P<unit>km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)"
    r"(?: (?:to the )?(?P<bearing>(?:north|south|east|west)(?:[- ]?(?:north|south)?[- ]?(?:east|west))?))?"
    r" (?:of|from|outside|away from)(?: the)?(?: (?:town|city|village|settlement|centre|center|capital))?(?: of)? $",
    re.IGNORECASE,
)
FARTHEST_KM = 300.0
"""A distance beyond this is a journey, not a position."""
SHARE_OF_DISTANCE, SHARE_WITHOUT_BEARING = 0.25, 1.0
"""What a round number and a compass word leave open; without a direction the whole circle does."""
TOWN_KM = 3.0
NEAR_TOWN_KM, NEAR_AREA_KM = 25.0, 150.0
"""How far from its neighbour in the text a name that nobody lists may be."""


def relative_spot(text: str, start: int, place: Place) -> Spot | None:
    """Where "12 km north of" puts an event; None when no distance stands before the name at ``start``."""
    match = _RELATIVE.search(text, max(0, start - _LOOK_BACK), start)
    if match is None or place.kind not in (*SETTLEMENTS, "site"):
        return None
    km = float(match["number"].replace(",", ".")) * _factor(match["unit"].lower())
    if not 0 < km <= FARTHEST_KM:
        return None
    bearing = _BEARINGS.get(re.sub(r"[- ]", "", (match["bearing"] or "").lower()))
    why = f"{match.group().strip()} {place.name}"
    if bearing is None:
        return Spot(place.lon, place.lat, round(km * SHARE_WITHOUT_BEARING + TOWN_KM, 1), why)
    lon, lat = crs.moved(place.lon, place.lat, km=km, bearing=bearing)
    return Spot(round(lon, 4), round(lat, 4), round(km * SHARE_OF_DISTANCE + TOWN_KM, 1), why)


def _factor(unit: str) -> float:
    return next(factor for beginning, factor in _KM.items() if unit.startswith(beginning))


def inherited_spots(places: Sequence[Place | None]) -> list[Spot | None]:
    """For each mention without a place the position of its neighbour; None for the others and where nobody is near.

    ``places`` are the best readings of a text's mentions in its order. The nearest town or region before
    the mention comes first, then the nearest after it, then any unit or country.
    """
    narrow = [p if p and p.kind not in ("country", "admin1", "continent") else None for p in places]
    some = [p if p and p.kind != "continent" else None for p in places]
    neighbours = zip(
        *(_last_seen(*way) for way in ((narrow, 1), (narrow, -1), (some, 1), (some, -1))), strict=True
    )
    return [
        None if place else next((_beside(n) for n in nearest if n), None)
        for place, nearest in zip(places, neighbours, strict=True)
    ]


def _last_seen(places: Sequence[Place | None], step: int) -> list[Place | None]:
    """For each position the place seen last on the way there, from the beginning (step 1) or the end (step -1)."""
    seen: list[Place | None] = []
    last = None
    for place in places[::step]:
        seen.append(last)
        last = place or last
    return seen[::step]


def _beside(neighbour: Place) -> Spot:
    radius = NEAR_TOWN_KM if neighbour.kind in SETTLEMENTS else NEAR_AREA_KM
    return Spot(neighbour.lon, neighbour.lat, radius, f"not listed; {neighbour.name} is named beside it")


def with_spots(text: str, resolutions: Sequence[Resolution]) -> list[Resolution]:
    """The resolutions with what the text says, or lets one suppose, about their position."""
    inherited = inherited_spots([resolution.best for resolution in resolutions])
    return [
        _with_spot(resolution, _spot(text, resolution, supposed))
        for resolution, supposed in zip(resolutions, inherited, strict=True)
    ]


def _spot(text: str, resolution: Resolution, supposed: Spot | None) -> Spot | None:
    if resolution.place is None:
        return None if resolution.method == "former_state" else supposed
    return relative_spot(text, resolution.mention.start, resolution.place)


def _with_spot(resolution: Resolution, spot: Spot | None) -> Resolution:
    if spot is None:
        return resolution
    precision = resolution.geo_precision if resolution.place is None else max(resolution.geo_precision, 2)
    return replace(resolution, geo_precision=precision, spot=spot)
