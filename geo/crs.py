"""Coordinate reference systems: degrees are for storing, metres for measuring.

Coordinates are ``lon, lat`` in EPSG:4326 everywhere; :func:`latlon` is the one place that swaps them.
"""

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Geod

from geo.errors import CRSError

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

WGS84 = CRS.from_epsg(4326)
EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG 1980)."""
_GEOD = Geod(ellps="WGS84")


def latlon(lon: float, lat: float) -> tuple[float, float]:
    """``(lat, lon)``, the order that Leaflet wants."""
    return lat, lon


def area_km2(geometry: "BaseGeometry") -> float:
    """Geodesic area on the WGS84 ellipsoid of a geometry in EPSG:4326.

    Karney (2013), Algorithms for geodesics, as implemented by PROJ. A line or point has area 0.
    """
    square_metres, _ = _GEOD.geometry_area_perimeter(geometry)
    return abs(float(square_metres)) / 1e6


def distance_km(
    lon: npt.ArrayLike, lat: npt.ArrayLike, *, to_lon: float, to_lat: float
) -> npt.NDArray[np.float64]:
    """Great-circle distance in km (haversine formula on a sphere; within 0.6 % of the ellipsoid)."""
    return distances_km(lon, lat, to_lon, to_lat)


def distances_km(
    lon: npt.ArrayLike, lat: npt.ArrayLike, to_lon: npt.ArrayLike, to_lat: npt.ArrayLike
) -> npt.NDArray[np.float64]:
    """The same between arrays that numpy can stretch to one shape."""
    x, y = np.radians(np.asarray(lon, float)), np.radians(np.asarray(lat, float))
    to_x, to_y = np.radians(np.asarray(to_lon, float)), np.radians(np.asarray(to_lat, float))
    half = np.sin((y - to_y) / 2) ** 2 + np.cos(y) * np.cos(to_y) * np.sin((x - to_x) / 2) ** 2
    distance: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(half))
    return distance


def moved(lon: float, lat: float, *, km: float, bearing: float) -> tuple[float, float]:
    """The position (lon, lat) at a distance in a direction, in degrees clockwise from north, on the WGS84 ellipsoid."""
    there_lon, there_lat, _ = _GEOD.fwd(lon, lat, bearing, km * 1000)
    return float(there_lon), float(there_lat)


def to_metric(frame: "GeoDataFrame") -> "GeoDataFrame":
    """Project to the UTM zone of the frame's centre, so that lengths are metres.

    Raises
    ------
    CRSError
        The frame has no CRS.
    """
    if frame.crs is None:
        raise CRSError("The layer has no CRS: add its .prj file or set crs='EPSG:4326' when reading it.")
    return frame.to_crs(frame.estimate_utm_crs())


def to_wgs84(frame: "GeoDataFrame", *, name: str) -> "GeoDataFrame":
    """The frame in EPSG:4326.

    Raises
    ------
    CRSError
        The frame has no CRS.
    """
    if frame.crs is None:
        raise CRSError(f"{name} has no CRS: add its .prj file or pass crs='EPSG:…'.")
    return frame if frame.crs == WGS84 else frame.to_crs(WGS84)
