"""Disputed lines, and the former autonomous oblast closed from them."""

from itertools import combinations

from geometry import parts
from geopandas import GeoDataFrame
from shapely.geometry import LineString, Point
from shapely.ops import linemerge, polygonize, unary_union

OBLAST = "Former USSR oblast in 1991"
CEASEFIRE = "Ceasefire Line 1994"
NOTES = {
    OBLAST: "former Nagorno-Karabakh AO",
    CEASEFIRE: "Nagorno-Karabakh line of contact (generalised)",
}
SHORT_NAMES = {"adm0_a3_l": "a3_left", "adm0_a3_r": "a3_right", "adm0_left": "left", "adm0_right": "right"}
LONGEST_GAP_DEGREES = 1 / 95
"""About one kilometre; the real gaps between the pieces of the oblast's outline are below 0.3 km."""


def disputed_lines_of(borders: GeoDataFrame) -> GeoDataFrame:
    """The world's disputed lines, with column names that fit a shapefile."""
    return borders.assign(note=borders["name"].map(NOTES).fillna("")).rename(columns=SHORT_NAMES)


def line_named(lines: GeoDataFrame, name: str) -> LineString:
    """All pieces of one disputed line in Azerbaijan, joined."""
    chosen = lines[lines["a3_left"].eq("AZE") & lines["name"].eq(name)]
    return linemerge(unary_union([piece for whole in chosen.geometry for piece in parts(whole)]))


def former_nkao_of(lines: GeoDataFrame) -> GeoDataFrame:
    """The oblast as one polygon: the source has its outline only as loose lines."""
    pieces = parts(line_named(lines, OBLAST))
    ends = [(number, Point(piece.coords[end])) for number, piece in enumerate(pieces) for end in (0, -1)]
    bridges = [
        LineString([one, other])
        for (number, one), (other_number, other) in combinations(ends, 2)
        if number != other_number and 0 < one.distance(other) < LONGEST_GAP_DEGREES
    ]
    oblast = max(polygonize(unary_union(pieces + bridges)), key=lambda polygon: polygon.area)
    return GeoDataFrame(
        {
            "name": ["Nagorno-Karabakh Autonomous Oblast (former)"],
            "valid_from": ["1923-07-07"],
            "valid_to": ["1991-11-27"],
            "source": ["Natural Earth 4.1.0 10m disputed lines (public domain), gaps < 0.3 km closed"],
        },
        geometry=[oblast],
        crs=4326,
    )
