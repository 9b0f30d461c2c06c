"""The line of contact of 1994, and the ground behind it."""

from collections.abc import Iterable

from geometry import largest, parts, polygonal
from geopandas import GeoDataFrame
from oblast import CEASEFIRE, line_named
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize, unary_union
from traced import TracedLine

STEPANAKERT = Point(46.7528, 39.8177)


def azerbaijan_mainland(admin1: GeoDataFrame) -> Polygon:
    """Azerbaijan without Nakhchivan."""
    return largest(unary_union(admin1.loc[admin1["adm0_a3"].eq("AZE"), "geometry"].tolist()))


def contact_line(lines: GeoDataFrame, *, stretches: Iterable[TracedLine]) -> LineString:
    """Natural Earth's line, west to east, with the re-traced stretches in place of its own."""
    drawn = [(x, y) for x, y in line_named(lines, CEASEFIRE).coords]
    if drawn[0][0] > drawn[-1][0]:
        drawn.reverse()
    better, done = [], 0
    for stretch in stretches:
        start = _nearest(drawn, stretch.replaces_from)
        better += drawn[done : start + 1] + list(stretch.geometry.coords)
        done = len(drawn) if stretch.replaces_to is None else _nearest(drawn, stretch.replaces_to)
    better += drawn[done:]
    return LineString([_beyond_start(better), *better])


def behind(line: LineString, *, mainland: Polygon) -> Polygon:
    """The part of Azerbaijan that the line cuts off around Stepanakert."""
    return _around_stepanakert(polygonize(unary_union([mainland.exterior, line])))


def responsibility_area(held_oblast: BaseGeometry, *, separation: Iterable[LineString]) -> Polygon:
    """What the lines of separation of 2020 leave around Stepanakert of the held part of the oblast."""
    faces = polygonize(unary_union([held_oblast.boundary, *separation]))
    return _around_stepanakert(face for face in faces if held_oblast.contains(face.representative_point()))


def split_by_latitude(area: BaseGeometry, *, lat: float) -> tuple[BaseGeometry, BaseGeometry]:
    """The parts that lie north of a latitude, and the others."""
    pieces = parts(area)
    north = [piece for piece in pieces if piece.representative_point().y > lat]
    south = [piece for piece in pieces if piece.representative_point().y <= lat]
    return polygonal(unary_union(north)), polygonal(unary_union(south))


def _around_stepanakert(faces: Iterable[Polygon]) -> Polygon:
    return next(face for face in faces if face.contains(STEPANAKERT))


def _nearest(vertices: list[tuple[float, float]], near: tuple[float, float] | None) -> int:
    """Number of the vertex nearest to a place."""
    if near is None:
        raise ValueError("A stretch of the line of contact must say where it begins.")
    lon, lat = near
    return min(range(len(vertices)), key=lambda i: (vertices[i][0] - lon) ** 2 + (vertices[i][1] - lat) ** 2)


def _beyond_start(vertices: list[tuple[float, float]]) -> tuple[float, float]:
    """A place ahead of the first vertex: the drawn line ends a little short of Armenia's border."""
    (x0, y0), (x1, y1) = vertices[:2]
    return x0 - 2 * (x1 - x0), y0 - 2 * (y1 - y0)
