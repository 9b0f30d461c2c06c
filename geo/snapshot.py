"""The one place that decides what is shown: everything true on a day, in a window, as known at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np

from geo import vocab
from geo.eventwindow import EventWindow, Figures, Mask, Positions, event_window, events_in
from geo.interval import day_number, holds_on
from geo.store.eventsums import Numbers
from geo.store.readmodel import ReadModel
from geo.view import Filters

__all__ = ["Fatalities", "Positions", "Snapshot", "control_on", "events_in", "snapshot_at"]


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

    ``zones``, ``lines`` and ``posts`` are the rows valid on the day (EPSG:4326). ``events_shown`` counts the
    events of the window, ``events_pinned`` those with a point, ``events_possible`` those whose span is vague
    and reaches beyond it; ``window`` finds which they are. Areas are km2 on the ellipsoid, of control zones only.
    """

    as_of: date
    first: date
    revision: int
    filters: Filters
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    window: EventWindow
    events_shown: int
    events_pinned: int
    events_possible: int
    events_total: int
    unplaced: int
    by_type: Mapping[str, int]
    fatalities: Fatalities
    areas_km2: Mapping[str, float]
    contested_km2: float

    @property
    def events(self) -> Positions:
        """Positions of the events in the read model's columns, in the order of their first day."""
        return self.window.events

    @property
    def possible(self) -> Mask:
        """Which of the events are possible ones only."""
        return self.window.possible

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
    window = event_window(model, first=day_number(first), last=day, filters=filters)
    figures = window.figures
    return Snapshot(
        as_of=as_of,
        first=first,
        revision=model.revision,
        filters=filters,
        zones=zones,
        lines=_holding(model.lines, day),
        posts=_holding(model.posts, day),
        window=window,
        events_shown=figures["events"],
        events_pinned=figures["pinned"],
        events_possible=figures.possible,
        events_total=len(model.events.ids),
        unplaced=figures["unplaced"],
        by_type=_by_type(figures.by_type),
        fatalities=_fatalities(figures),
        areas_km2=_areas(model.zones, zones),
        contested_km2=_contested(zones),
    )


def control_on(model: ReadModel, day: date) -> tuple[dict[str, float], float]:
    """km2 by party on a day, and contested km2."""
    zones = _holding(model.zones, day_number(day))
    return _areas(model.zones, zones), _contested(zones)


def _holding(frame: gpd.GeoDataFrame, day: int) -> gpd.GeoDataFrame:
    holds = holds_on(day, start=frame["start"].to_numpy(), end=frame["end"].to_numpy())
    return frame.take(np.flatnonzero(holds))  # of a frame of few rows, twice as quick as a mask


def _by_type(counts: Numbers) -> dict[str, int]:
    return {term.code: int(n) for term, n in zip(vocab.EVENT_TYPES, counts, strict=False) if n}


def _fatalities(figures: Figures) -> Fatalities:
    return Fatalities(
        low=figures["low"],
        best=figures["best"],
        high=figures["high"],
        without_best=figures["without_best"],
        without_figures=figures["without_figures"],
    )


def _control(zones: gpd.GeoDataFrame, status: str) -> list[tuple[str, float]]:
    """Party and km2 of the control zones of a status."""
    columns = (zones[name].tolist() for name in ("kind", "status", "party", "km2"))
    rows = zip(*columns, strict=True)
    return [(party, km2) for kind, now, party, km2 in rows if (kind, now) == ("control", status)]


def _contested(zones: gpd.GeoDataFrame) -> float:
    return sum((km2 for _, km2 in _control(zones, "contested")), 0.0)


def _areas(all_zones: gpd.GeoDataFrame, zones: gpd.GeoDataFrame) -> dict[str, float]:
    """km2 by party, with 0 for a party that holds ground on other days only."""
    ever = sorted({party for party, _ in _control(all_zones, "assessed_control")})
    held = dict.fromkeys(ever, 0.0)
    for party, km2 in _control(zones, "assessed_control"):
        held[party] += km2
    return held
