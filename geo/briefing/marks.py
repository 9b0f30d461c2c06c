"""Which events and posts stand on the sheet, and where: nothing hides anything, displaced marks say so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from geo import vocab
from geo.briefing.layout import Box, Room
from geo.briefing.projection import Ground
from geo.layers.events import DEATH_CLASSES
from geo.snapshot import Snapshot
from geo.store.readmodel import ReadModel

EVENT_HALF = (1.1, 1.1, 1.4, 1.75, 2.1, 2.5)
"""Half the size in mm of an event's symbol, by class of the number of dead."""
POST_HALF = 1.6
NEAR_METRES = 5_000
"""What "near a place" means on the ground."""
CELL = 1.2
"""Events of one type closer than this many millimetres share a symbol with a count."""
BADGE = 1.25
"""Millimetres by which a count stands out of its symbol."""
CROWD = 250
"""Symbols above which none is moved aside: the sheet would be leaders only."""
MOST_SYMBOLS = 600
"""Symbols of events above which more of them share one."""
WIDEST_CELL = 40.0
LOW = vocab.codes(vocab.CONFIDENCES).index("low")


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol: its true place ``x, y``, where it is drawn ``at_x, at_y``, and half its size, all in mm."""

    x: float
    y: float
    half: float
    code: str
    party: str = ""
    count: int = 1
    near: bool = False
    hollow: bool = False
    faded: bool = False
    at_x: float = 0.0
    at_y: float = 0.0

    @property
    def moved(self) -> bool:
        """Whether it stands aside of its place."""
        return float(np.hypot(self.at_x - self.x, self.at_y - self.y)) > 0.3

    @property
    def box(self) -> Box:
        """The paper that it takes, its count included."""
        return _box(self, self.at_x, self.at_y)


@dataclass(frozen=True, slots=True)
class AreaMark:
    """An area in which so many events happened somewhere; the outline in metres."""

    outline: BaseGeometry
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the events of the window: the four numbers add up to the snapshot's events."""

    symbols: int
    areas: int
    outside: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Marks:
    """Everything that is drawn as a symbol, and the count of what is not."""

    events: tuple[Mark, ...]
    posts: tuple[Mark, ...]
    areas: tuple[AreaMark, ...]
    types: Mapping[str, int]
    tally: Tally


def marks_of(
    snapshot: Snapshot,
    model: ReadModel,
    areas: Mapping[str, BaseGeometry],
    ground: Ground,
    *,
    keep_out: Sequence[Box] = (),
) -> Marks:
    """The symbols of a snapshot inside the frame, none over another or over ``keep_out``."""
    columns, shown = model.events, snapshot.events
    pinned = columns.pinned[shown]
    in_area = ~pinned & (columns.area[shown] >= 0)
    pins, possible = shown[pinned], snapshot.possible[pinned]
    xy = ground.on_page(columns.lon[pins], columns.lat[pins])
    inside = _inside(xy, ground.box)
    found, area_events, areas_seen = _areas(shown[in_area], model, areas, ground)
    events = _events(model, pins[inside], possible[inside], xy[inside])
    posts = _posts(snapshot.posts, ground)
    placed = _placed([*posts, *events], ground.box, keep_out)
    codes = np.concatenate([columns.type[pins[inside]], columns.type[area_events]])
    counts = np.bincount(codes, minlength=len(vocab.EVENT_TYPES))
    return Marks(
        events=tuple(placed[len(posts) :]),
        posts=tuple(placed[: len(posts)]),
        areas=found,
        types={t.code: int(n) for t, n in zip(vocab.EVENT_TYPES, counts, strict=False) if n},
        tally=Tally(
            symbols=int(inside.sum()),
            areas=areas_seen,
            outside=int((~inside).sum()) + int(in_area.sum()) - areas_seen,
            unplaced=int((~pinned & ~in_area).sum()),
        ),
    )


def _inside(xy: npt.NDArray[np.float64], box: Box) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = (
        (xy[:, 0] >= box.x) & (xy[:, 0] <= box.right) & (xy[:, 1] >= box.y) & (xy[:, 1] <= box.bottom)
    )
    return mask


def _areas(
    events: npt.NDArray[Any], model: ReadModel, areas: Mapping[str, BaseGeometry], ground: Ground
) -> tuple[tuple[AreaMark, ...], npt.NDArray[Any], int]:
    """Outlines that are seen, their events, and how many those are.

    An area whose outline lies wholly beyond the frame cannot be seen on the sheet.
    """
    found, members = [], [np.empty(0, np.int64)]
    for area in np.unique(model.events.area[events]):
        shape = areas.get(model.area_places[area])
        if shape is None:
            continue
        projected = ground.crs.project(shape)
        outline = projected if projected.geom_type.endswith("LineString") else shapely.boundary(projected)
        outline = shapely.intersection(outline, ground.frame)
        if outline.is_empty:
            continue
        here = events[model.events.area[events] == area]
        found.append(AreaMark(outline, len(here)))
        members.append(here)
    together = np.concatenate(members)
    return tuple(found), together, len(together)


def _events(
    model: ReadModel, events: npt.NDArray[Any], possible: npt.NDArray[np.bool_], xy: npt.NDArray[np.float64]
) -> list[Mark]:
    columns = model.events
    dead = np.maximum(np.maximum(columns.low, columns.best), columns.high)[events]
    sizes = np.searchsorted(DEATH_CLASSES, dead, side="right")
    keys = _cells(xy, columns.type[events])
    groups: dict[tuple[int, int, int], list[int]] = {}
    for n, (column, row, type_) in enumerate(keys.tolist()):
        groups.setdefault((column, row, type_), []).append(n)
    return [
        Mark(
            x=float(xy[members[-1], 0]),
            y=float(xy[members[-1], 1]),
            half=EVENT_HALF[int(sizes[members].max())],
            code=vocab.EVENT_TYPES[key[2]].code,
            count=len(members),
            near=bool((columns.precision[events[members]] == 2).any()),
            hollow=bool((columns.confidence[events[members]] == LOW).all()),
            faded=bool(possible[members].all()),
        )
        for key, members in groups.items()
    ]


def _cells(xy: npt.NDArray[np.float64], types: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """Column, row and type of each event; cells widen until the symbols can be told apart."""
    cell = CELL
    while True:
        keys = np.column_stack([np.rint(xy / cell), types]).astype(np.int64)
        if cell > WIDEST_CELL or len(np.unique(keys, axis=0)) <= MOST_SYMBOLS:
            return keys
        cell *= 2


def _posts(posts: gpd.GeoDataFrame, ground: Ground) -> list[Mark]:
    if posts.empty:
        return []
    xy = ground.on_page(posts["lon"].to_numpy(float), posts["lat"].to_numpy(float))
    return [
        Mark(float(x), float(y), POST_HALF, post.kind, post.contingent, near=post.geo_precision == 2)
        for (x, y), post, inside in zip(xy, posts.itertuples(), _inside(xy, ground.box), strict=True)
        if inside
    ]


def _placed(marks: Sequence[Mark], frame: Box, keep_out: Sequence[Box]) -> list[Mark]:
    """The marks where they are drawn: the largest at their place, others beside, within the frame."""
    room = Room(keep_out)
    places: dict[int, tuple[float, float]] = {}
    for n in sorted(range(len(marks)), key=lambda n: (-marks[n].half, n)):
        mark = marks[n]
        x, y = _kept_in(mark, frame) if len(marks) > CROWD else _free(mark, room, frame)
        places[n] = (x, y)
        room.take(_box(mark, x, y))
    return [_moved(mark, *places[n]) for n, mark in enumerate(marks)]


def _box(mark: Mark, x: float, y: float) -> Box:
    """The symbol around a point, and above it to the right its count."""
    badge = BADGE if mark.count > 1 else 0.0
    return Box(x - mark.half, y - mark.half - badge, 2 * mark.half + badge, 2 * mark.half + badge)


def _free(mark: Mark, room: Room, frame: Box) -> tuple[float, float]:
    size = 2 * mark.half + 0.3
    for ring in range(6):
        for turn in range(max(8 * ring, 1)):
            angle = 2 * np.pi * turn / max(8 * ring, 1)
            x = float(mark.x + 0.62 * ring * size * np.cos(angle))
            y = float(mark.y - 0.62 * ring * size * np.sin(angle))
            box = _box(mark, x, y)
            if box.inside(frame) and room.free(box):
                return x, y
    return _kept_in(mark, frame)


def _kept_in(mark: Mark, frame: Box) -> tuple[float, float]:
    """The mark's own place, or the nearest at which it does not stand over the neat line."""
    box = _box(mark, mark.x, mark.y)
    right, down = max(frame.x - box.x, 0.0), max(frame.y - box.y, 0.0)
    left, up = max(box.right - frame.right, 0.0), max(box.bottom - frame.bottom, 0.0)
    return mark.x + right - left, mark.y + down - up


def _moved(mark: Mark, x: float, y: float) -> Mark:
    return Mark(
        mark.x, mark.y, mark.half, mark.code, mark.party, mark.count, mark.near, mark.hollow, mark.faded, x, y
    )
