"""The read model: what pages query, in memory, once per store revision and shared by all sessions.

Events are numeric columns (:mod:`geo.store.eventcolumns`). Words stay in the store and are read by id when
somebody asks for them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd
import shapely

from geo.crs import WGS84, area_km2
from geo.interval import OPEN_END, day_numbers
from geo.situation import OTHER_PARTY, Situation
from geo.store.base import Store
from geo.store.eventareas import AreaNumbers, UnitsAt
from geo.store.eventcolumns import (
    CELLS,
    NO_FIGURE,
    NOT_STATED,
    EventColumns,
    columns_of_batches,
    event_columns,
    merged,
    vague_span,
)

__all__ = [
    "NOT_STATED", "NO_FIGURE", "EventColumns", "ReadModel",
    "event_columns", "party_codes", "read_model", "updated_model", "vague_span",
]  # fmt: skip

MOST_MERGED = 100_000
"""Changed events up to which they are merged in: at a million that costs a quarter of reading all again."""


@dataclass(frozen=True, slots=True)
class ReadModel:
    """Everything of one store revision that can be drawn or counted.

    ``zones``, ``lines`` and ``posts`` are GeoDataFrames in EPSG:4326 with their text columns and
    ``start``, ``end`` as day numbers of a half-open interval; zones also have ``km2``. ``area_places``
    names the areas that events are drawn as: places with a polygon or line, then first-level units.
    """

    revision: int
    events: EventColumns
    zones: gpd.GeoDataFrame
    lines: gpd.GeoDataFrame
    posts: gpd.GeoDataFrame
    party_codes: tuple[str, ...]
    area_places: tuple[str, ...]

    def last_day(self, *, today: int) -> int | None:
        """Last day with an event, else the last on which ground or a post changed; None without data.

        A day after ``today`` (a day number) is a slip of a key as long as there are earlier ones.
        """
        if len(self.events.ids):
            past = self.events.end[self.events.end <= today]
            return int(past.max() if len(past) else self.events.end.min())
        changes = [day for f in (self.zones, self.posts) for c in ("start", "end") for day in f[c].tolist()]
        return max((day for day in changes if abs(day) != OPEN_END), default=None)


def read_model(
    store: Store,
    situation: Situation,
    *,
    areas: Sequence[str] = (),
    units_at: UnitsAt | None = None,
    known_at: int | None = None,
) -> ReadModel:
    """Build the read model of the store's current state, or of what was known at a change.

    ``areas`` lists the places that have a polygon or line to be drawn instead of a pin; ``units_at`` says
    in which first-level unit coordinates lie, for events of an area that has none.
    """
    revision = store.revision() if known_at is None else known_at
    codes = party_codes(situation)
    numbers = AreaNumbers(areas, units_at)
    batches = store.batches("events", CELLS, known_at=revision)
    events = columns_of_batches(batches, situation, codes, numbers)
    return ReadModel(
        revision=revision,
        events=events,
        zones=_read_ground(store, "zones", revision),
        lines=_read_ground(store, "lines", revision),
        posts=_read_ground(store, "posts", revision),
        party_codes=codes,
        area_places=numbers.names(events.area),
    )


def party_codes(situation: Situation) -> tuple[str, ...]:
    """The parties in the order of their bits, the one that stands for all others last."""
    return (*(party.code for party in situation.parties), OTHER_PARTY)


def updated_model(
    model: ReadModel,
    store: Store,
    situation: Situation,
    *,
    units_at: UnitsAt | None = None,
    known_at: int | None = None,
) -> ReadModel:
    """The read model of a later revision, made from an earlier one of the same store and situation.

    Few changed events are merged in; after a large import, or backwards in time, it is built anew.
    """
    revision = store.revision() if known_at is None else known_at
    if revision == model.revision:
        return model
    changed = store.changed_since("events", model.revision) if revision > model.revision else None
    if changed is None or len(changed) > MOST_MERGED:
        return read_model(store, situation, areas=model.area_places, units_at=units_at, known_at=revision)
    events, numbers = model.events, AreaNumbers(model.area_places, units_at)
    if changed:
        batches = store.batches("events", CELLS, known_at=revision, ids=changed)
        new = columns_of_batches(batches, situation, model.party_codes, numbers)
        events = merged(events, new, set(changed))
    ground = {
        family: _read_ground(store, family, revision)
        for family in ("zones", "lines", "posts")
        if store.changed_since(family, model.revision)
    }
    area_places = numbers.names(events.area)
    return replace(model, revision=revision, events=events, area_places=area_places, **ground)


def _read_ground(store: Store, family: str, revision: int) -> gpd.GeoDataFrame:
    """Zones, lines or posts with geometry and with ``start``, ``end`` as day numbers; no start: from the beginning."""
    frame = store.read(family, known_at=revision)
    made = gpd.GeoDataFrame(
        frame.assign(
            start=day_numbers(frame["valid_from"], missing=-OPEN_END),
            end=day_numbers(frame["valid_to"], missing=OPEN_END),
        ),
        geometry=_shapes(frame),
        crs=WGS84,
    )
    return made.assign(km2=[area_km2(shape) for shape in made.geometry]) if family == "zones" else made


def _shapes(frame: pd.DataFrame) -> object:
    if "geometry" in frame:
        return shapely.from_geojson(frame["geometry"].to_numpy(object))
    return shapely.points(frame["lon"].to_numpy(float), frame["lat"].to_numpy(float))
