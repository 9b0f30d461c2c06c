"""Which events share their coordinates, told once so that a window needs to compare small numbers only."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

STEPS = 100_000
"""Steps in a degree: coordinates that differ by less than a metre are the same."""
NO_SPOT = -1
Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spots:
    """Number of the coordinates of each event, -1 for one that is no point, and how many events have each."""

    of: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int64]


def spots_of(lon: Degrees, lat: Degrees, pinned: npt.NDArray[np.bool_]) -> Spots:
    """Number the distinct coordinates of the events that are pinned to a point."""
    east, north = (np.rint(degrees[pinned] * STEPS).astype(np.int64) for degrees in (lon, lat))
    numbers, found = pd.factorize(east * (360 * STEPS) + north)
    of = np.full(len(lon), NO_SPOT, np.int32)
    of[pinned] = numbers
    return Spots(of, np.bincount(numbers, minlength=len(found)))
