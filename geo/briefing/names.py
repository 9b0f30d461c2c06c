"""Names on the map: important places first, both forms, none over another or over a symbol."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import shapely
from shapely.geometry.base import BaseGeometry

from geo.briefing.layout import Box, Room
from geo.briefing.page import INK, PAPER, Page
from geo.briefing.projection import Ground
from geo.briefing.shapes import circle
from geo.briefing.text import POINT_MM, can_draw, clean, line_mm, width_mm
from geo.layers.labels import Label

Align = Literal["left", "center", "right"]
ROUGH_MM = 0.6
MOST_COUNTRIES = 16
IMPORTANT = (1, 2)
MINOR = (3, 4)
"""Ranks of places that give way to symbols; symbols give way to the important ones."""
MOST = 36
"""Names on a sheet; more would be noise."""
COUNTRY_SIZES = (10.0, 8.0, 6.5)
LOCATOR_SIZES = (5.0, 4.2)
COUNTRY = "#8B8578"
SPACED = "\u2009"
RANKS = {1: (7.6, "bold", 0.75), 2: (6.8, "bold", 0.65), 3: (6.2, "regular", 0.5), 4: (5.4, "regular", 0.4)}
"""Size of the type, its face, and the radius of the dot in mm, by rank."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its place: the box that it takes, its lines, and the place's dot."""

    box: Box
    x: float
    y: float
    rank: int
    name: str
    other: str
    align: Align


@dataclass(frozen=True, slots=True)
class Country:
    """The name of a country in the middle of what is seen of it."""

    x: float
    y: float
    name: str
    points: float
    box: Box


def names_of(
    labels: Sequence[Label],
    ground: Ground,
    *,
    ranks: Sequence[int],
    taken: Sequence[Box],
    named: Sequence[Name] = (),
) -> tuple[Name, ...]:
    """The names that find room, in the order of their rank; ``taken`` is room that is none."""
    towns = sorted(
        (label for label in labels if label["rank"] in ranks and clean(label["name"])),
        key=lambda label: label["rank"],
    )
    if not towns:
        return ()
    xy = ground.on_page([t["lon"] for t in towns], [t["lat"] for t in towns])
    room = Room(taken)
    found: list[Name] = []
    for label, (x, y) in zip(towns, xy, strict=True):
        outside = not Box(float(x), float(y), 0, 0).inside(ground.box.grown(-1))
        if outside or len(named) + len(found) >= MOST or _named(label, float(x), float(y), [*named, *found]):
            continue
        name = _placed(label, float(x), float(y), room, ground.box.grown(-0.8))
        if name is None:
            continue
        dot = RANKS[name.rank][2]
        room.take(name.box.grown(0.25))
        room.take(Box(name.x - dot, name.y - dot, 2 * dot, 2 * dot))
        found.append(name)
    return tuple(found)


def _named(label: Label, x: float, y: float, found: Sequence[Name]) -> bool:
    """Whether the place has its name already: two lists may both have it."""
    return any(n.name == clean(label["name"]) and abs(n.x - x) + abs(n.y - y) < 6 for n in found)


def _placed(label: Label, x: float, y: float, room: Room, frame: Box) -> Name | None:
    name, other = _readable(label)
    forms = [other, ""] if other and label["rank"] <= 3 else [""]
    for second in forms:
        for box, align in _choices(x, y, label["rank"], name, second):
            if box.inside(frame) and room.free(box):
                return Name(box, x, y, label["rank"], name, second, align)
    return None


def _readable(label: Label) -> tuple[str, str]:
    """Both forms in characters that the type has; the other form stands in for one that it lacks."""
    name, other = label["name"], label["other"]
    if not can_draw(name) and other and can_draw(other):
        name, other = other, ""
    return clean(name), clean(other)


def _choices(x: float, y: float, rank: int, name: str, other: str) -> Iterator[tuple[Box, Align]]:
    """Boxes around a place: right, left, above, below, and the diagonals."""
    points, face, dot = RANKS[rank]
    width = max(
        width_mm(name, points, "bold" if face == "bold" else "regular"),
        width_mm(other, second_size(points), "italic"),
    )
    height = points * POINT_MM * 0.95 + (line_mm(second_size(points)) if other else 0.0)
    gap = dot + 0.7
    yield Box(x + gap, y - height / 2, width, height), "left"
    yield Box(x - gap - width, y - height / 2, width, height), "right"
    yield Box(x - width / 2, y - gap - height, width, height), "center"
    yield Box(x - width / 2, y + gap, width, height), "center"
    sides: tuple[tuple[float, Align], ...] = ((gap * 0.8, "left"), (-gap * 0.8 - width, "right"))
    for dx, align in sides:
        for dy in (-height - 0.4, 0.4, -height - 2.2, 2.2):
            yield Box(x + dx, y + dy, width, height), align


def second_size(points: float) -> float:
    """Size of the other form."""
    return points * 0.82


def draw_names(page: Page, names: Sequence[Name]) -> None:
    """Names with a white halo, each at its dot."""
    for name in names:
        points, face, dot = RANKS[name.rank]
        page.path(circle(name.x, name.y, dot), fill=INK, edge=PAPER, weight=0.8, order=4.8)
        x = {"left": name.box.x, "right": name.box.right, "center": name.box.x + name.box.width / 2}[
            name.align
        ]
        y = name.box.y + points * POINT_MM * 0.82
        page.write(
            name.name,
            x,
            y,
            points,
            face="bold" if face == "bold" else "regular",
            align=name.align,
            halo=1.9,
            order=7.5,
        )
        if name.other:
            page.write(
                name.other,
                x,
                y + line_mm(second_size(points)),
                second_size(points),
                face="italic",
                colour="#4A5057",
                align=name.align,
                halo=1.7,
                order=7.4,
            )


def countries_of(
    countries: dict[str, BaseGeometry],
    ground: Ground,
    *,
    away_from: BaseGeometry,
    taken: Sequence[Box],
    sizes: Sequence[float] = COUNTRY_SIZES,
) -> tuple[Country, ...]:
    """Where each country's name stands: as far as can be from its borders, from zones and from the frame."""
    found = []
    boxes = list(taken)
    largest = sorted(countries.items(), key=lambda item: -item[1].area)[:MOST_COUNTRIES]
    for name, shape in largest:
        country = _country(name, shape, ground, away_from, boxes, sizes)
        if country is not None:
            found.append(country)
            boxes.append(country.box)
    return tuple(found)


def _country(
    name: str,
    shape: BaseGeometry,
    ground: Ground,
    away_from: BaseGeometry,
    taken: Sequence[Box],
    sizes: Sequence[float],
) -> Country | None:
    words = SPACED.join(clean(name).upper())
    blocked = [_on_ground(box, ground) for box in taken]
    # Where a name fits does not hang on every bay.
    rough = shapely.buffer(shapely.simplify(shape, ROUGH_MM * ground.metres_per_mm), 0)
    free = shapely.intersection(rough, shapely.buffer(ground.frame, -3 * ground.metres_per_mm))
    free = shapely.difference(free, shapely.union_all([away_from, *blocked]))
    if free.is_empty or free.area == 0:
        return None
    # Letters run from left to right: room is looked for in a map that is squeezed in that direction.
    squeeze = 0.3
    squeezed: Any = shapely.transform(free, lambda c: c * [squeeze, 1.0])
    inscribed: Any = shapely.maximum_inscribed_circle(squeezed, tolerance=2 * ground.metres_per_mm)
    radius = inscribed.length / ground.metres_per_mm
    start = shapely.get_coordinates(inscribed)[0]
    for points in sizes:
        width, height = width_mm(words, points), points * POINT_MM
        if width / 2 * squeeze <= radius * 0.95 and height / 2 <= radius:
            ((x, y),) = ground.page_xy([start[0] / squeeze], [start[1]])
            box = Box(float(x) - width / 2, float(y) - height / 2, width, height)
            return Country(float(x), float(y), words, points, box)
    return None


def _on_ground(box: Box, ground: Ground) -> BaseGeometry:
    x0, _, _, y1 = ground.bounds
    m = ground.metres_per_mm
    left, top = x0 + (box.x - ground.box.x) * m, y1 - (box.y - ground.box.y) * m
    return shapely.box(left, top - box.height * m, left + box.width * m, top)


def draw_countries(page: Page, countries: Sequence[Country], *, halo: float = 1.6) -> None:
    """Names of countries, spaced and grey, under everything that is data."""
    for country in countries:
        page.write(
            country.name,
            country.x,
            country.y + country.points * POINT_MM * 0.36,
            country.points,
            colour=COUNTRY,
            align="center",
            halo=halo,
            order=4.5,
        )
