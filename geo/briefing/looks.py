"""How ground is drawn: the party's colour and texture, the status's hatch and edge, as on the map.

Textures are lines and dots of their own, not a library's hatch, so that every format shows the same.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geo import vocab
from geo.situation import Situation

CONTESTED_FILL = "#D55E00"
CONTESTED_EDGE = "#A34700"
DASHES: dict[str, tuple[float, ...] | None] = {
    "solid": None,
    "dashed": (5.0, 2.6),
    "dotted": (0.9, 2.0),
    "none": (0.01, 99.0),
}
LINES = {
    "line_of_contact": ("#B3261E", 2.0, None),
    "corridor_road": ("#5B2A86", 1.8, (4.0, 2.4)),
}
STEP = 1.9
"""Millimetres between the lines of a texture."""
DOTTED = ("stipple", "sparse")
DOT = 0.62
"""Diameter of a dot, in millimetres."""
# A buffer and unknown ground share their pattern in the vocabulary; on paper the dots of one lie wider.
HATCHES = {"unknown": "sparse"}
SPARSE = 1.9
PRESENCE_KINDS = ("presence", "influence")


@dataclass(frozen=True, slots=True)
class Look:
    """Everything that tells one kind of ground from another; weights in points."""

    colour: str
    edge: str
    fill: float
    texture: str
    hatch: str
    dash: str
    weight: float
    outline_only: bool


def look_of(kind: str, status: str, party: str, situation: Situation) -> Look:
    """The look of ground of a kind and status that a party holds."""
    term = next((t for t in vocab.ZONE_STATUSES if t.code == status), vocab.ZONE_STATUSES[-1])
    holder = situation.party(party)
    contested, outline, presence = status == "contested", kind == "administrative", kind in PRESENCE_KINDS
    bare = outline or presence
    return Look(
        colour=CONTESTED_FILL if contested else holder.colour,
        edge=CONTESTED_EDGE if contested else "#6D4A91" if outline else holder.edge,
        fill=0.0 if bare else 0.16 if contested else 0.32,
        texture="plain" if bare or contested else holder.pattern,
        hatch="none" if outline else HATCHES.get(status, term.pattern),
        dash=term.edge,
        weight=1.3 if contested else 1.2 if presence else 0.9,
        outline_only=outline,
    )


def texture(shape: BaseGeometry, pattern: str, *, step: float) -> BaseGeometry:
    """The lines or dots of a pattern inside a shape; ``step`` is their distance in the shape's unit.

    Lines lie on one grid for all shapes, so that neighbours join without a seam.
    """
    if shape.is_empty:
        return shapely.MultiLineString()
    if pattern in DOTTED:
        return _dots(shape, step * (SPARSE if pattern == "sparse" else 1.0))
    angles = {"diagonal": (45,), "cross": (45, 135), "vertical": (90,), "horizontal": (0,)}.get(pattern, ())
    lines = [line for angle in angles for line in _lines(shape.bounds, angle, step)]
    if not lines:
        return shapely.MultiLineString()
    shapely.prepare(shape)
    return shapely.intersection(shapely.MultiLineString(lines), shape)


def _lines(bounds: tuple[float, float, float, float], angle: float, step: float) -> list[Any]:
    """Parallel lines over a rectangle, on a grid through the origin."""
    x0, y0, x1, y1 = bounds
    along = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    across = np.array([-along[1], along[0]])
    corners = np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])
    far, near = corners @ across, corners @ along
    shifts = np.arange(np.ceil(far.min() / step), np.floor(far.max() / step) + 1) * step
    starts = shifts[:, None] * across + near.min() * along
    ends = shifts[:, None] * across + near.max() * along
    lines: Any = shapely.linestrings(np.stack([starts, ends], axis=1))
    return list(lines)


def _dots(shape: BaseGeometry, step: float) -> BaseGeometry:
    x0, y0, x1, y1 = shape.bounds
    xs = np.arange(np.ceil(x0 / step), np.floor(x1 / step) + 1)
    ys = np.arange(np.ceil(y0 / step), np.floor(y1 / step) + 1)
    columns, rows = np.meshgrid(xs, ys)
    # Every second row is shifted by half a step: a rougher grid looks like printed stipple.
    x, y = (columns + 0.5 * (rows % 2)) * step, rows * step
    inside = shapely.contains_xy(shape, x.ravel(), y.ravel())
    return shapely.MultiPoint(np.column_stack([x.ravel()[inside], y.ravel()[inside]]))
