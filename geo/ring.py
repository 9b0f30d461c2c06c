"""A part of the map that somebody chose: a ring of corners as (lon, lat) in degrees (EPSG:4326).

The last corner joins the first. Inside is by the even-odd rule, the same as in the browser: a lasso that crosses
itself means the same on the map and in the figures.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

Ring = tuple[tuple[float, float], ...]
MOST_CORNERS = 60


def ring_of(corners: Iterable[Sequence[float]]) -> Ring:
    """Corners as a ring.

    Raises
    ------
    ValueError
        They are not 3 to :data:`MOST_CORNERS` pairs of degrees.
    """
    ring = tuple((float(lon), float(lat)) for lon, lat in corners)
    if not 3 <= len(ring) <= MOST_CORNERS:
        raise ValueError(f"an area has 3 to {MOST_CORNERS} corners")
    if not all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in ring):  # refuses NaN as well
        raise ValueError("a corner is outside the world")
    return ring


def box_ring(text: str) -> Ring:
    """The ring of a box ``W,S,E,N`` in degrees.

    Raises
    ------
    ValueError
        The text is not that, or the box is empty.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not W,S,E,N in degrees, like 46,39,47.5,40.5") from None
    if not (west < east and south < north):
        raise ValueError(f"{text[:40]!r} is empty: west and south come first")
    return ring_of([(west, south), (east, south), (east, north), (west, north)])


def box_of(ring: Ring) -> str:
    """``W,S,E,N`` around a ring; empty without one."""
    if not ring:
        return ""
    lons, lats = zip(*ring, strict=True)
    return ",".join(short_number(value, 3) for value in (min(lons), min(lats), max(lons), max(lats)))


def inside_ring(
    ring: Ring, *, lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]
) -> npt.NDArray[np.bool_]:
    """Which points lie in the ring."""
    inside = np.zeros(len(lon), np.bool_)
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if ay == by:
            continue
        crosses = (ay > lat) != (by > lat)
        inside ^= crosses & (lon < (bx - ax) * (lat - ay) / (by - ay) + ax)
    return inside


def short_number(value: float, digits: int) -> str:
    """So many digits after the point, without zeros at the end."""
    return f"{value:.{digits}f}".rstrip("0").rstrip(".")
