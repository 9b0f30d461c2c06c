"""A sheet: what it states, what it shows, and the figure that is drawn and written from both."""

import io
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geo.briefing.dates import date_rows
from geo.briefing.facts import Finding, Sheet
from geo.briefing.figures import Figures, figure_rows
from geo.briefing.flow import Row, height_of, space, stack
from geo.briefing.furniture import Corners, draw_crosses, draw_neat_line, draw_scale
from geo.briefing.ground import Base, draw_base
from geo.briefing.layout import Layout
from geo.briefing.legend import Legend, draw_key, legend_rows
from geo.briefing.locator import draw_locator
from geo.briefing.marginalia import draw_footer, draw_header, draw_stamp
from geo.briefing.marks import Marks
from geo.briefing.names import Country, Name, draw_countries, draw_names
from geo.briefing.page import Page, map_axes, page_axes, part_of
from geo.briefing.projection import Ground
from geo.briefing.symbols import draw_marks
from geo.briefing.text import clean
from geo.briefing.words import day_words
from geo.briefing.zones import ZoneGroup, draw_lines, draw_zones
from geo.errors import SettingError
from geo.layers.basemap import BaseLayers
from geo.situation import Situation

Format = Literal["png", "pdf", "svg"]
FORMATS: tuple[Format, ...] = ("png", "pdf", "svg")
DPI = 200
MM = 1 / 25.4
SIDE_CHOICES = ((1.0, False), (1.0, True), (0.92, True), (0.85, True), (0.78, True), (0.7, True))
"""How large the column of figures and legend is drawn, and whether it is kept short: the first that fits."""
# Settings are global to a process: one sheet at a time draws under ours.
_ONE_AT_A_TIME = threading.RLock()
_SETTINGS: Any = {
    "text.usetex": False,
    "text.parse_math": False,
    "svg.hashsalt": "conflictmap",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
    "path.sketch": None,
    "path.effects": [],
    "savefig.bbox": None,
    "savefig.facecolor": "white",
    "savefig.edgecolor": "white",
    "savefig.transparent": False,
    "lines.scale_dashes": True,
    "text.hinting": "none",
}


@dataclass(frozen=True, slots=True)
class SheetContent:
    """Everything that is drawn: geometry in metres, symbols and boxes in millimetres."""

    sheet: Sheet
    situation: Situation
    layout: Layout
    ground: Ground
    corners: Corners
    layers: BaseLayers
    base: Base
    zones: tuple[ZoneGroup, ...]
    lines: Mapping[str, BaseGeometry]
    marks: Marks
    names: tuple[Name, ...]
    countries: tuple[Country, ...]
    legend: Legend
    figures: Figures
    findings: tuple[Finding, ...] = ()


def draw_sheet(content: SheetContent) -> Figure:
    """The sheet as a figure; DRAFT stands across it when anything that it must carry is missing."""
    with _settings():
        return _drawn(content)


def _drawn(content: SheetContent) -> Figure:
    size = content.layout.page
    figure = Figure(
        figsize=(size.width * size.magnify * MM, size.height * size.magnify * MM),
        dpi=DPI,
        facecolor="white",
        edgecolor="white",
        linewidth=0.0,
        frameon=True,
    )
    FigureCanvasAgg(figure)
    axes = map_axes(figure, size, content.layout.map, content.ground.bounds, order=1)
    under, over = (Page(page_axes(figure, size, order=order), size) for order in (2, 5))
    ground = _measured(axes, content)
    _draw_map(under, axes, ground, content)
    draw_locator(figure, over, content.corners.locator, content.layers, ground)
    draw_scale(over, ground, content.corners.scale)
    draw_neat_line(over, ground)
    draw_key(over, content.layout.key, content.legend)
    _draw_side(figure, content)
    draw_header(over, content.layout.header, content.sheet, content.findings)
    draw_footer(over, content.layout.footer, content.sheet)
    if content.findings:
        draw_stamp(over, content.layout.map)
    return figure


def _measured(axes: Axes, content: SheetContent) -> Ground:
    """The ground as the axes really show it, once their aspect is applied."""
    axes.apply_aspect()
    (x0, x1), (y0, y1) = axes.get_xlim(), axes.get_ylim()
    return Ground(content.ground.crs, content.ground.box, (x0, y0, x1, y1))


def _draw_map(page: Page, axes: Axes, ground: Ground, content: SheetContent) -> None:
    k = page.size.magnify
    draw_base(axes, content.base, magnify=k)
    draw_zones(axes, ground, content.zones, magnify=k)
    draw_lines(axes, content.lines, magnify=k)
    draw_crosses(page, ground)
    draw_countries(page, content.countries)
    draw_names(page, content.names)
    draw_marks(page, axes, ground, content.marks, content.situation)


def _draw_side(figure: Figure, content: SheetContent) -> None:
    """Figures above, legend below; both get smaller, and then say less, before any line is left out."""
    box = content.layout.side
    for zoom, compact in SIDE_CHOICES:
        rows = _side_rows(content, box.width / zoom, compact=compact)
        room = box.height / zoom - height_of(rows)
        if room >= 0:
            break
    page, whole = part_of(figure, content.layout.page, box, zoom=zoom, order=4)
    dates = date_rows(content.situation, content.sheet, width=whole.width, room=room)
    stack(page, [*rows, *dates], whole)


def _side_rows(content: SheetContent, width: float, *, compact: bool) -> list[Row]:
    marks = content.marks
    title = f"Figures of {day_words(content.sheet.as_of)}"
    return [
        *figure_rows(content.figures, width, title=title),
        space(1.2),
        *legend_rows(
            content.legend,
            content.situation,
            width,
            near=any(mark.near for mark in (*marks.events, *marks.posts)),
            areas=bool(marks.areas),
            compact=compact,
        ),
    ]


def write_sheet(figure: Figure, path: Path, fmt: str, *, title: str, made_at: datetime) -> None:
    """Write a figure to a file.

    Raises
    ------
    SettingError
        There is no such format.
    """
    path.write_bytes(sheet_bytes(figure, fmt, title=title, made_at=made_at))


def sheet_bytes(figure: Figure, fmt: str, *, title: str, made_at: datetime) -> bytes:
    """A figure as PNG, PDF or SVG; the same figure gives the same bytes.

    Raises
    ------
    SettingError
        There is no such format.
    """
    if fmt not in FORMATS:
        raise SettingError(f"{fmt[:40]!r} is no format of a sheet: use {', '.join(FORMATS)}.")
    file = io.BytesIO()
    with _settings():
        figure.savefig(
            file, format=fmt, dpi=DPI, metadata=_metadata(fmt, clean(title), made_at.astimezone(UTC))
        )
    return file.getvalue()


def _metadata(fmt: str, title: str, made_at: datetime) -> dict[str, Any]:
    if fmt == "pdf":
        return {"Title": title, "Creator": "conflictmap", "CreationDate": made_at, "ModDate": made_at}
    if fmt == "svg":
        return {"Title": title, "Creator": "conflictmap", "Date": made_at.isoformat()}
    return {"Title": title, "Software": "conflictmap", "Creation Time": made_at.isoformat()}


@contextmanager
def _settings() -> Iterator[None]:
    with _ONE_AT_A_TIME, matplotlib.rc_context(_SETTINGS):
        yield
