"""The small map in a corner: countries around, and the box that the sheet shows."""

import numpy as np
import shapely
from matplotlib.figure import Figure

from geo.briefing.ground import WATER, base_of, draw_line, draw_surface
from geo.briefing.layout import Box
from geo.briefing.names import LOCATOR_SIZES, countries_of, draw_countries
from geo.briefing.page import ALARM, INK, Page, map_axes
from geo.briefing.projection import Extent, Ground, ground_of, local_crs
from geo.layers.basemap import BaseLayers

AROUND = 3.2
"""The locator shows so many times the width of the sheet, and never less than ``LEAST`` degrees."""
LEAST = 16.0
MOST = 100.0
SHADED = "#E9E4D8"


def draw_locator(figure: Figure, page: Page, box: Box, layers: BaseLayers, ground: Ground) -> None:
    """Countries as outlines and the frame of the sheet in red."""
    centre = ground.degrees_at(ground.box.x + ground.box.width / 2, ground.box.y + ground.box.height / 2)
    crs = local_crs(*centre)
    small = ground_of(_around(ground.degrees_shown(), centre), box, crs)
    axes = map_axes(figure, page.size, box, small.bounds, order=3)
    k = page.size.magnify
    base = base_of(
        layers,
        shown=_within(small.degrees_shown()),
        crs=crs,
        metres_per_mm=small.metres_per_mm * 2,
        lines=False,
    )
    axes.set_facecolor(WATER)
    draw_surface(axes, base.land, SHADED, order=1, edge="#A9C6D6", weight=0.35 * k)
    draw_surface(axes, base.lakes, WATER, order=1.1)
    draw_line(axes, base.admin0, "#8B8578", 0.45 * k, order=1.2)
    shown = crs.project(shapely.Polygon(_frame_degrees(ground)))
    draw_surface(axes, shown, ALARM, order=2, alpha=0.10)
    draw_line(axes, shown, ALARM, 1.3 * k, order=2.1)
    names = countries_of(base.countries, small, away_from=shown, taken=[], sizes=LOCATOR_SIZES)
    draw_countries(page, names, halo=1.0)
    page.rectangle(box, edge=INK, weight=0.7, order=9.2)


def _around(shown: Extent, centre: tuple[float, float]) -> Extent:
    west, south, east, north = shown
    half = min(max((east - west) * AROUND, LEAST), MOST) / 2
    high = min(max((north - south) * AROUND, LEAST * 0.7), MOST * 0.7) / 2
    lon, lat = centre
    return max(lon - half, -179.0), max(lat - high, -84.0), min(lon + half, 179.0), min(lat + high, 84.0)


def _within(shown: Extent) -> Extent:
    west, south, east, north = shown
    return max(west, -179.9), max(south, -89.0), min(east, 179.9), min(north, 89.0)


def _frame_degrees(ground: Ground) -> list[tuple[float, float]]:
    edge = shapely.get_coordinates(
        shapely.segmentize(ground.frame, (ground.bounds[2] - ground.bounds[0]) / 20)
    )
    lon, lat = ground.crs.degrees(edge[:, 0], edge[:, 1])
    return [(float(x), float(y)) for x, y in np.column_stack([lon, lat])]
