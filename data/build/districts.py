"""The districts of Karabakh with the former oblast's outline as their divider.

Natural Earth's districts are generalised and run over the oblast's line in strips. Each strip goes to
the neighbour on its own side that it touches most, so that fewer towns lie in the wrong district.
"""

from dataclasses import dataclass

from geometry import most_touched, parts, polygonal
from geopandas import GeoDataFrame
from shapely import set_precision
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from geo.crs import area_km2

Shapes = dict[str, BaseGeometry]

OUTER = ("Kəlbəcər", "Laçın", "Qubadlı", "Zəngilan", "Cəbrayıl", "Füzuli", "Ağdam", "Tərtər", "Goranboy")
INNER = ("Xocalı", "Şuşa", "Xocavənd", "Xankəndi")
SHUSHA_CITY = "Şuşa (city)"
ON_BOTH_SIDES = ("Tərtər", "Kəlbəcər")
"""Districts that today reach into the former oblast; what lies inside it stays theirs."""
AGHDAM_NORTH_LAT = 40.05
"""North of it Aghdam, too, reaches into the former oblast."""
NOTE = "Natural Earth admin-1 with the former-oblast line used as the divider"


@dataclass(frozen=True, slots=True)
class Districts:
    """``outside``: what the outer districts hold outside the oblast; ``whole``: every district."""

    outside: Shapes
    whole: Shapes


def divided(admin1: GeoDataFrame, *, oblast: BaseGeometry) -> Districts:
    """Districts cut along the oblast's outline, with overspill given to the neighbour on its side."""
    azerbaijan = admin1[admin1["adm0_a3"].eq("AZE")]
    drawn = {name: _union_named(azerbaijan, name) for name in (*OUTER, *INNER, SHUSHA_CITY)}

    outside = {name: polygonal(drawn[name].difference(oblast)) for name in OUTER}
    for name in ("Xocalı", "Şuşa", SHUSHA_CITY, "Xocavənd", "Xankəndi"):
        outside = with_pieces(outside, polygonal(drawn[name].difference(oblast)))

    inside = {name: polygonal(drawn[name].intersection(oblast)) for name in INNER}
    city = polygonal(drawn[SHUSHA_CITY].intersection(oblast))
    inside["Şuşa"] = polygonal(unary_union([inside["Şuşa"], city]))
    kept: dict[str, list[BaseGeometry]] = {name: [] for name in OUTER}
    for name in OUTER:
        for piece in parts(polygonal(drawn[name].intersection(oblast))):
            if _stays(name, piece):
                kept[name].append(piece)
            else:
                inside = with_pieces(inside, piece)
    whole = {name: polygonal(unary_union([outside[name], *kept[name]])) for name in OUTER}
    return Districts(outside=outside, whole=whole | inside)


def with_pieces(shapes: Shapes, pieces: BaseGeometry) -> Shapes:
    """The shapes, each piece added to the one that it touches most."""
    grown = dict(shapes)
    for piece in parts(pieces):
        name = most_touched(piece, grown)
        grown[name] = unary_union([grown[name], piece])
    return grown


def districts_frame(whole: Shapes, *, admin1: GeoDataFrame) -> GeoDataFrame:
    """The layer ``karabakh_districts``, with names and codes from admin1."""
    azerbaijan = admin1[admin1["adm0_a3"].eq("AZE")].drop_duplicates("name").set_index("name")
    names = sorted(whole)
    rows = [
        {
            "name": name,
            "name_en": azerbaijan.loc[name, "name_en"],
            "iso3166_2": azerbaijan.loc[name, "iso3166_2"],
            "area_km2": round(area_km2(whole[name]), 1),
            "note": NOTE,
        }
        for name in names
    ]
    shapes = [polygonal(set_precision(whole[name], 1e-6)) for name in names]
    return GeoDataFrame(rows, geometry=shapes, crs=4326)


def _union_named(units: GeoDataFrame, name: str) -> BaseGeometry:
    return unary_union(units.loc[units["name"].eq(name), "geometry"].tolist())


def _stays(name: str, piece: BaseGeometry) -> bool:
    """Whether a piece inside the oblast belongs to the outer district today, and is no overspill."""
    if name in ON_BOTH_SIDES:
        return True
    return name == "Ağdam" and piece.representative_point().y > AGHDAM_NORTH_LAT
