"""Cells that hold a shape: GeoJSON or WKT text in EPSG:4326."""

import json
from typing import Literal

import shapely

from geo.ingest.badcell import BadCell
from geo.shape_text import shape_text

Kind = Literal["Point", "LineString", "Polygon"]
OTHER_KINDS = frozenset(
    {"MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection"}
)
"""What stands in the place of a point's degrees, where a shape is none."""
KIND_OF_FAMILY: dict[str, Kind] = {"zones": "Polygon", "lines": "LineString"}


def read_shape(text: str, kind: Kind) -> str:
    """The shape as GeoJSON text, two-dimensional, if it is of that kind or several of it.

    Raises
    ------
    BadCell
        It is no shape, of another kind, empty or outside the world.
    """
    try:
        shape = shapely.from_geojson(text) if text.lstrip().startswith("{") else shapely.from_wkt(text)
    except shapely.errors.GEOSException:
        raise BadCell("GJS-02", "not a shape in GeoJSON or WKT", "export the layer again") from None
    if shape is None or shape.is_empty:
        raise BadCell("GJS-02", "the shape is empty", "draw it or remove the row")
    if shape.geom_type.removeprefix("Multi") != kind:
        raise BadCell("GJS-04", f"a {shape.geom_type}, where a {kind} is wanted", "split the layer by kind")
    west, south, east, north = shape.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        raise BadCell("GEO-06", "coordinates that are not degrees", "convert the layer to EPSG:4326")
    return shape_text(shape)


def point_axis(text: str, *, axis: str) -> str:
    """Longitude or latitude of a point given as GeoJSON text; of any other shape its kind, which is no number."""
    try:
        shape = json.loads(text)
    except json.JSONDecodeError:
        return ""
    if shape.get("type") != "Point":
        return str(shape.get("type", ""))
    return repr(float(shape["coordinates"][0 if axis == "lon" else 1]))


def shape_kind(text: str) -> str:
    """Point, LineString or Polygon of a GeoJSON text; "" where there is none."""
    try:
        return str(json.loads(text).get("type", "")).removeprefix("Multi")
    except (json.JSONDecodeError, AttributeError):
        return ""
