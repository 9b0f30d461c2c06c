"""A page to draw on: everything in millimetres from its upper left corner, type and lines in points."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypedDict, Unpack

import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Patch, PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from shapely.geometry.base import BaseGeometry

from geo.briefing.layout import Box, PageSize
from geo.briefing.text import Face, clean, face_for, font, line_mm

INK = "#22262B"
SOFT = "#5F666D"
RULE = "#D5D0C5"
ACCENT = "#14395B"
PAPER = "#FFFFFF"
ALARM = "#B3261E"


class TextLooks(TypedDict, total=False):
    """How a text is drawn: halo in points, turn in degrees, order from back to front."""

    face: Face
    colour: str
    align: Literal["left", "center", "right"]
    halo: float
    order: float
    turn: float
    alpha: float


class ShapeLooks(TypedDict, total=False):
    """How a shape is drawn: weight and dashes in points; what lies outside ``clip`` is cut."""

    fill: str
    edge: str
    weight: float
    dash: Sequence[float] | None
    fill_alpha: float
    edge_alpha: float
    order: float
    clip: Box


@dataclass(frozen=True, slots=True)
class Page:
    """The axes that cover the sheet."""

    axes: Axes
    size: PageSize

    def write(self, text: str, x: float, y: float, points: float, **looks: Unpack[TextLooks]) -> None:
        """A line of text with its baseline at ``y``; never read as mathematics or markup."""
        k = self.size.magnify
        text = clean(text)
        face = face_for(text, looks.get("face", "regular"))
        artist = self.axes.text(
            x,
            y,
            text,
            parse_math=False,
            fontproperties=font(face, points * k),
            color=looks.get("colour", INK),
            ha=looks.get("align", "left"),
            va="baseline",
            rotation=looks.get("turn", 0.0),
            rotation_mode="anchor",
            zorder=looks.get("order", 10.0),
            alpha=looks.get("alpha"),
            clip_on=False,
        )
        if halo := looks.get("halo"):
            artist.set_path_effects([withStroke(linewidth=halo * k, foreground=PAPER)])

    def lines(
        self, lines: Sequence[str], x: float, y: float, points: float, **looks: Unpack[TextLooks]
    ) -> float:
        """Lines below one another; returns the baseline that would follow."""
        for line in lines:
            self.write(line, x, y, points, **looks)
            y += line_mm(points)
        return y

    def path(self, path: Path, **looks: Unpack[ShapeLooks]) -> None:
        """A shape in millimetres."""
        self._add(PathPatch(path), looks)

    def rectangle(self, box: Box, *, rounded: float = 0.0, **looks: Unpack[ShapeLooks]) -> None:
        """A rectangle, with round corners if wanted."""
        if not rounded:
            self._add(PathPatch(rectangle_path(box)), looks)
            return
        style = f"round,pad=0,rounding_size={rounded}"
        self._add(FancyBboxPatch((box.x, box.y), box.width, box.height, boxstyle=style), looks)

    def line(self, points: Sequence[tuple[float, float]], **looks: Unpack[ShapeLooks]) -> None:
        """A line through points, dark unless ``edge`` says otherwise."""
        self._add(PathPatch(Path(np.asarray(points, float))), {"edge": INK, "weight": 0.6, **looks})

    def _add(self, patch: Patch, looks: ShapeLooks) -> None:
        fill, edge = looks.get("fill", "none"), looks.get("edge", "none")
        patch.set_facecolor("none" if fill == "none" else (fill, looks.get("fill_alpha", 1.0)))
        patch.set_edgecolor("none" if edge == "none" else (edge, looks.get("edge_alpha", 1.0)))
        patch.set_linewidth(looks.get("weight", 0.0) * self.size.magnify)
        patch.set_zorder(looks.get("order", 5.0))
        patch.set_joinstyle("round")
        patch.set_capstyle("butt")
        if dash := looks.get("dash"):
            patch.set_linestyle((0, tuple(dash)))
        self.axes.add_artist(patch)
        clip = looks.get("clip")
        patch.set_clip_on(clip is not None)
        if clip is not None:
            patch.set_clip_path(rectangle_path(clip), self.axes.transData)


def page_axes(figure: Figure, size: PageSize, *, order: float) -> Axes:
    """Axes over the whole sheet, in millimetres from its upper left corner."""
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), zorder=order, label=f"page {order:g}")
    axes.set_xlim(0, size.width)
    axes.set_ylim(size.height, 0)
    axes.set_axis_off()
    axes.patch.set_alpha(0)
    return axes


def part_of(figure: Figure, size: PageSize, box: Box, *, zoom: float, order: float) -> tuple[Page, Box]:
    """A page of its own in a box of the sheet, on which everything is ``zoom`` times as large."""
    whole = Box(0.0, 0.0, box.width / zoom, box.height / zoom)
    across, down = size.width, size.height
    axes = figure.add_axes(
        (box.x / across, 1 - box.bottom / down, box.width / across, box.height / down),
        zorder=order,
        label=f"part {order:g}",
    )
    axes.set_xlim(0, whole.width)
    axes.set_ylim(whole.height, 0)
    axes.set_axis_off()
    axes.patch.set_alpha(0)
    return Page(axes, PageSize(size.name, whole.width, whole.height, size.magnify * zoom)), whole


def map_axes(
    figure: Figure, size: PageSize, box: Box, bounds: tuple[float, float, float, float], *, order: float
) -> Axes:
    """Axes in a box of the sheet that show so many metres (x0, y0, x1, y1), as long east as north."""
    across, down = size.width, size.height
    axes = figure.add_axes(
        (box.x / across, 1 - box.bottom / down, box.width / across, box.height / down), zorder=order
    )
    axes.set_xlim(bounds[0], bounds[2])
    axes.set_ylim(bounds[1], bounds[3])
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.apply_aspect()
    return axes


def rectangle_path(box: Box) -> Path:
    """The outline of a box."""
    return Path(
        np.array(
            [(box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom), (box.x, box.y)]
        ),
        closed=True,
    )


def path_of(geometry: BaseGeometry) -> Path:
    """A geometry's lines and rings as one path; holes run against their shell, so that they stay empty."""
    rings = [ring for part in parts_of(geometry) for ring in _rings(part)]
    paths = [Path(coordinates, _codes(len(coordinates), closed)) for coordinates, closed in rings]
    return Path.make_compound_path(*paths) if paths else Path(np.empty((0, 2)))


def parts_of(geometry: BaseGeometry) -> list[BaseGeometry]:
    """The simple geometries in it, however nested."""
    if not hasattr(geometry, "geoms"):
        return [] if geometry.is_empty else [geometry]
    return [part for inner in geometry.geoms for part in parts_of(inner)]


def _rings(part: BaseGeometry) -> list[tuple[Any, bool]]:
    if part.geom_type != "Polygon":
        return [(shapely.get_coordinates(part), False)] if "Line" in part.geom_type else []
    polygon: Any = shapely.normalize(part)
    return [(shapely.get_coordinates(ring), True) for ring in (polygon.exterior, *polygon.interiors)]


def _codes(count: int, closed: bool) -> Any:
    codes = np.full(count, Path.LINETO, np.uint8)
    codes[0] = Path.MOVETO
    if closed:
        codes[-1] = Path.CLOSEPOLY
    return codes
