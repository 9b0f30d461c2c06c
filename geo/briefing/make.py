"""Make a briefing sheet from a snapshot: what the pages and the command line call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from matplotlib.figure import Figure
from shapely.geometry.base import BaseGeometry

from geo import vocab
from geo.briefing.facts import Finding, Sheet
from geo.briefing.figures import figures_of
from geo.briefing.furniture import corners_of
from geo.briefing.ground import base_of
from geo.briefing.layout import Layout, layout_of, page_size
from geo.briefing.legend import legend_of
from geo.briefing.lint import check_sheet
from geo.briefing.marks import marks_of
from geo.briefing.names import IMPORTANT, MINOR, countries_of, names_of
from geo.briefing.projection import Extent, Ground, checked_extent, ground_of, sheet_crs
from geo.briefing.sheet import SheetContent, draw_sheet, sheet_bytes
from geo.briefing.sidecar import sidecar_of
from geo.briefing.symbols import area_tags
from geo.briefing.text import joined
from geo.briefing.words import precision_words, sources_of
from geo.briefing.zones import control_lines, zone_groups
from geo.layers.basemap import BaseLayers
from geo.layers.labels import Label
from geo.situation import Situation
from geo.snapshot import Snapshot
from geo.store.readmodel import ReadModel


@dataclass(frozen=True, slots=True)
class SheetOptions:
    """What a person chooses for a sheet.

    ``extent`` is (west, south, east, north) in degrees; ``made_at`` is aware; ``hidden`` names layers of
    :data:`geo.view.LAYERS` that are left out; ``hashes`` are those of the data, for the sidecar.
    """

    title: str
    extent: Extent
    marking: str
    made_at: datetime
    number: str
    version: str
    size: str = "a4"
    permalink: str = ""
    hashes: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Made:
    """A sheet: the figure, the JSON that goes with it, and what is missing."""

    figure: Figure
    sidecar: dict[str, Any]
    lint: tuple[Finding, ...]
    content: SheetContent


def make_sheet(
    *,
    snapshot: Snapshot,
    model: ReadModel,
    situation: Situation,
    base: BaseLayers,
    areas: Mapping[str, BaseGeometry],
    labels: Sequence[Label],
    sources: Sequence[str],
    options: SheetOptions,
) -> Made:
    """Draw the sheet of a snapshot; ``sources`` are those of its events.

    Raises
    ------
    SettingError
        The extent or the size of the sheet cannot be drawn.
    """
    content = content_of(
        snapshot=snapshot,
        model=model,
        situation=situation,
        base=base,
        areas=areas,
        labels=labels,
        sources=sources,
        options=options,
    )
    sidecar = sidecar_of(content, snapshot, model, hashes=options.hashes)
    return Made(draw_sheet(content), sidecar, content.findings, content)


def to_bytes(made: Made, fmt: str) -> bytes:
    """The sheet as ``png``, ``pdf`` or ``svg``; the same sheet gives the same bytes.

    Raises
    ------
    SettingError
        There is no such format.
    """
    sheet = made.content.sheet
    return sheet_bytes(made.figure, fmt, title=sheet.title, made_at=sheet.made_at)


def save(made: Made, path: Path, *, fmt: str) -> None:
    """Write the sheet to a file.

    Raises
    ------
    SettingError
        There is no such format.
    """
    path.write_bytes(to_bytes(made, fmt))


def content_of(
    *,
    snapshot: Snapshot,
    model: ReadModel,
    situation: Situation,
    base: BaseLayers,
    areas: Mapping[str, BaseGeometry],
    labels: Sequence[Label],
    sources: Sequence[str],
    options: SheetOptions,
) -> SheetContent:
    """Decide everything that stands on the sheet and where."""
    extent = checked_extent(options.extent)
    layout = layout_of(page_size(options.size))
    ground = ground_of(extent, layout.map, sheet_crs(extent))
    shown = _without(snapshot, options.hidden)
    zones, lines = zone_groups(shown.zones, situation, ground), control_lines(shown.lines, ground)
    busy = shapely.union_all([group.shape for group in zones if not group.look.outline_only])
    corners = corners_of(layout.map, ground, busy=busy, points=_points(shown, model, ground))
    furniture = [corners.locator.grown(0.8), corners.scale.grown(0.8)]
    wanted = [] if "labels" in options.hidden else labels
    first = names_of(wanted, ground, ranks=IMPORTANT, taken=furniture)
    reserved = [*furniture, *(name.box for name in first)]
    marks = marks_of(shown, model, areas, ground, keep_out=reserved)
    taken = [*reserved, *area_tags(ground, marks.areas), *(m.box for m in (*marks.posts, *marks.events))]
    names = (*first, *names_of(wanted, ground, ranks=MINOR, taken=taken, named=first))
    drawn = base_of(
        base,
        shown=ground.degrees_shown(),
        crs=ground.crs,
        metres_per_mm=ground.metres_per_mm,
        lines="boundaries" not in options.hidden,
    )
    taken += [name.box for name in names[len(first) :]]
    content = SheetContent(
        sheet=_sheet(
            snapshot,
            situation,
            options,
            shown,
            sources,
            ground,
            layout,
            any(mark.near for mark in (*marks.events, *marks.posts)),
        ),
        situation=situation,
        layout=layout,
        ground=ground,
        corners=corners,
        layers=base,
        base=drawn,
        zones=zones,
        lines=lines,
        marks=marks,
        names=names,
        countries=countries_of(
            drawn.countries,
            ground,
            away_from=shapely.union_all([busy, shapely.buffer(drawn.lakes, 0)]),
            taken=taken,
        ),
        legend=legend_of(zones, tuple(lines), marks, drawn, situation),
        figures=figures_of(snapshot, situation, marks),
    )
    anything = bool(zones or lines or marks.events or marks.posts or marks.areas)
    findings = check_sheet(content.sheet, layout, zones_drawn=bool(zones), anything_drawn=anything)
    return replace(content, findings=tuple(findings))


def _without(snapshot: Snapshot, hidden: frozenset[str]) -> Snapshot:
    """The snapshot without the layers that are left out."""
    zones = snapshot.zones
    if "zones" in hidden:
        zones = zones[zones["kind"] != "control"]
    if "presence" in hidden:
        zones = zones[zones["kind"] == "control"]
    return replace(
        snapshot,
        zones=zones,
        lines=snapshot.lines.iloc[:0] if "lines" in hidden else snapshot.lines,
        posts=snapshot.posts.iloc[:0] if "posts" in hidden else snapshot.posts,
        window=snapshot.window.without_events() if "events" in hidden else snapshot.window,
    )


def _points(snapshot: Snapshot, model: ReadModel, ground: Ground) -> Any:
    """Where symbols will stand, in millimetres, before they are moved aside."""
    pins = snapshot.events[model.events.pinned[snapshot.events]]
    lon = np.concatenate([model.events.lon[pins], snapshot.posts["lon"].to_numpy(float)])
    lat = np.concatenate([model.events.lat[pins], snapshot.posts["lat"].to_numpy(float)])
    return ground.on_page(lon, lat)


def _sheet(
    snapshot: Snapshot,
    situation: Situation,
    options: SheetOptions,
    shown: Snapshot,
    sources: Sequence[str],
    ground: Ground,
    layout: Layout,
    near: bool,
) -> Sheet:
    frames = [shown.zones, shown.lines, shown.posts]
    accuracies = [text for frame in frames[:2] for text in frame["accuracy"]]
    return Sheet(
        title=options.title.strip(),
        situation=situation.title,
        as_of=snapshot.as_of,
        first=snapshot.first,
        made_at=options.made_at,
        marking=options.marking.strip(),
        number=options.number.strip(),
        version=options.version.strip(),
        producer=situation.producer,
        crs=ground.crs.name,
        page=layout.page.name,
        extent=checked_extent(options.extent),
        permalink=options.permalink,
        revision=snapshot.revision,
        disclaimer=situation.disclaimer,
        name_policy=situation.name_policy,
        boundary_view=situation.boundary_view,
        credits=situation.credits,
        sources=sources_of(frames, sources),
        precision=precision_words(accuracies, near=near)
        if len(shown.zones) or len(shown.lines) or near
        else "",
        filters=_left_out_words(snapshot, situation, options.hidden),
        hidden_layers=tuple(sorted(options.hidden)),
    )


def _left_out_words(snapshot: Snapshot, situation: Situation, hidden: frozenset[str]) -> str:
    """The filters in force and the layers left out, so that nobody takes a part for the whole; empty without any."""
    filters = snapshot.filters
    types, confidences = vocab.labels(vocab.EVENT_TYPES), vocab.labels(vocab.CONFIDENCES)
    chosen = [
        *(types.get(code, code) for code in sorted(filters.types)),
        *(situation.party(code).label for code in sorted(filters.parties)),
        *(f"{confidences.get(code, code)} confidence" for code in sorted(filters.confidences)),
    ]
    only = f"only {', '.join(chosen)}" if chosen else ""
    return joined([only, f"without {', '.join(sorted(hidden))}" if hidden else ""])
