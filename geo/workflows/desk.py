"""The desk: everything that a use case needs at hand, opened when first asked for."""

import hashlib
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from geopandas import GeoDataFrame
from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import AdminLayers
from geo.drafting.actors import ActorNames, actor_names
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import name_key
from geo.layers.areas import area_shapes
from geo.layers.basemap import BaseLayers, basemap_layers
from geo.layers.events import event_table
from geo.layers.labels import Label, labels_of
from geo.layers.lines import lines_layer
from geo.layers.posts import posts_layer
from geo.layers.words import map_words
from geo.layers.zones import zones_layer
from geo.mapview import frame_html, read_assets
from geo.settings import Settings
from geo.situation import Situation, read_situation
from geo.statistics.outlines import read_outlines, shapes_around
from geo.statistics.units import EventUnits, event_units
from geo.store.base import Store
from geo.store.eventareas import COUNTRY_PREFIX, unit_number
from geo.store.readmodel import ReadModel, read_model, updated_model
from geo.store.seed import check_large_store, open_store
from geo.workflows.kept import kept_admin_layers, kept_areas, kept_base_shapes, read_base_layers
from geo.workflows.units import UnitAreas

KEPT = 4
"""Revisions whose read model, words and event table stay in memory."""
QUICK_EVENTS = 100_000
"""Events of which a read model is made in the time of a breath."""
T = TypeVar("T")


class Desk:
    """One data folder, one store, one gazetteer; shared by all sessions of a process.

    ``who`` tells, whenever something is recorded, in whose name; without it that is the user of the settings.
    """

    def __init__(self, settings: Settings, *, who: Callable[[], str] | None = None) -> None:
        self.settings = settings
        self.who = who or (lambda: settings.user)
        self._lock = threading.RLock()
        self._kept: dict[tuple[str, Any], Any] = {}
        self._making: dict[tuple[str, Any], threading.Lock] = {}

    @cached_property
    def situation(self) -> Situation:
        """The conflict that the data folder describes."""
        return read_situation(self.settings.data_dir)

    @cached_property
    def store(self) -> Store:
        """The store; created and seeded when it does not exist yet."""
        with self._lock:
            return open_store(
                self.settings.store, data_dir=self.settings.data_dir, recorded_by=self.settings.user
            )

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The offline list of places."""
        return Gazetteer(self.settings.gazetteer)

    @cached_property
    def actor_names(self) -> ActorNames:
        """What reports call the parties of the situation."""
        listed = {name for party in self.situation.parties for name in (party.label, *party.actors)}
        found = {name: self.gazetteer.find(name, limit=1) for name in sorted(listed)}
        countries = {
            name_key(name): best[0].place.admin0
            for name, best in found.items()
            if best and best[0].place.kind == "country"
        }
        return actor_names(self.situation.parties, demonyms=self.gazetteer.demonyms, countries=countries)

    @cached_property
    def admin_layers(self) -> AdminLayers:
        """Countries and districts, ready to be asked where a point lies."""
        return kept_admin_layers(self.settings)

    def event_units(self, revision: int) -> EventUnits:
        """The admin unit of each event of a revision."""
        return self._once(
            ("units", revision), lambda: event_units(self.model(revision).events, self.admin_layers)
        )

    @cached_property
    def unit_outlines(self) -> GeoDataFrame:
        """The outline of every admin unit, as events are assigned to them."""
        return read_outlines(self.settings.data_dir, self.admin_layers)

    @cached_property
    def unit_shapes(self) -> tuple[GeoDataFrame, GeoDataFrame]:
        """Simpler outlines of units and of countries around the situation, for a chart."""
        return shapes_around(self.unit_outlines, self.situation.extent)

    @cached_property
    def areas(self) -> Mapping[str, BaseGeometry]:
        """Polygon or line of each place that is drawn as an area; countries are too large to say where."""
        areas = kept_areas(self.settings)
        return {place: area for place, area in areas.items() if not place.startswith(COUNTRY_PREFIX)}

    @cached_property
    def units(self) -> UnitAreas:
        """First-level units, drawn for events that are known by their unit only."""
        return UnitAreas(self.settings)

    def areas_in_use(self, revision: int) -> Mapping[str, BaseGeometry]:
        """The areas of places, and of the units in which events of a revision lie."""
        model = self.model(revision)
        names = [model.area_places[area] for area in np.unique(model.events.area) if area >= 0]
        numbers = {name: number for name in names if (number := unit_number(name)) is not None}
        return {**self.areas, **{name: self.units.shape(number) for name, number in numbers.items()}}

    def model(self, revision: int | None = None) -> ReadModel:
        """The read model of the newest revision, or of a given one."""
        revision = self.store.revision() if revision is None else revision
        return self._once(("model", revision), lambda: self._model(revision))

    def _model(self, revision: int) -> ReadModel:
        """Brought up to date from the model of the revision before, if one is kept; built anew otherwise."""
        kept = [key[1] for key in self._kept if key[0] == "model" and key[1] < revision]
        if kept:
            earlier: ReadModel = self._kept["model", max(kept)]
            return updated_model(
                earlier, self.store, self.situation, units_at=self.units.at, known_at=revision
            )
        return read_model(
            self.store, self.situation, areas=tuple(self.areas), units_at=self.units.at, known_at=revision
        )

    def has_model(self, revision: int) -> bool:
        """Whether the read model of a revision is made already."""
        return ("model", revision) in self._kept

    def model_at_hand(self) -> ReadModel | None:
        """The newest read model if it is made already, or quickly made; None for a large store on a cold start."""
        revision = self.store.revision()
        if self.has_model(revision) or self.store.size("events") <= QUICK_EVENTS:
            return self.model(revision)
        return None

    def events_bytes(self, revision: int) -> bytes:
        """The event table of a revision."""
        return self._once(("events", revision), lambda: event_table(self.model(revision)))

    def words(self, revision: int) -> dict[str, Any]:
        """The words of the map of a revision."""
        return self._once(
            ("words", revision), lambda: map_words(self.model(revision), self.situation, labels=self.labels)
        )

    def area_shapes(self, revision: int) -> list[dict[str, Any]]:
        """Outlines of the areas in which events of a revision lie, by their number in the event table."""
        return self._once(
            ("areas", revision),
            lambda: area_shapes(self.model(revision).area_places, self.areas_in_use(revision)),
        )

    @cached_property
    def labels(self) -> list[Label]:
        """Names on the map around the situation."""
        west, south, east, north = self.situation.extent
        return labels_of(self.gazetteer.within((west - 3, south - 3, east + 3, north + 3), limit=900))

    def frame_digest(self, revision: int) -> str:
        """Changes exactly when zones, lines or posts changed, so that an event import keeps the map."""
        model = self.model(revision)
        ground = [(f, *row) for f in ("zones", "lines", "posts") for row in self._heads(model, f)]
        return hashlib.blake2b(repr(ground).encode(), digest_size=8).hexdigest()

    def frame(self, revision: int) -> str:
        """The page of the map frame for the zones, lines and posts of a revision."""
        return self._once(("frame", self.frame_digest(revision)), lambda: self._frame(self.model(revision)))

    def _frame(self, model: ReadModel) -> str:
        extent = self.situation.extent
        return frame_html(
            [
                *basemap_layers(kept_base_shapes(self.settings, extent=extent)),
                zones_layer(model.zones, self.situation),
                lines_layer(model.lines),
                posts_layer(model.posts, self.situation),
            ],
            extent=extent,
            assets=read_assets(self.settings.web_dir),
        )

    @cached_property
    def base_layers(self) -> BaseLayers:
        """The boundary layers that sheets are drawn on."""
        return read_base_layers(self.settings)

    def warm(self) -> None:
        """Make what the first page will ask for."""
        check_large_store(self.store, self.settings.store)
        revision = self.store.revision()
        self.model(revision)
        self.frame(revision)
        self.words(revision)
        self.events_bytes(revision)

    def _heads(self, model: ReadModel, family: str) -> list[tuple[str, int]]:
        frame = getattr(model, family)
        return list(zip(frame.iloc[:, 0], frame["revision"], strict=True))

    def _once(self, key: tuple[str, Any], make: Callable[[], T]) -> T:
        """Make a thing once per key and keep the newest few of its kind.

        Only those who ask for the same thing wait for it: the page can be drawn while the frame is made.
        """
        with self._lock:
            making = self._making.setdefault(key, threading.Lock())
        with making:
            if key in self._kept:
                kept: T = self._kept[key]
                return kept
            made = make()
            with self._lock:
                self._kept[key] = made
                for old in [other for other in self._kept if other[0] == key[0]][:-KEPT]:
                    del self._kept[old], self._making[old]
            return made
