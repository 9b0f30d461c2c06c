"""The events of a window: their figures at once, which ones they are when somebody asks."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo import vocab
from geo.interval import overlaps_window
from geo.ring import Ring, inside_ring
from geo.store.eventsums import EVENTS, FIGURES, Groups, Numbers, Part, first_at
from geo.store.readmodel import EventColumns, ReadModel
from geo.view import Filters

Positions = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
STEP = 4_096
"""Events looked at together on the way back from the newest; each further step is twice as long."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a window: ``sums`` in the order of ``FIGURES``, events by position of their type, possible ones."""

    sums: tuple[int, ...]
    by_type: Numbers
    possible: int

    def __getitem__(self, name: str) -> int:
        return self.sums[FIGURES.index(name)]


class EventWindow:
    """Events whose span meets the closed window ``[first, last]`` of day numbers and that pass the filters.

    ``chosen`` tells which groups of the columns' sums pass; ``area`` wants a point in it, if it is given.
    """

    def __init__(self, columns: EventColumns, first: int, last: int, chosen: Mask, area: Ring = ()) -> None:
        self.columns, self.first, self.last, self.chosen, self.area = columns, first, last, chosen, area

    def without_events(self) -> "EventWindow":
        """The same window for somebody who wants to see no event."""
        return EventWindow(self.columns, self.first, self.last, np.zeros_like(self.chosen))

    @cached_property
    def events(self) -> Positions:
        """Positions in the columns, in the order of the first day."""
        lower, upper = self.bounds
        found = np.flatnonzero(self._keeps(slice(lower, upper))) + lower
        return _inside(self.columns, found, self.area) if self.area else found

    @cached_property
    def possible(self) -> Mask:
        """Which of them are vague and reach beyond the window."""
        return self._possible(self.events)

    @cached_property
    def figures(self) -> Figures:
        """What is counted and summed over them."""
        if self.area:
            return self._figures_of_positions()
        sums = self.columns.sums
        totals = sums.totals(self.first, self.last)[self.chosen]
        types = sums.groups.type[self.chosen]
        return Figures(
            sums=tuple(totals.sum(axis=0).tolist()),
            by_type=np.bincount(types, totals[:, EVENTS], minlength=256).astype(np.int64),
            possible=sums.possible(self.first, self.last, self.chosen),
        )

    def newest(self, most: int) -> tuple[Positions, Mask]:
        """The events that began last, newest first, and which of them are possible ones only."""
        found = self._newest(most) if "events" not in vars(self) and not self.area else self.events
        newest = found[::-1][:most]
        return newest, self._possible(newest)

    def among(self, positions: Positions) -> Positions:
        """Those of some events that are in the window."""
        found = positions[self._keeps(positions)]
        return _inside(self.columns, found, self.area) if self.area else found

    def _newest(self, most: int) -> Positions:
        """At least that many events from the end of the window, or all."""
        lower, upper = self.bounds
        wanted, step = min(most, self.figures["events"]), STEP
        parts = [np.empty(0, np.int64)]
        while wanted > sum(map(len, parts)):
            begin = max(lower, upper - step)
            parts.append(np.flatnonzero(self._keeps(slice(begin, upper))) + begin)
            upper, step = begin, 2 * step
        return np.concatenate(parts[::-1])

    @property
    def bounds(self) -> tuple[int, int]:
        """Events outside these positions cannot meet the window."""
        start = self.columns.start
        return first_at(start, self.first - self.columns.longest), first_at(start, self.last + 1)

    def _keeps(self, part: Part) -> Mask:
        """Which of some events meet the window and pass the filters."""
        start, end = self.columns.start[part], self.columns.end[part]
        keep: Mask = overlaps_window(self.first, self.last, start=start, end=end)
        if not self.chosen.all():
            keep &= self.chosen[self.columns.sums.groups.of[part]]
        return keep

    def _possible(self, events: Positions) -> Mask:
        return self.columns.possible_in(events, first=self.first, last=self.last)

    def _figures_of_positions(self) -> Figures:
        types = np.bincount(self.columns.type[self.events], minlength=256)
        sums = self.columns.figures(self.events).sum(axis=1)
        return Figures(tuple(sums.tolist()), types, int(self.possible.sum()))


def event_window(model: ReadModel, *, first: int, last: int, filters: Filters) -> EventWindow:
    """The window of a read model's events that filters ask for."""
    chosen = _passing(model.events.sums.groups, filters, model.party_codes)
    return EventWindow(model.events, first, last, chosen, filters.area)


def events_in(model: ReadModel, *, first: int, last: int, filters: Filters) -> Positions:
    """Positions of the events whose span meets the closed window of day numbers and that pass the filters."""
    return event_window(model, first=first, last=last, filters=filters).events


def _passing(groups: Groups, filters: Filters, party_codes: tuple[str, ...]) -> Mask:
    passing = np.ones(len(groups), np.bool_)
    if filters.types:
        passing &= np.isin(groups.type, _codes(vocab.EVENT_TYPES, filters.types))
    if filters.confidences:
        passing &= np.isin(groups.confidence, _codes(vocab.CONFIDENCES, filters.confidences))
    if filters.parties:
        bits = sum(1 << n for n, code in enumerate(party_codes) if code in filters.parties)
        passing &= (groups.parties & np.uint32(bits)) != 0
    return passing


def _codes(terms: tuple[vocab.Term, ...], wanted: frozenset[str]) -> list[int]:
    return [position for position, term in enumerate(terms) if term.code in wanted]


def _inside(columns: EventColumns, events: Positions, ring: Ring) -> Positions:
    """Those of the events that have a point in the ring, by the same rule as the map's."""
    pinned = events[columns.pinned_in(events)]
    return pinned[inside_ring(ring, lon=columns.lon[pinned], lat=columns.lat[pinned])]
