"""A grid over polygons: a cell that no outline crosses lies wholly in whatever its middle lies in.

Between two crossed cells of a row everything has one answer, so the grid is kept as runs of cells, row after row.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

CELL = 0.1
"""Degrees. Smaller cells leave fewer points to be tested, and cost more to make than that saves."""
MOST_ACROSS = 4_000
"""Cells along a side: whatever the polygons are, the grid is made in bounded time and memory."""
SLACK = 1e-9
"""Degrees by which outlines are thickened: a tenth of a millimetre, and far more than what rounding moves."""
_TOGETHER = 1_000
"""Polygons whose edges are in memory at once."""
CROSSED = -2
"""Answer of a cell that an outline crosses: its points must be tested."""
Coordinates = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.intp]
Ask = Callable[[Coordinates, Coordinates], Numbers]


@dataclass(frozen=True, slots=True)
class Grid:
    """Square cells of ``size`` degrees from a south-west corner on, ``width`` in a row.

    ``firsts`` is the first cell of each run and rises; ``answers`` is that of all its points, or CROSSED.
    """

    west: float
    south: float
    size: float
    width: int
    firsts: Numbers
    answers: Numbers

    def look_up(self, lon: Coordinates, lat: Coordinates) -> Numbers:
        """The answer for each point within the extent of the polygons."""
        cells = _rows(lat, self.south, self.size) * self.width + _rows(lon, self.west, self.size)
        return self.answers[np.searchsorted(self.firsts, cells, side="right") - 1]


def grid_over(shapes: npt.NDArray[np.object_], ask: Ask, *, cell: float = CELL) -> Grid:
    """The grid over polygons; ``ask`` says by testing what points lie in."""
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    size = max(cell, (east - west) / MOST_ACROSS, (north - south) / MOST_ACROSS)
    # A frame of cells around the extent counts as crossed, so that no run goes on in the next row.
    width, height = (
        int(_rows(np.array(end), start, size)) + 2 for end, start in ((east, west), (north, south))
    )
    crossed = np.zeros((height, width), dtype=bool)
    crossed[[0, -1], :] = crossed[:, [0, -1]] = True
    # A short edge spans two cells at most in each direction, so the corners of its box are all of them.
    for some in np.array_split(shapes, 1 + len(shapes) // _TOGETHER):
        east_west, north_south = _spans(some, longest=size / 2)
        for row in (_rows(degrees, south, size) for degrees in north_south):
            for column in (_rows(degrees, west, size) for degrees in east_west):
                crossed[row, column] = True
    # The runs take turns, a crossed one first.
    firsts = np.flatnonzero(np.diff(crossed.ravel(), prepend=False))
    answers = np.full(len(firsts), CROSSED, dtype=np.intp)
    row, column = np.divmod(firsts[1::2], width)
    answers[1::2] = ask(west + (column - 0.5) * size, south + (row - 0.5) * size)
    return Grid(west, south, size, width, firsts, answers)


def _rows(degrees: Coordinates, start: float, size: float) -> Numbers:
    """Number of the row, or column, of cells in which each coordinate lies; 0 is the frame."""
    return np.floor((degrees - start) / size).astype(np.intp) + 1


def _spans(shapes: npt.NDArray[np.object_], *, longest: float) -> list[tuple[Coordinates, Coordinates]]:
    """Low and high end of each edge of the outlines, from west to east and from south to north.

    An edge that is longer counts as several.
    """
    points, ring = shapely.get_coordinates(shapely.get_rings(shapely.get_parts(shapes)), return_index=True)
    starts = np.flatnonzero(ring[1:] == ring[:-1])
    ways = points[starts + 1] - points[starts]
    parts = np.maximum(np.ceil(np.abs(ways).max(axis=1, initial=0) / longest).astype(np.intp), 1)
    edge = np.repeat(np.arange(len(parts)), parts)
    number = np.arange(len(edge)) - np.repeat(np.cumsum(parts) - parts, parts)
    spans = []
    for start, way in zip(points[starts].T, ways.T, strict=True):
        step = (way / parts)[edge]
        begin = start[edge] + step * number
        spans.append((np.minimum(begin, begin + step) - SLACK, np.maximum(begin, begin + step) + SLACK))
    return spans
