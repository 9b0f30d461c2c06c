"""Points held against the country that a row states: a lost sign and swapped axes are proved, never assumed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely

from geo.boundaries.assign import AdminLayers
from geo.crs import distances_km

FAR_KM = 100.0
"""Beyond it a point and its country or place contradict each other."""
CLOSE_DEGREES = 0.5
"""At most 56 km, anywhere: surely not far."""
LOST_KM = 1_000.0
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

    def km_to(self, country: str, lon: Floats, lat: Floats) -> Floats:
        """Distance in km from each point to the country; infinite where it is not drawn.

        The nearest piece is found in degrees, the way to it is measured on the sphere: a degree of longitude
        is 111 km at the equator and half of that at 60 degrees north.
        """
        found = np.full(len(lon), np.inf)
        tree = self.trees.get(country)
        if tree is None or not len(lon):
            return found
        points = np.asarray(shapely.points(lon, lat), dtype=object)
        asked, pieces = tree.query_nearest(points, all_matches=False)
        ways = shapely.shortest_line(points[asked], tree.geometries[pieces])
        ends = shapely.get_coordinates(ways).reshape(-1, 2, 2)
        found[asked] = distances_km(ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 0], ends[:, 1, 1])
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
    km = shapes.km_to(country, lon, lat)
    far: npt.NDArray[np.bool_] = np.isfinite(km) & (km > FAR_KM)
    return far


def far_from_own_country(
    codes: Sequence[str], lon: Floats, lat: Floats, *, shapes: CountryShapes, layers: AdminLayers
) -> npt.NDArray[np.bool_]:
    """Which points lie more than :data:`FAR_KM` from the country whose code is given for each."""
    countries = np.array(codes, dtype=object)
    far = np.zeros(len(lon), dtype=bool)
    left = np.flatnonzero(~_close_to_own_country(countries, lon, lat, layers=layers))
    for code in sorted(set(countries[left])):
        own = left[countries[left] == code]
        far[own] = far_from_country(code, lon[own], lat[own], shapes=shapes)
    return far


def _close_to_own_country(
    countries: npt.NDArray[np.object_], lon: Floats, lat: Floats, *, layers: AdminLayers
) -> npt.NDArray[np.bool_]:
    """Which points are so close to their country that nothing needs to be measured: one question for all of them."""
    close = np.zeros(len(lon), dtype=bool)
    world = layers.world
    points = np.asarray(shapely.points(lon, lat), dtype=object)
    asked, pieces = world.tree.query(points, predicate="dwithin", distance=CLOSE_DEGREES)
    close[asked[world.admin0[world.owner[pieces]] == countries[asked]]] = True
    return close


def is_lost(country: str, lon: float, lat: float, *, shapes: CountryShapes) -> bool:
    """Whether a point lies so far from its country that no view of the boundaries explains it.

    Somalia is drawn without Somaliland and Morocco with Western Sahara: nearer points are left to their sources.
    """
    return bool(shapes.km_to(country, np.array([lon]), np.array([lat]))[0] > LOST_KM)


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
    return bool(shapes.km_to(country, np.array([lon]), np.array([lat]))[0] <= FAR_KM / 2)
