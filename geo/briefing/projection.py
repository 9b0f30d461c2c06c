"""From degrees to metres to millimetres of paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import CRS, Geod, Transformer
from pyproj.enums import TransformDirection
from shapely.geometry.base import BaseGeometry

from geo.briefing.layout import Box
from geo.crs import WGS84
from geo.errors import SettingError

Extent = tuple[float, float, float, float]
UTM_WIDTH = 9.0
"""Degrees of longitude up to which one UTM zone serves; wider sheets get their own equal-area projection."""
UTM_LATITUDE = 80.0
WIDEST, HIGHEST = 80.0, 60.0
"""Degrees that a sheet can show without distortion that would mislead."""
STEPS = 40
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class SheetCRS:
    """The projection of a sheet and what it is called there."""

    crs: CRS
    name: str
    to_metres: Transformer

    def project(self, geometries: Any) -> Any:
        """Geometries in EPSG:4326 in metres."""
        forward: Any = self.to_metres.transform
        return shapely.transform(geometries, forward, interleaved=False)

    def degrees(self, x: npt.ArrayLike, y: npt.ArrayLike) -> tuple[Any, Any]:
        """Longitude and latitude of points in metres."""
        lon, lat = self.to_metres.transform(x, y, direction=TransformDirection.INVERSE)
        return lon, lat


def checked_extent(extent: Sequence[float]) -> Extent:
    """The extent as four numbers.

    Raises
    ------
    SettingError
        It is not west, south, east, north in degrees, or is empty or larger than a sheet can show.
    """
    try:
        west, south, east, north = (float(n) for n in extent)
    except (TypeError, ValueError):
        raise SettingError(
            "The extent is not four numbers: write west,south,east,north in degrees."
        ) from None
    ordered = -180 <= west < east <= 180 and -85 <= south < north <= 85
    if not ordered or east - west > WIDEST or north - south > HIGHEST:
        raise SettingError(
            f"The extent {west:g},{south:g},{east:g},{north:g} cannot be drawn: write west,south,east,north "
            "in degrees, west before east, south before north, at most 80 degrees wide and 60 high."
        )
    return west, south, east, north


def sheet_crs(extent: Extent) -> SheetCRS:
    """UTM of the extent's centre, or an equal-area projection of its own for one that is too wide for UTM."""
    west, south, east, north = extent
    lon, lat = (west + east) / 2, (south + north) / 2
    if east - west <= UTM_WIDTH and abs(lat) < UTM_LATITUDE:
        zone = min(int((lon + 180) // 6) + 1, 60)
        code = (32600 if lat >= 0 else 32700) + zone
        name = f"WGS 84 / UTM zone {zone}{'N' if lat >= 0 else 'S'} (EPSG:{code})"
        return _named(CRS.from_epsg(code), name)
    return local_crs(lon, lat)


def local_crs(lon: float, lat: float) -> SheetCRS:
    """Lambert's azimuthal equal-area projection around a point."""
    crs = CRS.from_proj4(f"+proj=laea +lon_0={lon:.4f} +lat_0={lat:.4f} +datum=WGS84 +units=m +no_defs")
    return _named(crs, f"WGS 84 / Lambert azimuthal equal-area around {lat:.1f}, {lon:.1f}")


def _named(crs: CRS, name: str) -> SheetCRS:
    return SheetCRS(crs, name, Transformer.from_crs(WGS84, crs, always_xy=True))


def extent_outline(extent: Extent) -> BaseGeometry:
    """The extent as a polygon in EPSG:4326 with points along its edges, so that it bends with the projection."""
    west, south, east, north = extent
    along = np.linspace(0, 1, STEPS, endpoint=False)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    edges = [
        np.column_stack([x0 + (x1 - x0) * along, y0 + (y1 - y0) * along])
        for (x0, y0), (x1, y1) in pairwise(corners)
    ]
    return shapely.Polygon(np.vstack(edges))


def limits(extent: Extent, crs: SheetCRS, *, shape: float) -> tuple[float, float, float, float]:
    """Metres (x0, y0, x1, y1) that hold the whole extent and are ``shape`` times as wide as high."""
    x0, y0, x1, y1 = crs.project(extent_outline(extent)).bounds
    width, height = x1 - x0, y1 - y0
    grow_x, grow_y = max(height * shape - width, 0) / 2, max(width / shape - height, 0) / 2
    return x0 - grow_x, y0 - grow_y, x1 + grow_x, y1 + grow_y


def ground_of(extent: Extent, box: Box, crs: SheetCRS) -> "Ground":
    """The ground that fills a box and holds the whole extent."""
    return Ground(crs, box, limits(extent, crs, shape=box.width / box.height))


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map shows, in metres (x0, y0, x1, y1), and the box of paper that it fills."""

    crs: SheetCRS
    box: Box
    bounds: tuple[float, float, float, float]

    @property
    def frame(self) -> BaseGeometry:
        """The bounds as a polygon in metres."""
        return shapely.box(*self.bounds)

    @property
    def metres_per_mm(self) -> float:
        """Metres on the ground for a millimetre of paper."""
        x0, _, x1, _ = self.bounds
        return (x1 - x0) / self.box.width

    def page_xy(self, x: npt.ArrayLike, y: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Points in metres as rows of millimetres on the paper."""
        x0, _, _, y1 = self.bounds
        m = self.metres_per_mm
        return np.column_stack(
            [
                self.box.x + (np.asarray(x, float) - x0) / m,
                self.box.y + (y1 - np.asarray(y, float)) / m,
            ]
        )

    def on_page(self, lon: npt.ArrayLike, lat: npt.ArrayLike) -> npt.NDArray[np.float64]:
        """Points in degrees as rows of millimetres on the paper."""
        return self.page_xy(*self.crs.to_metres.transform(np.asarray(lon, float), np.asarray(lat, float)))

    def degrees_at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        """Longitude and latitude of a point on the paper."""
        x0, _, _, y1 = self.bounds
        lon, lat = self.crs.degrees(
            x0 + (x_mm - self.box.x) * self.metres_per_mm, y1 - (y_mm - self.box.y) * self.metres_per_mm
        )
        return float(lon), float(lat)

    def degrees_shown(self) -> Extent:
        """West, south, east, north of everything in the frame."""
        edge = shapely.get_coordinates(
            shapely.segmentize(self.frame, (self.bounds[2] - self.bounds[0]) / STEPS)
        )
        lon, lat = self.crs.degrees(edge[:, 0], edge[:, 1])
        seen = np.isfinite(lon) & np.isfinite(lat)
        lon, lat = lon[seen], lat[seen]
        return float(np.min(lon)), float(np.min(lat)), float(np.max(lon)), float(np.max(lat))


def ground_scale(ground: Ground) -> float:
    """True metres on the ellipsoid for a millimetre of paper, in the middle of the map."""
    middle_x, middle_y = ground.box.x + ground.box.width / 2, ground.box.y + ground.box.height / 2
    lon0, lat0 = ground.degrees_at(middle_x - 5, middle_y)
    lon1, lat1 = ground.degrees_at(middle_x + 5, middle_y)
    _, _, metres = _GEOD.inv(lon0, lat0, lon1, lat1)
    return float(metres) / 10


def true_north(ground: Ground) -> float:
    """Degrees by which true north lies clockwise of the top of the sheet, in its middle."""
    middle_x, middle_y = ground.box.x + ground.box.width / 2, ground.box.y + ground.box.height / 2
    lon, lat = ground.degrees_at(middle_x, middle_y)
    (x0, y0), (x1, y1) = ground.on_page([lon, lon], [lat, lat + 0.05])
    return float(np.degrees(np.arctan2(x1 - x0, y0 - y1)))
