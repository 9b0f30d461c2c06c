"""Events that are likely reported twice: near in place and day and of one type. A group for review, never a merge."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

NEAR_DEGREES = 0.09
"""About ten kilometres."""
CELL = 0.1
"""Side of a cell in degrees, a little more than :data:`NEAR_DEGREES`."""
NEAR_DAYS = 1
MOST_PAIRS = 5_000_000


@dataclass(frozen=True, slots=True)
class Marks:
    """What two reports of one event share; one entry an event, placed ones only.

    ``day`` are day numbers; ``place`` are place ids, "" where the place is not known.
    """

    ids: npt.NDArray[np.object_]
    day: npt.NDArray[np.int32]
    type: npt.NDArray[np.object_]
    place: npt.NDArray[np.object_]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]


def likely_repeats(new: Marks, known: Marks) -> dict[str, list[str]]:
    """For each new event the known and other new ones that it may repeat, by id; events of one id are one event.

    A repeat within the new ones is named at the later of the two only.
    """
    if not len(new.ids):
        return {}
    known = _about(known, new)
    ids = np.concatenate([known.ids, new.ids])
    day, kind = np.concatenate([known.day, new.day]), np.concatenate([known.type, new.type])
    place = np.concatenate([known.place, new.place])
    lon, lat = np.concatenate([known.lon, new.lon]), np.concatenate([known.lat, new.lat])
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    near, asked = _near_pairs(points, first_new=len(known.ids))
    position = asked + len(known.ids)
    same = (np.abs(day[near] - day[position]) <= NEAR_DAYS) & (kind[near] == kind[position])
    same &= (near < position) & (ids[near] != ids[position])
    # Two towns next to each other are two places.
    same &= (place[near] == place[position]) | (place[near] == "") | (place[position] == "")
    found: dict[str, list[str]] = {}
    for other, mine in zip(ids[near[same]].tolist(), ids[position[same]].tolist(), strict=True):
        found.setdefault(mine, []).append(other)
    return found


def _about(known: Marks, new: Marks) -> Marks:
    """The known events that lie in a cell beside one of the new, a day before or after: a few of a million."""
    steps = (-1, 0, 1)
    near = [
        _keys(new.day + d, new.lon + x * CELL, new.lat + y * CELL)
        for d in steps
        for x in steps
        for y in steps
    ]
    wanted = np.isin(_keys(known.day, known.lon, known.lat), np.unique(np.concatenate(near)))
    return Marks(
        known.ids[wanted],
        known.day[wanted],
        known.type[wanted],
        known.place[wanted],
        known.lon[wanted],
        known.lat[wanted],
    )


def _keys(
    day: npt.NDArray[np.int32], lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.int64]:
    """One number for a day and a cell of the world."""
    column = np.floor((lon + 180) / CELL).astype(np.int64)
    row = np.floor((lat + 90) / CELL).astype(np.int64)
    return (day.astype(np.int64) * 4096 + column) * 4096 + row


def _near_pairs(
    points: npt.NDArray[np.object_], *, first_new: int
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Pairs of (any event, new event) that lie near each other; the new one is numbered from 0."""
    tree = shapely.STRtree(points)
    asked, near = tree.query(points[first_new:], predicate="dwithin", distance=NEAR_DEGREES)
    return near[:MOST_PAIRS], asked[:MOST_PAIRS]
