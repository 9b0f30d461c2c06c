"""The admin unit of each event, and the outlines of units as the events are assigned to them."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import AdminLayers, admin_words
from geo.ring import inside_ring
from geo.store.readmodel import EventColumns

NO_UNIT = -1


@dataclass(frozen=True, slots=True)
class EventUnits:
    """The unit of each event: a row of ``names`` (admin0, admin1), :data:`NO_UNIT` for none.

    Events without coordinates, regions and points outside every unit have none: it is never guessed.
    """

    numbers: npt.NDArray[np.int64]
    names: pd.DataFrame

    def number_of(self, admin0: str, admin1: str) -> int:
        """The row of a unit; :data:`NO_UNIT` when no event lies in it."""
        found = np.flatnonzero((self.names["admin0"] == admin0) & (self.names["admin1"] == admin1))
        return int(found[0]) if len(found) else NO_UNIT


def event_units(columns: EventColumns, layers: AdminLayers) -> EventUnits:
    """Ask for the unit of every event that is pinned to a point."""
    pinned = np.flatnonzero(columns.pinned)
    words = admin_words(columns.lon[pinned], columns.lat[pinned], layers=layers)
    codes, pairs = pd.MultiIndex.from_arrays([words["admin0"], words["admin1"]]).factorize()
    names = pd.DataFrame(list(pairs), columns=["admin0", "admin1"])
    numbers = np.full(len(columns.ids), NO_UNIT, np.int64)
    numbers[pinned] = np.where(names["admin1"].to_numpy() == "", NO_UNIT, np.arange(len(names)))[codes]
    return EventUnits(numbers, names)


def inside(columns: EventColumns, outline: BaseGeometry) -> npt.NDArray[np.bool_]:
    """Which events have a point inside an outline (EPSG:4326)."""
    west, south, east, north = outline.bounds
    box = ((west, south), (east, south), (east, north), (west, north))
    found = np.zeros(len(columns.ids), np.bool_)
    near = np.flatnonzero(columns.pinned & inside_ring(box, lon=columns.lon, lat=columns.lat))
    shapely.prepare(outline)
    found[near] = shapely.contains_xy(outline, columns.lon[near], columns.lat[near])
    return found
