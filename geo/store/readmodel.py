"""The read model: what pages query, in memory, once per store revision and shared by all sessions.

Events become numeric columns sorted by their first day, so that a window is a binary search and a few
masks. Words stay in the store and are read by id when somebody asks for them.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from geo import vocab
from geo.crs import WGS84, area_km2
from geo.interval import OPEN_END, Days, day_number, day_numbers, day_of
from geo.situation import OTHER_PARTY, Situation
from geo.store.base import Store

NOT_STATED = 255
"""Code of a confidence that is not stated."""
NO_FIGURE = -1
"""Stands for a number of dead that nobody published; empty is not 0."""

Codes = npt.NDArray[np.uint8]
Figures = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Events sorted by ``start``; every array has one entry per event.

    ``start`` and ``end`` are day numbers (closed span), ``vague`` tells that the day inside the span is
    not known, ``type`` and ``confidence`` are positions in the vocabulary, ``parties`` is a bit mask over
    :attr:`ReadModel.party_codes`, ``lon`` and ``lat`` are NaN without a place, ``area`` is a position in
    :attr:`ReadModel.area_places` or -1, ``longest`` is the longest span in days.
    """

    ids: npt.NDArray[np.object_]
    start: Days
    end: Days
    vague: npt.NDArray[np.bool_]
    type: Codes
    confidence: Codes
    parties: npt.NDArray[np.uint32]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    precision: Codes
    area: npt.NDArray[np.int32]
    low: Figures
    best: Figures
    high: Figures
    longest: int

    @property
    def pinned(self) -> npt.NDArray[np.bool_]:
        """Events that may be drawn as a point: they have coordinates and are no region."""
        mask: npt.NDArray[np.bool_] = ~np.isnan(self.lon) & (self.precision != 3)
        return mask

    @property
    def placed(self) -> npt.NDArray[np.bool_]:
        """Events that are drawn at all, as a point or as the area of their place."""
        return self.pinned | (self.area >= 0)


@dataclass(frozen=True, slots=True)
class ReadModel:
    """Everything of one store revision that can be drawn or counted.

    ``zones``, ``lines`` and ``posts`` are GeoDataFrames in EPSG:4326 with their text columns and
    ``start``, ``end`` as day numbers of a half-open interval; zones also have ``km2``.
    """

    revision: int
    events: EventColumns
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    party_codes: tuple[str, ...]
    area_places: tuple[str, ...]

    def last_day(self) -> int | None:
        """Last day with an event, else the last on which ground or a post changed; None without data."""
        if len(self.events.ids):
            return int(self.events.end.max())
        changes = [day for f in (self.zones, self.posts) for c in ("start", "end") for day in f[c].tolist()]
        return max((day for day in changes if abs(day) != OPEN_END), default=None)


def read_model(
    store: Store, situation: Situation, *, areas: Sequence[str] = (), known_at: int | None = None
) -> ReadModel:
    """Build the read model of the store's current state, or of what was known at a change.

    ``areas`` lists the places that have a polygon or line to be drawn instead of a pin.
    """
    revision = store.revision() if known_at is None else known_at
    party_codes = (*(party.code for party in situation.parties), OTHER_PARTY)
    area_places = tuple(areas)
    return ReadModel(
        revision=revision,
        events=event_columns(store.read("events", known_at=known_at), situation, party_codes, area_places),
        zones=_with_areas(_spanned(store.read("zones", known_at=known_at))),
        lines=_spanned(store.read("lines", known_at=known_at)),
        posts=_spanned(store.read("posts", known_at=known_at)),
        party_codes=party_codes,
        area_places=area_places,
    )


def event_columns(
    frame: pd.DataFrame, situation: Situation, party_codes: Sequence[str], area_places: Sequence[str]
) -> EventColumns:
    """The numeric columns of a frame of events, sorted by first day and id."""
    start, end = _spans(frame)
    order = np.lexsort((frame["event_id"].to_numpy(str), start))
    frame, start, end = frame.iloc[order], start[order], end[order]
    precision = frame["geo_precision"].fillna(0).to_numpy(np.uint8)
    return EventColumns(
        ids=frame["event_id"].to_numpy(object),
        start=start,
        end=end,
        vague=frame["time_precision"].fillna(1).to_numpy(np.int64) > 1,
        type=_positions(frame["event_type"], vocab.codes(vocab.EVENT_TYPES)).astype(np.uint8),
        confidence=_positions(frame["confidence"], vocab.codes(vocab.CONFIDENCES)).astype(np.uint8),
        parties=_party_masks(frame, situation, party_codes),
        lon=frame["lon"].to_numpy(np.float64, na_value=np.nan),
        lat=frame["lat"].to_numpy(np.float64, na_value=np.nan),
        precision=precision,
        area=np.where(precision == 3, _positions(frame["place_id"], area_places), -1).astype(np.int32),
        low=_figures(frame["fatalities_low"]),
        best=_figures(frame["fatalities_best"]),
        high=_figures(frame["fatalities_high"]),
        longest=int((end - start).max(initial=0)),
    )


def _spans(frame: pd.DataFrame) -> tuple[Days, Days]:
    """First and last day on which each event may have happened.

    A week, month or year given by one day and no end is that whole week (the day in its middle, as
    ACLED codes it), month or year: otherwise a guess of the coder would stand as the day itself.
    """
    start = day_numbers(frame["event_date"], missing=0)
    ends = frame["date_end"].where(frame["date_end"] != "", frame["event_date"])
    end = day_numbers(ends, missing=0)
    open_ended = ((frame["date_end"] == "") & frame["time_precision"].isin([2, 3, 4])).to_numpy()
    for row in np.flatnonzero(open_ended):
        start[row], end[row] = vague_span(day_of(start[row]), int(frame["time_precision"].iloc[row]))
    return start, end


def vague_span(day: date, precision: int) -> tuple[int, int]:
    """First and last day number of the week (2), month (3) or year (4) that one day stands for."""
    if precision == 2:
        return day_number(day) - 3, day_number(day) + 3
    if precision == 3:
        last = monthrange(day.year, day.month)[1]
        return day_number(day.replace(day=1)), day_number(day.replace(day=last))
    return day_number(date(day.year, 1, 1)), day_number(date(day.year, 12, 31))


def _positions(values: pd.Series, known: Sequence[str]) -> npt.NDArray[np.int64]:
    """Position of each value in a list; -1 (255 as a small code) where it is not in it."""
    return pd.Index(known).get_indexer(pd.Index(values)).astype(np.int64)


def _figures(values: pd.Series) -> Figures:
    return values.fillna(NO_FIGURE).to_numpy(np.int32)


def _party_masks(
    frame: pd.DataFrame, situation: Situation, party_codes: Sequence[str]
) -> npt.NDArray[np.uint32]:
    bits = {code: 1 << position for position, code in enumerate(party_codes)}
    # Actors repeat: one look-up for each distinct pair, not for each row.
    masks = {
        actors: sum(bits[code] for code in situation.parties_of(actors))
        for actors in set(frame["actor1"] + ";" + frame["actor2"])
    }
    return (frame["actor1"] + ";" + frame["actor2"]).map(masks).to_numpy(np.uint32)


def _spanned(frame: pd.DataFrame) -> gpd.GeoDataFrame:
    """The frame with geometry and with ``start``, ``end`` as day numbers."""
    geometry = (
        shapely.from_geojson(frame["geometry"].to_numpy(object))
        if "geometry" in frame
        else shapely.points(frame["lon"].to_numpy(float), frame["lat"].to_numpy(float))
    )
    start = day_numbers(frame["valid_from"], missing=-OPEN_END)
    end = day_numbers(frame["valid_to"], missing=OPEN_END)
    return gpd.GeoDataFrame(frame.assign(start=start, end=end), geometry=geometry, crs=WGS84)


def _with_areas(zones: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return zones.assign(km2=[area_km2(geometry) for geometry in zones.geometry])
