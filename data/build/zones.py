"""The shapes of the control zones and lines; their history stands in ``traced/``."""

from dataclasses import dataclass

from contact import azerbaijan_mainland, behind, contact_line, responsibility_area, split_by_latitude
from districts import Shapes, with_pieces
from geometry import polygonal
from geopandas import GeoDataFrame
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union
from traced import TracedLine

SOVIET_AGHDAM = box(46.62, 39.80, 47.25, 40.30)
"""East of the former oblast the Soviet district of Aghdam covered what is drawn as Tartar and Kalbajar."""
NORTH_OF_TALISH_LAT = 40.2
"""Ground lost in 2020 lies either around Talish, north of it, or in the south."""
NEAR_DEGREES = 0.003
"""About 300 m: keeps the ends of a separation line that lie just outside the oblast."""
ENGLISH = {
    "Kəlbəcər": "kalbajar",
    "Ağdam": "aghdam",
    "Füzuli": "fuzuli",
    "Cəbrayıl": "jabrayil",
    "Qubadlı": "qubadli",
    "Zəngilan": "zangilan",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What every zone is cut from. ``held`` is the ground behind the line of contact."""

    oblast: BaseGeometry
    held: Polygon
    outside: Shapes
    xocavend: BaseGeometry


def zone_shapes(ground: Ground, *, traced: dict[str, TracedLine]) -> Shapes:
    """Every zone's shape by the name that ``zone_history.csv`` uses."""
    held_oblast = polygonal(ground.oblast.intersection(ground.held))
    districts = held_districts(ground)
    kalbajar = [districts[name] for name in ("Kəlbəcər", "Tərtər", "Goranboy")]
    districts = districts | {"Kəlbəcər": polygonal(unary_union(kalbajar))}
    lachin = districts["Laçın"]
    corridor = polygonal(traced["road_old"].widened().intersection(lachin))
    separation = [traced["separation_south"].geometry, traced["separation_north"].geometry]
    responsibility = responsibility_area(held_oblast, separation=separation)
    return {
        "former_nkao": ground.oblast,
        "azerbaijani_edge": polygonal(ground.oblast.difference(ground.held)),
        "armenian_held_1994": ground.held,
        "held_oblast": held_oblast,
        **{f"held_{english}": districts[name] for name, english in ENGLISH.items()},
        "corridor_2020": corridor,
        "corridor_2022": polygonal(traced["road_new"].widened().intersection(lachin)),
        "lachin_without_corridor": polygonal(lachin.difference(corridor)),
        **lost_in_2020(held_oblast, responsibility, khtsaberd=traced["khtsaberd"], xocavend=ground.xocavend),
        **left_after_2020(responsibility, traced=traced),
        "dadivank": polygonal(traced["dadivank"].widened().difference(responsibility)),
    }


def held_districts(ground: Ground) -> Shapes:
    """The held part of every district around the oblast; together they leave no gap."""
    held = {name: polygonal(shape.intersection(ground.held)) for name, shape in ground.outside.items()}
    uncovered = polygonal(ground.held.difference(unary_union([ground.oblast, *held.values()])))
    held = with_pieces(held, uncovered)
    for name in ("Tərtər", "Kəlbəcər"):
        eastern = polygonal(held[name].intersection(SOVIET_AGHDAM))
        held["Ağdam"] = unary_union([held["Ağdam"], eastern])
        held[name] = polygonal(held[name].difference(SOVIET_AGHDAM))
    return held


def lost_in_2020(
    held_oblast: BaseGeometry,
    responsibility: Polygon,
    *,
    khtsaberd: TracedLine,
    xocavend: BaseGeometry,
) -> Shapes:
    """Parts of the held oblast that lay outside the peacekeepers' area from November 2020."""
    lost = polygonal(held_oblast.difference(responsibility))
    pocket = polygonal(khtsaberd.widened().intersection(lost))
    north, south = split_by_latitude(polygonal(lost.difference(pocket)), lat=NORTH_OF_TALISH_LAT)
    return {
        "khtsaberd": pocket,
        "talish": north,
        "hadrut": polygonal(south.intersection(xocavend)),
        "shusha": polygonal(south.difference(xocavend)),
    }


def left_after_2020(responsibility: Polygon, *, traced: dict[str, TracedLine]) -> Shapes:
    """The peacekeepers' area, and its parts by how they changed hands."""
    parukh = polygonal(traced["parukh"].widened().intersection(responsibility))
    saribaba = polygonal(traced["saribaba"].widened().intersection(responsibility))
    return {
        "responsibility": responsibility,
        "parukh": parukh,
        "saribaba": saribaba,
        "core": polygonal(responsibility.difference(unary_union([parukh, saribaba]))),
    }


def line_shapes(
    lines: GeoDataFrame, admin1: GeoDataFrame, *, held_oblast: BaseGeometry, traced: dict[str, TracedLine]
) -> Shapes:
    """Every control line's shape by the name that ``line_history.csv`` uses."""
    near_oblast = held_oblast.buffer(NEAR_DEGREES)
    return {
        "line_of_contact": traced_contact(lines, traced=traced).intersection(azerbaijan_mainland(admin1)),
        "separation_south": traced["separation_south"].geometry.intersection(near_oblast),
        "separation_north": traced["separation_north"].geometry.intersection(near_oblast),
        "road_old": traced["road_old"].geometry,
        "road_new": traced["road_new"].geometry,
    }


def traced_contact(lines: GeoDataFrame, *, traced: dict[str, TracedLine]) -> BaseGeometry:
    """The line of contact with every stretch that was traced again."""
    stretches = [line for line in traced.values() if line.replaces_from is not None]
    return contact_line(lines, stretches=stretches)


def ground_of(
    admin1: GeoDataFrame,
    lines: GeoDataFrame,
    *,
    oblast: BaseGeometry,
    outside: Shapes,
    traced: dict[str, TracedLine],
) -> Ground:
    """What the zones are cut from."""
    held = behind(traced_contact(lines, traced=traced), mainland=azerbaijan_mainland(admin1))
    drawn = admin1["adm0_a3"].eq("AZE") & admin1["name"].eq("Xocavənd")
    return Ground(oblast, held, outside, unary_union(admin1.loc[drawn, "geometry"].tolist()))
