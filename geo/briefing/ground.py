"""The calm base of the map: land, water, borders and disputed lines, clipped to what the sheet shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geo.briefing.page import path_of
from geo.briefing.projection import Extent, SheetCRS
from geo.layers.basemap import BaseLayers

LAND = "#F6F3EC"
WATER = "#CFE3EE"
SHORE = "#A9C6D6"
RIVER = "#A9CBDD"
ADMIN0 = "#6F6A60"
ADMIN1 = "#CFC8B8"
DISPUTED = "#A2573F"
FORMER = "#6D4A91"
DASH_DISPUTED = (5.0, 3.0)
DASH_FORMER = (0.9, 2.4)
POLYGON = 3
"""Shapely's number for the type."""
DISTRICTS_UP_TO = 16.0
"""Degrees of longitude above which districts and provinces would be noise."""
FINEST_MM = 0.08
"""Detail smaller than this on paper is left out."""


@dataclass(frozen=True, slots=True)
class Base:
    """The base map's geometry in metres; ``countries`` are the visible parts by name."""

    land: BaseGeometry
    lakes: BaseGeometry
    rivers: BaseGeometry
    admin0: BaseGeometry
    admin1: BaseGeometry
    disputed: BaseGeometry
    former: BaseGeometry
    countries: dict[str, BaseGeometry]


def base_of(layers: BaseLayers, *, shown: Extent, crs: SheetCRS, metres_per_mm: float, lines: bool) -> Base:
    """What of the base layers is seen; ``lines`` False leaves out inner and disputed boundaries."""
    pad = 0.05
    window = (shown[0] - pad, shown[1] - pad, shown[2] + pad, shown[3] + pad)
    tolerance = FINEST_MM * metres_per_mm
    seen = _Clip(window, crs, tolerance)
    nothing: BaseGeometry = shapely.MultiLineString()
    countries = _touching(layers.admin0, window)
    return Base(
        land=seen.surface(countries.geometry.to_numpy()),
        lakes=seen.surface(_touching(layers.lakes, window).geometry.to_numpy()),
        rivers=seen.line(_touching(layers.rivers, window).geometry.to_numpy()),
        admin0=seen.borders(countries.geometry.to_numpy()),
        admin1=seen.borders(_touching(layers.admin1, window).geometry.to_numpy())
        if lines and window[2] - window[0] < DISTRICTS_UP_TO
        else nothing,
        disputed=seen.line(_touching(layers.disputed, window).geometry.to_numpy()) if lines else nothing,
        former=seen.line(shapely.boundary(_touching(layers.former, window).geometry.to_numpy()))
        if lines
        else nothing,
        countries={
            str(name): shape
            for name, geometry in zip(countries["name"], countries.geometry, strict=True)
            if not (shape := seen.surface(np.array([geometry]))).is_empty
        },
    )


def _touching(frame: gpd.GeoDataFrame, window: Extent) -> gpd.GeoDataFrame:
    return frame.iloc[sorted(frame.sindex.query(shapely.box(*window), predicate="intersects"))]


@dataclass(frozen=True, slots=True)
class _Clip:
    """Clips in degrees, then projects and simplifies."""

    window: Extent
    crs: SheetCRS
    tolerance: float

    def surface(self, shapes: Any) -> BaseGeometry:
        """All surfaces as they are: joining them would take longer than drawing them."""
        clipped = shapely.make_valid(shapely.clip_by_rect(shapes, *self.window))
        return self._drawn(shapely.GeometryCollection(list(clipped[~shapely.is_empty(clipped)])))

    def line(self, shapes: Any) -> BaseGeometry:
        """Lines, joined where they meet."""
        clipped = shapely.clip_by_rect(shapes, *self.window)
        return self._drawn(shapely.line_merge(shapely.union_all(clipped)))

    def borders(self, shapes: Any) -> BaseGeometry:
        """Each border between two units once; a shore is none.

        Neighbours share their segments exactly only before anything is simplified.
        """
        return self._drawn(shapely.line_merge(shared_segments(shapely.clip_by_rect(shapes, *self.window))))

    def _drawn(self, shape: BaseGeometry) -> BaseGeometry:
        projected: BaseGeometry = self.crs.project(shape)
        simple: BaseGeometry = shapely.simplify(projected, self.tolerance, preserve_topology=False)
        return simple


def shared_segments(shapes: Any) -> BaseGeometry:
    """The segments that stand in more than one outline."""
    points, outline = shapely.get_coordinates(_outlines(shapes), return_index=True)
    along = outline[1:] == outline[:-1]
    ends = np.hstack([points[:-1], points[1:]])[along]
    backwards = (ends[:, 0] > ends[:, 2]) | ((ends[:, 0] == ends[:, 2]) & (ends[:, 1] > ends[:, 3]))
    ends[backwards] = ends[backwards][:, [2, 3, 0, 1]]
    segments, counts = np.unique(ends, axis=0, return_counts=True)
    lines: Any = shapely.linestrings(segments[counts > 1].reshape(-1, 2, 2))
    return shapely.MultiLineString(list(lines))


def _outlines(shapes: Any) -> Any:
    polygons = shapely.get_parts(shapes)
    return shapely.get_rings(polygons[shapely.get_type_id(polygons) == POLYGON])


def draw_base(axes: Axes, base: Base, *, magnify: float) -> None:
    """The base map on the axes, from water to the borders of countries."""
    axes.set_facecolor(WATER)
    draw_surface(axes, base.land, LAND, order=1.0, edge=SHORE, weight=0.5 * magnify)
    draw_surface(axes, base.lakes, WATER, order=1.1, edge=SHORE, weight=0.5 * magnify)
    draw_line(axes, base.rivers, RIVER, 0.7 * magnify, order=1.2)
    draw_line(axes, base.admin1, ADMIN1, 0.5 * magnify, order=1.3)
    draw_line(axes, base.admin0, "#FFFFFF", 2.4 * magnify, order=1.5, alpha=0.65)
    draw_line(axes, base.admin0, ADMIN0, 0.95 * magnify, order=1.6)
    draw_line(axes, base.former, FORMER, 0.9 * magnify, order=3.4, dash=DASH_FORMER, alpha=0.9)
    draw_line(axes, base.disputed, DISPUTED, 0.8 * magnify, order=3.3, dash=DASH_DISPUTED, alpha=0.7)


def draw_surface(
    axes: Axes,
    shape: BaseGeometry,
    colour: str,
    *,
    order: float,
    alpha: float = 1.0,
    edge: str = "none",
    weight: float = 0.0,
) -> None:
    """A filled surface."""
    _add(
        axes,
        path_of(shape),
        facecolors=[(colour, alpha)],
        edgecolors=[edge],
        linewidths=[weight],
        zorder=order,
    )


def draw_line(
    axes: Axes,
    shape: BaseGeometry,
    colour: str,
    weight: float,
    *,
    order: float,
    dash: Sequence[float] | None = None,
    alpha: float = 1.0,
    clip: Path | None = None,
) -> None:
    """Lines, or the outline of a surface; ``clip`` in the axes' metres."""
    drawn = _add(
        axes,
        path_of(shape),
        facecolors=["none"],
        edgecolors=[(colour, alpha)],
        linewidths=[weight],
        zorder=order,
    )
    drawn.set_capstyle("butt" if dash else "round")
    drawn.set_joinstyle("round")
    if dash:
        drawn.set_linestyle([(0, tuple(dash))])
    if clip is not None:
        drawn.set_clip_path(clip, axes.transData)


def _add(axes: Axes, path: Path, **looks: Any) -> PathCollection:
    drawn = PathCollection([path] if len(np.asarray(path.vertices)) else [], **looks)
    axes.add_collection(drawn, autolim=False)
    return drawn
