"""What every map needs: neat line, graticule, a true scale bar, north, and where the sheet lies."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geo.briefing.layout import Box
from geo.briefing.page import INK, PAPER, SOFT, Page
from geo.briefing.projection import Ground, ground_scale, true_north

LONGEST_BAR = 46.0
PANEL_HEIGHT = 11.5
PANEL_SIDES = (12.5, 9.5)
"""Millimetres of the scale's panel before and behind the bar."""
LOCATOR = (42.0, 33.0)
INSET = 2.5
"""Millimetres between the neat line and what stands in a corner of the map."""
GRID_STEPS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
MOST_TICKS = 8
TICK = 1.4


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A length on the ground and on paper."""

    km: float
    mm: float


@dataclass(frozen=True, slots=True)
class Corners:
    """Where the locator and the scale stand: the emptiest corners of the map."""

    locator: Box
    scale: Box


def scale_bar(ground: Ground, *, longest: float = LONGEST_BAR) -> ScaleBar:
    """The longest round number of kilometres that fits, true in the middle of the map."""
    metres = ground_scale(ground)
    most = longest * metres / 1000
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    return ScaleBar(km=km, mm=km * 1000 / metres)


def scale_words(ground: Ground, magnify: float) -> str:
    """``1 : 1 800 000``, to two digits."""
    ratio = ground_scale(ground) * 1000 / magnify
    digits = 10 ** (math.floor(math.log10(ratio)) - 1)
    return f"1 : {round(ratio / digits) * digits:,.0f}".replace(",", "\u202f")


def corners_of(frame: Box, ground: Ground, *, busy: BaseGeometry, points: npt.NDArray[np.float64]) -> Corners:
    """The emptiest corner for the locator, the emptier of the other lower ones for the scale."""
    locators = _at_corners(frame, LOCATOR)
    chosen = min(("SE", "NE", "NW", "SW"), key=lambda c: _business(locators[c], ground, busy, points))
    scales = {c: box for c, box in _at_corners(frame, panel_size(ground)).items() if c != chosen}
    lower = [corner for corner in ("SW", "SE") if corner in scales]
    other = min(lower, key=lambda c: _business(scales[c], ground, busy, points))
    return Corners(locators[chosen], scales[other])


def panel_size(ground: Ground) -> tuple[float, float]:
    """Width and height of the panel that holds the scale and the north arrow."""
    return sum(PANEL_SIDES) + max(scale_bar(ground).mm, 26.0), PANEL_HEIGHT


def _at_corners(frame: Box, size: tuple[float, float]) -> dict[str, Box]:
    width, height = size
    left, right = frame.x + INSET, frame.right - INSET - width
    top, bottom = frame.y + INSET, frame.bottom - INSET - height
    return {
        "NW": Box(left, top, width, height),
        "NE": Box(right, top, width, height),
        "SW": Box(left, bottom, width, height),
        "SE": Box(right, bottom, width, height),
    }


def _business(box: Box, ground: Ground, busy: BaseGeometry, points: npt.NDArray[np.float64]) -> float:
    """How much would be hidden: the share of the box that is data, and the symbols in it."""
    x0, _, _, y1 = ground.bounds
    m = ground.metres_per_mm
    left, top = x0 + (box.x - ground.box.x) * m, y1 - (box.y - ground.box.y) * m
    covered = shapely.box(left, top - box.height * m, left + box.width * m, top)
    wide = box.grown(2)
    inside = sum(wide.x <= x <= wide.right and wide.y <= y <= wide.bottom for x, y in points)
    return float(shapely.intersection(busy, covered).area / covered.area * 20 + inside)


def draw_panel(page: Page, box: Box, *, order: float = 8.0) -> None:
    """The paper under what stands in a corner of the map."""
    page.rectangle(box, fill=PAPER, fill_alpha=0.93, edge="#B9B3A6", weight=0.5, order=order, rounded=0.6)


def draw_scale(page: Page, ground: Ground, box: Box) -> None:
    """Scale bar and north arrow in their panel."""
    draw_panel(page, box)
    bar = scale_bar(ground)
    x, y = box.x + PANEL_SIDES[0], box.y + 5.2
    quarter = bar.mm / 4
    for n in range(4):
        fill = INK if n % 2 == 0 else PAPER
        page.rectangle(Box(x + n * quarter, y, quarter, 1.2), fill=fill, edge=INK, weight=0.5, order=8.2)
    for share in (0, 0.5, 1):
        words = f"{bar.km * share:g}" + (" km" if share == 1 else "")
        page.write(words, x + bar.mm * share, y - 1.1, 5.8, align="center", order=8.3)
    page.write(
        f"{scale_words(ground, page.size.magnify)} at {page.size.name}",
        x,
        y + 4.2,
        5.4,
        colour=SOFT,
        order=8.3,
    )
    draw_north(page, box.x + 5.6, box.y + 6.6, true_north(ground))


def draw_north(page: Page, x: float, y: float, angle: float) -> None:
    """An arrow to true north, turned against the grid by the angle (degrees clockwise)."""
    turn = np.radians(angle)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    left = np.array([(0, -3.2), (-1.7, 3.2), (0, 1.9), (0, -3.2)]) @ turned + (x, y)
    right = np.array([(0, -3.2), (1.7, 3.2), (0, 1.9), (0, -3.2)]) @ turned + (x, y)
    page.path(Path(left, closed=True), fill=INK, edge=INK, weight=0.5, order=8.2)
    page.path(Path(right, closed=True), fill=PAPER, edge=INK, weight=0.5, order=8.2)
    tip = np.array([0, -3.7]) @ turned + (x, y)
    page.write("N", float(tip[0]), float(tip[1]), 5.8, face="bold", align="center", order=8.3)


def draw_neat_line(page: Page, ground: Ground) -> None:
    """The frame of the map with ticks and degrees of the graticule."""
    west, south, east, north = ground.degrees_shown()
    lons, lats = _ticks(west, east), _ticks(south, north)
    box = ground.box
    for y, outward in ((box.bottom, 1), (box.y, -1)):
        for lon, x in _along(ground, lons, y=y):
            page.line([(x, y), (x, y + outward * TICK)], weight=0.6, order=9)
            if outward == 1:
                page.write(degree_words(lon, "EW"), x, y + 3.6, 4.8, colour=SOFT, align="center")
    for x, outward in ((box.x, -1), (box.right, 1)):
        for lat, y in _along(ground, lats, x=x):
            page.line([(x, y), (x + outward * TICK, y)], weight=0.6, order=9)
            if outward == -1:
                page.write(degree_words(lat, "NS"), x - 2.0, y, 4.8, colour=SOFT, align="center", turn=90)
    page.rectangle(box, edge=INK, weight=1.0, order=9.1)


def _ticks(low: float, high: float) -> list[float]:
    step = next((s for s in GRID_STEPS if (high - low) / s <= MOST_TICKS), GRID_STEPS[-1])
    first, last = math.ceil(low / step), math.floor(high / step)
    return [n * step for n in range(first, last + 1)]


def _along(
    ground: Ground, values: Sequence[float], *, x: float | None = None, y: float | None = None
) -> list[tuple[float, float]]:
    """Where meridians cross the edge at height ``y``, or parallels the edge at ``x``."""
    box = ground.box
    low, length = (box.y, box.height) if y is None else (box.x, box.width)
    places = low + np.linspace(0, 1, 60) * length
    degrees = np.array(
        [
            ground.degrees_at(place, y)[0] if y is not None else ground.degrees_at(x or 0.0, place)[1]
            for place in places
        ]
    )
    order = np.argsort(degrees)
    return [
        (value, float(np.interp(value, degrees[order], places[order])))
        for value in values
        if degrees.min() <= value <= degrees.max()
    ]


def draw_crosses(page: Page, ground: Ground) -> None:
    """Where the graticule's lines cross, under everything that is data."""
    west, south, east, north = ground.degrees_shown()
    for lon in _ticks(west, east):
        for lat in _ticks(south, north):
            ((x, y),) = ground.on_page([lon], [lat])
            if Box(float(x) - 2, float(y) - 2, 4, 4).inside(ground.box):
                page.line([(x - 0.9, y), (x + 0.9, y)], edge="#A29C8E", weight=0.35, order=3.0)
                page.line([(x, y - 0.9), (x, y + 0.9)], edge="#A29C8E", weight=0.35, order=3.0)


def degree_words(value: float, sides: str) -> str:
    """``45°30′E`` for 45.5 and ``EW``."""
    degrees, minutes = divmod(round(abs(value) * 60), 60)
    side = "" if round(value, 6) == 0 else sides[0] if value > 0 else sides[1]
    return f"{degrees}°{f'{minutes:02d}′' if minutes else ''}{side}"
