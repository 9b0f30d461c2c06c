"""Events added up beforehand, so that the figures of a window cost the same for any number of events.

What is summed over a closed window is a difference of running totals: all events that began up to its last
day, less those that ended before its first. Totals are kept by group, so that filters only choose groups.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.interval import Days

FIGURES = (
    "events", "low", "best", "high", "without_best", "without_figures", "unplaced", "pinned", "vague",
)  # fmt: skip
"""What is summed, in the order of the rows of :meth:`Columns.figures`."""
EVENTS, VAGUE = FIGURES.index("events"), FIGURES.index("vague")
SMALLEST_BLOCK = 1024
"""Events between two kept totals: what lies between is added up when asked."""
EVENTS_PER_GROUP = 8
"""A block has that many events for each group, so that totals never need more room than the events."""
_TOGETHER = 1 << 18
"""Events whose figures are in memory at once."""
Numbers = npt.NDArray[np.int64]
Positions = npt.NDArray[np.integer[Any]]
Part = slice | Positions


class Columns(Protocol):
    """What is read of the read model's event columns, which are sorted by ``start``."""

    @property
    def start(self) -> Days: ...  # noqa: D102
    @property
    def end(self) -> Days: ...  # noqa: D102
    @property
    def vague(self) -> npt.NDArray[np.bool_]: ...  # noqa: D102
    @property
    def type(self) -> npt.NDArray[np.uint8]: ...  # noqa: D102
    @property
    def confidence(self) -> npt.NDArray[np.uint8]: ...  # noqa: D102
    @property
    def parties(self) -> npt.NDArray[np.uint32]: ...  # noqa: D102

    def figures(self, part: Part) -> Numbers:
        """The figures of some events: a row for each of :data:`FIGURES`, a column for each event."""
        ...


@dataclass(frozen=True, slots=True)
class Groups:
    """Events alike in everything that filters ask for: ``of`` is the group of each event."""

    of: npt.NDArray[np.integer[Any]]
    type: npt.NDArray[np.uint8]
    confidence: npt.NDArray[np.uint8]
    parties: npt.NDArray[np.uint32]

    def __len__(self) -> int:
        return len(self.type)


class EventSums:
    """Running totals of all events; the answers are exact.

    Of the events that last one day the two sums of a window share one running total, so that only those
    that last longer are kept in both orders.
    """

    def __init__(self, columns: Columns) -> None:
        longer = np.flatnonzero(columns.end > columns.start).astype(np.int32)
        by_end = longer[np.argsort(columns.end[longer], kind="stable")]
        self.groups = _groups(columns)
        self._started = _Running(columns, self.groups, columns.start, None)
        self._longer_started = _Running(columns, self.groups, columns.start[longer], longer)
        self._longer_ended = _Running(columns, self.groups, columns.end[by_end], by_end)
        vague = longer[columns.vague[longer]]
        self._vague_start, self._vague_end = columns.start[vague], columns.end[vague]
        self._vague_group = self.groups.of[vague]
        self._vague_longest = int((self._vague_end - self._vague_start).max(initial=0))

    def totals(self, first: int, last: int) -> Numbers:
        """Sums over the events whose span meets the closed window: a row a group, a column a figure."""
        return (
            self._started.up_to(last)
            - self._started.up_to(first - 1)
            + self._longer_started.up_to(first - 1)
            - self._longer_ended.up_to(first - 1)
        )

    def possible(self, first: int, last: int, chosen: npt.NDArray[np.bool_]) -> int:
        """How many events of the chosen groups are vague and reach beyond the window that they meet."""
        reaching = sum(
            self._longer_started.up_to(day)[chosen, VAGUE].sum()
            - self._longer_ended.up_to(day)[chosen, VAGUE].sum()
            for day in (first - 1, last)
        )
        return int(reaching) - self._reaching_both_ways(first, last, chosen)

    def _reaching_both_ways(self, first: int, last: int, chosen: npt.NDArray[np.bool_]) -> int:
        """Those that begin before the window and end after it: counted twice, at either end."""
        lower = first_at(self._vague_start, first - self._vague_longest)
        upper = first_at(self._vague_start, first)
        beyond = self._vague_end[lower:upper] > last
        return int((chosen[self._vague_group[lower:upper]] & beyond).sum())


class _Running:
    """Totals by group of events in the order of a day, kept at the beginning of each block of events.

    ``order`` gives their positions in the columns; None stands for all, in the columns' own order.
    """

    def __init__(self, columns: Columns, groups: Groups, days: Days, order: Positions | None) -> None:
        self._columns, self._groups, self._days, self._order = columns, groups, days, order
        self._size = max(SMALLEST_BLOCK, EVENTS_PER_GROUP * len(groups))
        self._blocks = self._added_up()

    def up_to(self, day: int) -> Numbers:
        """Totals of the events up to and including a day."""
        count = first_at(self._days, day + 1)
        block, rest = divmod(count, self._size)
        whole: Numbers = self._blocks[block]
        return whole + self._summed(count - rest, count, count)[0] if rest else whole

    def _added_up(self) -> Numbers:
        count, step = len(self._days), max(1, _TOGETHER // self._size) * self._size
        sums = [self._summed(n, min(n + step, count), self._size) for n in range(0, count, step)]
        none = np.zeros((1, len(self._groups), len(FIGURES)), np.int64)
        blocks = np.concatenate([none, *sums])
        return np.cumsum(blocks, axis=0, out=blocks)

    def _summed(self, begin: int, end: int, size: int) -> Numbers:
        """Sums by group of the events from ``begin`` on, for each ``size`` of them."""
        part = slice(begin, end) if self._order is None else self._order[begin:end]
        groups, figures = len(self._groups), len(FIGURES)
        blocks = -(-(end - begin) // size)
        cell = np.arange(end - begin) // size * groups + self._groups.of[part]
        into = cell * figures + np.arange(figures)[:, None]
        # Sums of floats are exact below 2**53, which a block of figures of at most 2**31 does not reach.
        sums = np.bincount(into.ravel(), self._columns.figures(part).ravel(), blocks * groups * figures)
        return sums.astype(np.int64).reshape(blocks, groups, figures)


def _groups(columns: Columns) -> Groups:
    key = columns.parties.astype(np.uint64) << np.uint64(16)
    key |= columns.type.astype(np.uint64) << np.uint64(8) | columns.confidence
    of, found = pd.factorize(key)
    return Groups(
        of=of.astype(np.uint16 if len(found) < 2**16 else np.int32),
        type=(found >> np.uint64(8)).astype(np.uint8),
        confidence=found.astype(np.uint8),
        parties=(found >> np.uint64(16)).astype(np.uint32),
    )


def first_at(days: Days, day: int) -> int:
    """Position of the first of the sorted days that is not before a day."""
    # A number of another type would make numpy copy all days into that type.
    return int(days.searchsorted(np.int32(day)))
