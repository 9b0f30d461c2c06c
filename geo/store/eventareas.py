"""Which area stands for an event that is no point: that of its place, or the first-level unit that holds it."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

AREA_PRECISION = 3
"""geo_precision of an event that is known by its area only."""
VAGUER_THAN_UNITS = 5
"""UCDP's where_prec from which on a first-level unit would say too much: 5 larger, 6 country, 7 sea or air."""
COUNTRY_PREFIX = "country_"
VAGUE_PLACES = (COUNTRY_PREFIX, "region:")
"""Beginnings of the ids of places that may be larger than the unit in which their coordinates lie."""
UNIT_PREFIX = "unit:"
NOWHERE = -1
Degrees = npt.NDArray[np.float64]
Areas = npt.NDArray[np.int32]
UnitsAt = Callable[[Degrees, Degrees], npt.NDArray[np.integer[Any]]]
"""Number of the first-level unit that holds each (lon, lat), -1 where there is none."""


class AreaNumbers:
    """Numbers of areas: first the places that have one, then the units in the order of their layer.

    Without ``units_at`` no event is drawn as a unit.
    """

    def __init__(self, places: Sequence[str], units_at: UnitsAt | None = None) -> None:
        self.places = tuple(place for place in places if not place.startswith(UNIT_PREFIX))
        self._numbers = {place: number for number, place in enumerate(self.places)}
        self._units_at = units_at

    def of(
        self,
        place_ids: Sequence[str],
        precisions: npt.NDArray[np.uint8],
        where_precs: Sequence[int | None],
        lon: Degrees,
        lat: Degrees,
    ) -> Areas:
        """The area of each event, -1 for one that is a point or that no area stands for."""
        areas = np.full(len(place_ids), NOWHERE, np.int32)
        at = np.flatnonzero(precisions == AREA_PRECISION)
        areas[at] = [self._numbers.get(place_ids[n], NOWHERE) for n in at.tolist()]
        open_ones = at[(areas[at] < 0) & ~np.isnan(lon[at]) & ~np.isnan(lat[at])].tolist()
        here = [n for n in open_ones if _may_be_unit(place_ids[n], where_precs[n])]
        if here and self._units_at:
            units = self._units_at(lon[here], lat[here])
            areas[here] = np.where(units < 0, NOWHERE, len(self.places) + units)
        return areas

    def names(self, areas: Areas) -> tuple[str, ...]:
        """Ids by number: all places, and units up to the last that is in use."""
        in_use = int(areas.max(initial=NOWHERE)) + 1
        return (*self.places, *(unit_id(number) for number in range(in_use - len(self.places))))


def unit_id(number: int) -> str:
    """Name under which a unit stands among the places that have an area."""
    return f"{UNIT_PREFIX}{number}"


def unit_number(place_id: str) -> int | None:
    """Number of the unit of such a name; None for a place."""
    return int(place_id.removeprefix(UNIT_PREFIX)) if place_id.startswith(UNIT_PREFIX) else None


def _may_be_unit(place_id: str, where_prec: int | None) -> bool:
    return not place_id.startswith(VAGUE_PLACES) and (where_prec or 0) < VAGUER_THAN_UNITS
