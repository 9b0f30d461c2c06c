"""A warning when many events of a window stand on one large town: often its place was not known, only its unit."""

from functools import lru_cache

import numpy as np

from geo.crs import distance_km
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.prior import SETTLEMENTS
from geo.layers.labels import other_form
from geo.model import Place
from geo.snapshot import Snapshot
from geo.workflows.desk import Desk

SHARE = 0.2
FEWEST = 25
"""Events with a point below which a share says little."""
REACH_KM = 3.0
"""Coders give a town's coordinates from lists that differ by this much."""
AROUND = (15.0, 10.0)
"""Degrees of longitude and latitude in which the towns of a unit are looked for."""
MOST_TOWNS = 4_000


def one_town_warning(desk: Desk, snapshot: Snapshot) -> str:
    """A sentence that names the town, its share of the events and what that may mean; empty without cause."""
    found = _busiest(snapshot)
    if not found:
        return ""
    event, count = found
    columns = snapshot.window.columns
    town = _town_at(desk.gazetteer, float(columns.lon[event]), float(columns.lat[event]))
    if not town:
        return ""
    name, rank = town
    share = count / snapshot.events_shown
    return (
        f"{share:.0%} of these events have the coordinates of {name}, {rank}: "
        "coders often put events there when the place is not known."
    )


def _busiest(snapshot: Snapshot) -> tuple[int, int] | None:
    """An event at the coordinates that most events share, and how many those are, if they are more than a fifth."""
    if snapshot.events_pinned < FEWEST:
        return None
    window = snapshot.window
    spots, enough = window.columns.spots, SHARE * snapshot.events_shown
    # Coordinates too rare in all data are too rare in the window: mostly no event has to be looked at.
    common = np.append(spots.counts > enough, False)  # the last stands for events without a spot
    if not common.any():
        return None
    lower, upper = window.bounds
    there = window.among(np.flatnonzero(common[spots.of[lower:upper]]) + lower)
    _, first, counts = np.unique(spots.of[there], return_index=True, return_counts=True)
    most = int(counts.max(initial=0))
    return (int(there[first[counts.argmax()]]), most) if most > enough else None


@lru_cache(maxsize=64)
def _town_at(gazetteer: Gazetteer, lon: float, lat: float) -> tuple[str, str] | None:
    """Name of the large town at a position, and what makes it the one that coders take; None if there is none."""
    half_lat = REACH_KM / 110
    half_lon = min(half_lat / max(np.cos(np.radians(lat)), 0.01), 180)
    box = (lon - half_lon, lat - half_lat, lon + half_lon, lat + half_lat)
    near = [place for place in _towns(gazetteer, box) if place.population]
    km = distance_km([p.lon for p in near], [p.lat for p in near], to_lon=lon, to_lat=lat)
    within = [place for place, far in zip(near, km, strict=True) if far <= REACH_KM]
    if not within:
        return None
    town = max(within, key=lambda place: place.population)
    if _is_capital(gazetteer, town):
        rank = "the capital of its country"
    elif _is_largest(gazetteer, town):
        rank = "the largest town of its province"
    else:
        return None
    full = gazetteer.place(town.place_id)
    other = other_form(full)
    return f"{full.name} ({other})" if other else full.name, rank


def _is_capital(gazetteer: Gazetteer, town: Place) -> bool:
    found = gazetteer.find(town.name, country=town.admin0)
    return any(c.place.place_id == town.place_id and "capital" in c.terms for c in found)


def _is_largest(gazetteer: Gazetteer, town: Place) -> bool:
    """Whether no town of its first-level unit is larger; an unknown unit has no largest town."""
    if not town.admin1:
        return False
    east, north = AROUND
    box = (town.lon - east, town.lat - north, town.lon + east, town.lat + north)
    towns = _towns(gazetteer, box)
    # The list is the larger first: one that is full and does not reach down to the town leaves it open.
    if len(towns) == MOST_TOWNS and towns[-1].population >= town.population:
        return False
    unit = (town.admin0, town.admin1)
    return all(p.population <= town.population for p in towns if (p.admin0, p.admin1) == unit)


def _towns(gazetteer: Gazetteer, box: tuple[float, float, float, float]) -> list[Place]:
    return [p for p in gazetteer.within(box, limit=MOST_TOWNS) if p.kind in SETTLEMENTS]
