"""Small geometric steps that several parts of the rebuild share; degrees in, degrees out."""

import shapely
from pyproj import Transformer
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

_TO_METRES = Transformer.from_crs(4326, 32638, always_xy=True)
"""UTM zone 38 N, which holds all of Karabakh."""


def polygonal(geometry: BaseGeometry) -> BaseGeometry:
    """The valid, polygonal part of a geometry; cutting leaves stray lines and points behind."""
    valid = shapely.make_valid(geometry)
    return unary_union([part for part in parts(valid) if part.geom_type in ("Polygon", "MultiPolygon")])


def parts(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The members of a multi-geometry, or the geometry itself; an empty one has none."""
    return [part for part in getattr(geometry, "geoms", [geometry]) if not part.is_empty]


def buffered_km(geometry: BaseGeometry, *, km: float) -> BaseGeometry:
    """Everything within ``km`` of the geometry."""
    wider = _metric(geometry).buffer(km * 1000, quad_segs=8)
    return shapely.transform(
        wider, lambda x, y: _TO_METRES.transform(x, y, direction="INVERSE"), interleaved=False
    )


def gap_km(one: BaseGeometry, other: BaseGeometry) -> float:
    """Shortest distance between two geometries in or near Karabakh."""
    return float(_metric(one).distance(_metric(other)) / 1000)


def largest(geometry: BaseGeometry) -> Polygon:
    """The largest polygon of a geometry."""
    return max(parts(geometry), key=lambda part: part.area)


def most_touched(piece: BaseGeometry, neighbours: dict[str, BaseGeometry]) -> str:
    """Name of the neighbour that a piece borders on most, within 150 m (the source's gaps are smaller)."""
    edge = buffered_km(piece, km=0.15)
    return max(neighbours, key=lambda name: edge.intersection(neighbours[name]).area)


def _metric(geometry: BaseGeometry) -> BaseGeometry:
    return shapely.transform(geometry, _TO_METRES.transform, interleaved=False)
