"""The one place that decides what is shown: everything true on a day, in a window, as known at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo import vocab
from geo.crs import inside_ring
from geo.interval import day_number, holds_on, overlaps_window
from geo.store.readmodel import NO_FIGURE, EventColumns, ReadModel
from geo.view import Filters, Ring

Positions = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Fatalities:
    """Sums over events. ``low`` and ``high`` take a missing bound from the event's other figures.

    ``best`` adds up best estimates only; ``without_best`` counts events that have figures but no best
    estimate, ``without_figures`` those that have none at all.
    """

    low: int
    best: int
    high: int
    without_best: int
    without_figures: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What holds on ``as_of``, and the events of the closed window ``[first, as_of]``.

    ``zones``, ``lines`` and ``posts`` are the rows valid on the day (EPSG:4326); ``events`` are positions
    in the read model's columns, in the order of their first day; ``possible`` marks those whose span is
    vague and reaches beyond the window. Areas are km2 on the ellipsoid, of control zones only.
    """

    as_of: date
    first: date
    revision: int
    filters: Filters
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    events: Positions
    possible: npt.NDArray[np.bool_]
    events_total: int
    unplaced: int
    by_type: Mapping[str, int]
    fatalities: Fatalities
    areas_km2: Mapping[str, float]
    contested_km2: float

    @property
    def control_km2(self) -> float:
        """Area of all control zones of the day, contested ones included."""
        return float(self.zones.loc[self.zones["kind"] == "control", "km2"].sum())


def snapshot_at(model: ReadModel, *, as_of: date, first: date, filters: Filters | None = None) -> Snapshot:
    """Decide what is shown on a day for the event window ``[first, as_of]``.

    Filters by party and type apply to events; the ground is shown whole, since hiding a zone would
    show its land as nobody's.
    """
    filters = filters or Filters()
    day = day_number(as_of)
    zones = _holding(model.zones, day)
    events = events_in(model, first=day_number(first), last=day, filters=filters)
    columns = model.events
    return Snapshot(
        as_of=as_of,
        first=first,
        revision=model.revision,
        filters=filters,
        zones=zones,
        lines=_holding(model.lines, day),
        posts=_holding(model.posts, day),
        events=events,
        possible=_possible(columns, events, first=day_number(first), last=day),
        events_total=len(columns.ids),
        unplaced=int((~columns.placed[events]).sum()),
        by_type=_by_type(columns, events),
        fatalities=_fatalities(columns, events),
        areas_km2=_areas(model.zones, zones),
        contested_km2=_contested(zones),
    )


def control_on(model: ReadModel, day: date) -> tuple[dict[str, float], float]:
    """km2 by party on a day, and contested km2."""
    zones = _holding(model.zones, day_number(day))
    return _areas(model.zones, zones), _contested(zones)


def events_in(model: ReadModel, *, first: int, last: int, filters: Filters) -> Positions:
    """Positions of the events whose span meets the closed window of day numbers and that pass the filters."""
    columns = model.events
    lower = int(np.searchsorted(columns.start, first - columns.longest, side="left"))
    upper = int(np.searchsorted(columns.start, last, side="right"))
    near = slice(lower, upper)
    keep = overlaps_window(first, last, start=columns.start[near], end=columns.end[near])
    if filters.types:
        keep &= np.isin(columns.type[near], _codes(vocab.EVENT_TYPES, filters.types))
    if filters.confidences:
        keep &= np.isin(columns.confidence[near], _codes(vocab.CONFIDENCES, filters.confidences))
    if filters.parties:
        keep &= (columns.parties[near] & _mask(model, filters.parties)) != 0
    found = np.flatnonzero(keep) + lower
    return _inside(columns, found, filters.area) if filters.area else found


def _inside(columns: EventColumns, events: Positions, ring: Ring) -> Positions:
    """Those of the events that have a point in the ring, by the same rule as the map's."""
    pinned = events[columns.pinned[events]]
    return pinned[inside_ring(ring, lon=columns.lon[pinned], lat=columns.lat[pinned])]


def _codes(terms: tuple[vocab.Term, ...], wanted: frozenset[str]) -> list[int]:
    return [position for position, term in enumerate(terms) if term.code in wanted]


def _mask(model: ReadModel, parties: frozenset[str]) -> np.uint32:
    return np.uint32(sum(1 << n for n, code in enumerate(model.party_codes) if code in parties))


def _holding(frame: gpd.GeoDataFrame, day: int) -> gpd.GeoDataFrame:
    return frame[holds_on(day, start=frame["start"], end=frame["end"])]


def _possible(columns: EventColumns, events: Positions, *, first: int, last: int) -> npt.NDArray[np.bool_]:
    beyond = (columns.start[events] < first) | (columns.end[events] > last)
    mask: npt.NDArray[np.bool_] = columns.vague[events] & beyond
    return mask


def _by_type(columns: EventColumns, events: Positions) -> dict[str, int]:
    counts = np.bincount(columns.type[events], minlength=len(vocab.EVENT_TYPES))
    return {term.code: int(n) for term, n in zip(vocab.EVENT_TYPES, counts, strict=False) if n}


def _fatalities(columns: EventColumns, events: Positions) -> Fatalities:
    low, best, high = (c[events].astype(np.int64) for c in (columns.low, columns.best, columns.high))
    has_low, has_best, has_high = low != NO_FIGURE, best != NO_FIGURE, high != NO_FIGURE
    any_figure = has_low | has_best | has_high
    return Fatalities(
        low=int(np.select([has_low, has_best], [low, best], 0).sum()),
        best=int(best[has_best].sum()),
        high=int(np.select([has_high, has_best, has_low], [high, best, low], 0).sum()),
        without_best=int((any_figure & ~has_best).sum()),
        without_figures=int((~any_figure).sum()),
    )


def _is_control(zones: gpd.GeoDataFrame, status: str) -> npt.NDArray[np.bool_]:
    mask: npt.NDArray[np.bool_] = ((zones["kind"] == "control") & (zones["status"] == status)).to_numpy()
    return mask


def _contested(zones: gpd.GeoDataFrame) -> float:
    return float(zones.loc[_is_control(zones, "contested"), "km2"].sum())


def _areas(all_zones: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> dict[str, float]:
    """km2 by party, with 0 for a party that holds ground on other days only."""
    ever = sorted(set(all_zones.loc[_is_control(all_zones, "assessed_control"), "party"]))
    held = zones[_is_control(zones, "assessed_control")].groupby("party")["km2"].sum()
    return {party: float(held.get(party, 0.0)) for party in ever}
