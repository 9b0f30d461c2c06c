"""Events as numeric columns sorted by their first day, so that a window is a binary search and a few masks."""

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from itertools import chain, pairwise
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import vocab
from geo.interval import Days, day_number, parse_day
from geo.situation import Situation
from geo.store.digest import plain
from geo.store.eventareas import AREA_PRECISION, AreaNumbers, UnitsAt
from geo.store.eventspots import Spots, spots_of
from geo.store.eventsums import FIGURES, EventSums, Part

NOT_STATED = 255
"""Code of a confidence or type that is not stated."""
NO_FIGURE = -1
"""Stands for a number of dead that nobody published; empty is not 0."""
CELLS = (
    "event_id", "event_date", "date_end", "time_precision", "event_type", "confidence", "actor1", "actor2",
    "place_id", "lat", "lon", "geo_precision", "where_prec",
    "fatalities_low", "fatalities_best", "fatalities_high",
)  # fmt: skip
"""The cells that columns are made of, in the order in which batches give them."""

Codes = npt.NDArray[np.uint8]
Figures = npt.NDArray[np.int32]
Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class EventColumns:
    """Events sorted by ``start``, then id; every array has one entry per event.

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
        return self.pinned_in(slice(None))

    @property
    def placed(self) -> npt.NDArray[np.bool_]:
        """Events that are drawn at all, as a point or as the area of their place."""
        return self.pinned | (self.area >= 0)

    @cached_property
    def sums(self) -> EventSums:
        """Running totals of the figures, made when first asked for."""
        return EventSums(self)

    @cached_property
    def spots(self) -> Spots:
        """Which events share their coordinates, told when first asked for."""
        return spots_of(self.lon, self.lat, self.pinned)

    def pinned_in(self, part: Part) -> npt.NDArray[np.bool_]:
        """Which of some events may be drawn as a point."""
        mask: npt.NDArray[np.bool_] = ~np.isnan(self.lon[part]) & (self.precision[part] != AREA_PRECISION)
        return mask

    def possible_in(self, part: Part, *, first: int, last: int) -> npt.NDArray[np.bool_]:
        """Which of some events are vague and reach beyond the closed window of day numbers."""
        mask: npt.NDArray[np.bool_] = self.vague[part] & (
            (self.start[part] < first) | (self.end[part] > last)
        )
        return mask

    def figures(self, part: Part) -> npt.NDArray[np.int64]:
        """What can be summed over some events: a row for each of ``FIGURES``, a column for each event.

        A missing bound of the dead is taken from the event's other figures.
        """
        low, best, high = self.low[part], self.best[part], self.high[part]
        lowest, highest = np.where(low == NO_FIGURE, best, low), np.where(high == NO_FIGURE, best, high)
        highest = np.where(highest == NO_FIGURE, low, highest)
        silent = highest == NO_FIGURE  # the last figure that it is taken from
        pinned = self.pinned_in(part)
        rows = {
            "events": 1,
            "low": np.maximum(lowest, 0),
            "best": np.maximum(best, 0),
            "high": np.maximum(highest, 0),
            "without_best": (best == NO_FIGURE) & ~silent,
            "without_figures": silent,
            "unplaced": ~pinned & (self.area[part] < 0),
            "pinned": pinned,
            "vague": self.vague[part],
        }
        made = np.empty((len(FIGURES), len(low)), np.int64)
        for position, name in enumerate(FIGURES):
            made[position] = rows[name]
        return made


ARRAYS = tuple(field.name for field in fields(EventColumns) if field.name != "longest")


def event_columns(
    frame: pd.DataFrame,
    situation: Situation,
    party_codes: Sequence[str],
    area_places: Sequence[str],
    *,
    units_at: UnitsAt | None = None,
) -> EventColumns:
    """The numeric columns of a frame of events."""
    cells = [[plain(value) for value in frame[name].tolist()] for name in CELLS]
    return columns_of_batches([cells], situation, party_codes, AreaNumbers(area_places, units_at))


def columns_of_batches(
    batches: Iterable[Sequence[Sequence[Any]]],
    situation: Situation,
    party_codes: Sequence[str],
    areas: AreaNumbers,
) -> EventColumns:
    """The numeric columns of events that come batch by batch, as columns of :data:`CELLS`."""
    coder = _Coder(situation, party_codes, areas)
    parts = [coder.arrays(batch) for batch in batches]
    if not parts:
        parts = [coder.arrays([[] for _ in CELLS])]
    return _sorted({name: np.concatenate([part[name] for part in parts]) for name in ARRAYS})


def merged(old: EventColumns, new: EventColumns, gone: set[str]) -> EventColumns:
    """The old events without those that are gone, and with the new ones in their places."""
    stays = np.fromiter((event_id not in gone for event_id in old.ids), np.bool_, len(old.ids))
    ids, start = old.ids[stays], old.start[stays]
    first = np.searchsorted(start, new.start, side="left")
    last = np.searchsorted(start, new.start, side="right")
    # Among the events of one day the order is that of the ids.
    places = [bisect_left(ids, new.ids[n], int(first[n]), int(last[n])) for n in range(len(new.ids))]
    made = {name: np.insert(getattr(old, name)[stays], places, getattr(new, name)) for name in ARRAYS}
    return EventColumns(**made, longest=_longest(made))


def vague_span(day: date, precision: int) -> tuple[int, int]:
    """First and last day number of the week (2), month (3) or year (4) that one day stands for."""
    if precision == 2:
        return day_number(day) - 3, day_number(day) + 3
    if precision == 3:
        last = monthrange(day.year, day.month)[1]
        return day_number(day.replace(day=1)), day_number(day.replace(day=last))
    return day_number(date(day.year, 1, 1)), day_number(date(day.year, 12, 31))


class _Memo(dict[Key, Value], Generic[Key, Value]):
    """What a function made of each value so far: days, types and actors repeat by the thousand."""

    def __init__(self, make: Callable[[Key], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Key) -> Value:
        value = self[key] = self._make(key)
        return value


class _Coder:
    """Turns cells into numbers, batch by batch."""

    def __init__(self, situation: Situation, party_codes: Sequence[str], areas: AreaNumbers) -> None:
        bits = {code: 1 << position for position, code in enumerate(party_codes)}
        self._spans: _Memo[tuple[str, str, int | None], tuple[int, int, bool]] = _Memo(_span)
        self._types = _positions(vocab.codes(vocab.EVENT_TYPES))
        self._confidences = _positions(vocab.codes(vocab.CONFIDENCES))
        self._areas = areas
        self._masks: _Memo[tuple[str, str], int] = _Memo(
            lambda actors: sum(bits[code] for code in situation.parties_of(";".join(actors)))
        )

    def arrays(self, cells: Sequence[Sequence[Any]]) -> dict[str, npt.NDArray[Any]]:
        """The arrays of one batch, in its order."""
        column = dict(zip(CELLS, cells, strict=True))
        count = len(column["event_id"])
        spans = map(
            self._spans.__getitem__,
            zip(column["event_date"], column["date_end"], column["time_precision"], strict=True),
        )
        start, end, vague = np.fromiter(chain.from_iterable(spans), np.int32, 3 * count).reshape(count, 3).T
        masks = map(self._masks.__getitem__, zip(column["actor1"], column["actor2"], strict=True))
        precision = np.fromiter((p or 0 for p in column["geo_precision"]), np.uint8, count)
        lon = np.array(column["lon"], np.float64)  # None becomes NaN
        lat = np.array(column["lat"], np.float64)
        ids = np.empty(count, object)
        ids[:] = column["event_id"]
        return {
            "ids": ids,
            "start": start,
            "end": end,
            "vague": vague.astype(np.bool_),
            "type": _codes(self._types, column["event_type"]),
            "confidence": _codes(self._confidences, column["confidence"]),
            "parties": np.fromiter(masks, np.uint32, count),
            "lon": lon,
            "lat": lat,
            "precision": precision,
            "area": self._areas.of(column["place_id"], precision, column["where_prec"], lon, lat),
            "low": _figures(column["fatalities_low"]),
            "best": _figures(column["fatalities_best"]),
            "high": _figures(column["fatalities_high"]),
        }


def _sorted(made: dict[str, npt.NDArray[Any]]) -> EventColumns:
    """The columns in the order of the first day, then of the id."""
    ids = made["ids"]
    if all(before <= after for before, after in pairwise(ids)):
        order = np.argsort(made["start"], kind="stable")  # a store gives rows in the order of their ids
    else:
        by_id = np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int64)
        order = by_id[np.argsort(made["start"][by_id], kind="stable")]
    for name in ARRAYS:  # one at a time: both orders of everything at once would take twice the memory
        made[name] = made[name][order]
    return EventColumns(**made, longest=_longest(made))


def _longest(made: dict[str, npt.NDArray[Any]]) -> int:
    return int((made["end"] - made["start"]).max(initial=0))


def _span(days: tuple[str, str, int | None]) -> tuple[int, int, bool]:
    """First and last day on which an event may have happened, and whether the day in it is unknown.

    A week, month or year given by one day and no end is that whole week (the day in its middle, as
    ACLED codes it), month or year: otherwise a guess of the coder would stand as the day itself.
    """
    first, last, precision = days
    vague = (precision or 1) > 1
    if not first:
        return 0, day_number(parse_day(last)) if last else 0, vague
    day = parse_day(first)
    if last:
        return day_number(day), day_number(parse_day(last)), vague
    if precision in {2, 3, 4}:
        return *vague_span(day, precision), vague
    return day_number(day), day_number(day), vague


def _positions(codes: Sequence[str]) -> dict[str, int]:
    return {code: position for position, code in enumerate(codes)}


def _codes(known: dict[str, int], cells: Sequence[str]) -> Codes:
    return np.fromiter((known.get(cell, NOT_STATED) for cell in cells), np.uint8, len(cells))


def _figures(cells: Sequence[int | None]) -> Figures:
    return np.fromiter((NO_FIGURE if cell is None else cell for cell in cells), np.int32, len(cells))
