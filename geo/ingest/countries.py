"""Points held against the country that a row states: a lost sign and swapped axes are proved, never assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries.assign import AdminLayers

FAR_KM = 100.0
"""Beyond it a point and its country or place contradict each other."""
LOST_KM = 1_000.0
_KM_PER_DEGREE = 111.2
Floats = npt.NDArray[np.float64]
MOVES: Mapping[str, tuple[int, int, bool]] = {
    "lat": (1, -1, False),
    "lon": (-1, 1, False),
    "both": (-1, -1, False),
    "swap": (1, 1, True),
}
"""What may have happened to a point: sign of longitude and latitude, and whether they changed places."""


@dataclass(frozen=True, slots=True)
class CountryShapes:
    """The pieces of each country's polygons, ready to be asked how far a point lies."""

    trees: Mapping[str, shapely.STRtree]

    def degrees_to(self, country: str, lon: Floats, lat: Floats) -> Floats:
        """Distance in degrees from each point to the country; infinite where it is not drawn."""
        tree = self.trees.get(country)
        if tree is None or not len(lon):
            return np.full(len(lon), np.inf)
        points = shapely.points(lon, lat)
        (asked, _), distances = tree.query_nearest(points, return_distance=True, all_matches=False)
        found = np.full(len(lon), np.inf)
        found[asked] = distances
        return found


def country_shapes(layers: AdminLayers) -> CountryShapes:
    """The shapes of the world's countries out of its first-level units."""
    world = layers.world
    owner = np.asarray(world.admin0, dtype=str)[world.owner]
    pieces = np.asarray(world.tree.geometries, dtype=object)
    return CountryShapes({code: shapely.STRtree(pieces[owner == code]) for code in np.unique(owner) if code})


def far_from_country(
    country: str, lon: Floats, lat: Floats, *, shapes: CountryShapes
) -> npt.NDArray[np.bool_]:
    """Which points lie more than :data:`FAR_KM` from the country; none for a country that is not drawn."""
    degrees = shapes.degrees_to(country, lon, lat)
    # A degree of longitude shrinks towards the poles: the bound is generous, never too strict.
    far: npt.NDArray[np.bool_] = np.isfinite(degrees) & (degrees * _KM_PER_DEGREE > FAR_KM)
    return far


def is_lost(country: str, lon: float, lat: float, *, shapes: CountryShapes) -> bool:
    """Whether a point lies so far from its country that no view of the boundaries explains it.

    Somalia is drawn without Somaliland and Morocco with Western Sahara: nearer points are left to their sources.
    """
    return bool(shapes.degrees_to(country, np.array([lon]), np.array([lat]))[0] * _KM_PER_DEGREE > LOST_KM)


def likely_move(country: str, lon: float, lat: float, *, shapes: CountryShapes) -> str:
    """Which one of :data:`MOVES` puts the point into its country; "" when none or several do."""
    fitting = [name for name in MOVES if _fits(country, *moved(lon, lat, name), shapes=shapes)]
    return fitting[0] if len(fitting) == 1 else ""


def moved(lon: float, lat: float, move: str) -> tuple[float, float]:
    """The point after a move."""
    east, north, swapped = MOVES[move]
    return (lat * north, lon * east) if swapped else (lon * east, lat * north)


def _fits(country: str, lon: float, lat: float, *, shapes: CountryShapes) -> bool:
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        return False
    return bool(
        shapes.degrees_to(country, np.array([lon]), np.array([lat]))[0] * _KM_PER_DEGREE <= FAR_KM / 2
    )


def rows_by_country(codes: Sequence[str]) -> dict[str, npt.NDArray[np.intp]]:
    """Positions of the rows of each country that is known."""
    array = np.asarray(codes, dtype=str)
    return {code: np.flatnonzero(array == code) for code in np.unique(array) if code}
