"""Control zones and lines on the map: fill, border tint, texture, hatch and edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.path import Path
from shapely.geometry.base import BaseGeometry

from geo import vocab
from geo.briefing.ground import draw_line, draw_surface
from geo.briefing.looks import DASHES, DOT, DOTTED, LINES, STEP, Look, look_of, texture
from geo.briefing.page import path_of
from geo.briefing.projection import Ground
from geo.briefing.shapes import circle
from geo.situation import Situation

TINT = 5.0
"""Width in points of the stronger colour along the inside of an edge."""
SEAM_MM = 0.04
"""Slivers between neighbours that are closed, in millimetres of paper."""


@dataclass(frozen=True, slots=True)
class ZoneGroup:
    """Ground of one kind, status and party as one shape in metres; ``inner`` are the borders inside it."""

    kind: str
    status: str
    party: str
    look: Look
    shape: BaseGeometry
    inner: BaseGeometry
    km2: float


def zone_groups(zones: gpd.GeoDataFrame, situation: Situation, ground: Ground) -> tuple[ZoneGroup, ...]:
    """The zones that reach into the frame, by look, in the order of drawing: presence above control."""
    kinds, statuses = vocab.codes(vocab.ZONE_KINDS), vocab.codes(vocab.ZONE_STATUSES)
    keys = sorted(
        set(zip(zones["kind"], zones["status"], zones["party"], strict=True)),
        key=lambda k: (kinds.index(k[0]), statuses.index(k[1]), k[2]),
    )
    groups = []
    for kind, status, party in keys:
        rows = zones[(zones["kind"] == kind) & (zones["status"] == status) & (zones["party"] == party)]
        shapes = shapely.make_valid(ground.crs.project(rows.geometry.to_numpy()))
        seam = SEAM_MM * ground.metres_per_mm
        whole = shapely.intersection(_joined(shapes, seam), ground.frame)
        if whole.is_empty:
            continue
        edges = shapely.union_all(shapely.boundary(shapes))
        inner = shapely.intersection(edges, shapely.buffer(whole, -3 * seam))
        look = look_of(kind, status, party, situation)
        groups.append(ZoneGroup(kind, status, party, look, whole, inner, float(rows["km2"].sum())))
    return tuple(groups)


def _joined(shapes: Sequence[BaseGeometry], seam: float) -> BaseGeometry:
    grown = shapely.buffer(np.asarray(shapes), seam, join_style="mitre")
    joined: BaseGeometry = shapely.buffer(shapely.union_all(grown), -seam, join_style="mitre")
    return joined


def draw_zones(axes: Axes, ground: Ground, groups: Sequence[ZoneGroup], *, magnify: float) -> None:
    """The groups of ground, weakest first."""
    for position, group in enumerate(groups):
        _draw_zone(axes, ground, group, order=2 + position * 0.02, magnify=magnify)


def _draw_zone(axes: Axes, ground: Ground, group: ZoneGroup, *, order: float, magnify: float) -> None:
    look = group.look
    if look.outline_only:
        order += 1.0
    if look.fill:
        draw_surface(axes, group.shape, look.colour, order=order, alpha=look.fill)
        draw_line(
            axes,
            group.shape,
            look.colour,
            2 * TINT * magnify,
            order=order + 0.002,
            alpha=0.30,
            clip=path_of(group.shape),
        )
    _draw_texture(
        axes, ground, group, look.texture, weight=0.45, alpha=0.42, order=order + 0.004, magnify=magnify
    )
    _draw_texture(
        axes, ground, group, look.hatch, weight=0.7, alpha=0.75, order=order + 0.006, magnify=magnify
    )
    draw_line(axes, group.inner, look.edge, 0.4 * magnify, order=order + 0.008, alpha=0.45)
    draw_line(
        axes,
        group.shape,
        look.edge,
        look.weight * magnify,
        order=order + 0.5,
        dash=DASHES[look.dash],
        alpha=0.95,
    )


def _draw_texture(
    axes: Axes,
    ground: Ground,
    group: ZoneGroup,
    pattern: str,
    *,
    weight: float,
    alpha: float,
    order: float,
    magnify: float,
) -> None:
    marks = texture(group.shape, pattern, step=STEP * ground.metres_per_mm)
    if marks.is_empty:
        return
    if pattern not in DOTTED:
        draw_line(axes, marks, group.look.edge, weight * magnify, order=order, alpha=alpha)
        return
    dot = circle(0, 0, DOT / 2 * ground.metres_per_mm)
    dots = [Path(dot.vertices + point, dot.codes) for point in shapely.get_coordinates(marks)]
    axes.add_collection(
        PathCollection(dots, facecolors=[(group.look.edge, alpha)], linewidths=[0], zorder=order),
        autolim=False,
    )


def control_lines(lines: gpd.GeoDataFrame, ground: Ground) -> dict[str, BaseGeometry]:
    """Control lines that reach into the frame, by kind, in metres."""
    found = {}
    for kind in sorted(set(lines["kind"])):
        whole = shapely.union_all(ground.crs.project(lines.geometry[lines["kind"] == kind].to_numpy()))
        shape = shapely.intersection(whole, ground.frame)
        if not shape.is_empty:
            found[str(kind)] = shape
    return found


def draw_lines(axes: Axes, lines: Mapping[str, BaseGeometry], *, magnify: float) -> None:
    """Control lines with a white casing, so that they read on any ground."""
    for kind, shape in lines.items():
        colour, weight, dash = LINES.get(kind, LINES["line_of_contact"])
        draw_line(axes, shape, "#FFFFFF", (weight + 1.8) * magnify, order=3.8, alpha=0.85)
        draw_line(axes, shape, colour, weight * magnify, order=3.9, dash=dash)
