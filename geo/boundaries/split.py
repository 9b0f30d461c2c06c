"""Cut polygons into small pieces, so that asking which of them holds a point stays cheap."""

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

MOST_VERTICES = 192
"""Measured: smaller pieces take long to cut, larger ones to test."""


def pieces_of(polygon: BaseGeometry, *, most: int = MOST_VERTICES) -> list[BaseGeometry]:
    """Pieces with at most ``most`` vertices that together cover the polygon; an empty one has none."""
    if polygon.is_empty:
        return []
    if shapely.get_num_geometries(polygon) > 1:
        return [piece for part in shapely.get_parts(polygon) for piece in pieces_of(part, most=most)]
    if shapely.get_num_coordinates(polygon) <= most:
        return [polygon]
    return [
        piece
        for half in _halves(polygon)
        for part in shapely.get_parts(half)
        if shapely.get_dimensions(part) == 2
        for piece in pieces_of(part, most=most)
    ]


def _halves(polygon: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """The polygon cut across its longer side."""
    west, south, east, north = polygon.bounds
    if east - west > north - south:
        middle = (west + east) / 2
        first, second = box(west, south, middle, north), box(middle, south, east, north)
    else:
        middle = (south + north) / 2
        first, second = box(west, south, east, middle), box(west, middle, east, north)
    return shapely.intersection(polygon, first), shapely.intersection(polygon, second)
