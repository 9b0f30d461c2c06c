"""Events and deaths summed by period, type or unit, without a loop over events."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import vocab
from geo.snapshot import Positions
from geo.statistics.periods import Unit, first_days, ordinals
from geo.store.eventsums import FIGURES
from geo.store.readmodel import NO_FIGURE, EventColumns

Groups = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
SUMS = (
    "events", "possible", "fatalities_low", "fatalities_best", "fatalities_high", "without_best", "without_figures",
)  # fmt: skip
"""Columns that every table of sums has; a figure is missing where no event of the row has it."""
_NOT_STATED = vocab.codes(vocab.EVENT_TYPES).index("not_stated")


@dataclass(frozen=True, slots=True)
class Window:
    """The closed span of day numbers whose events are counted."""

    first: int
    last: int

    @classmethod
    def of(cls, columns: EventColumns, events: Positions, *, first: int, last: int) -> "Window":
        """The window, begun where its first event begins: "all events so far" has no first day of its own."""
        earliest = int(columns.start[events].min()) if len(events) else last
        return cls(max(first, min(earliest, last)), last)


def by_period_and_type(
    columns: EventColumns, events: Positions, *, window: Window, unit: Unit
) -> pd.DataFrame:
    """One row for each period and type that has events: ``start``, ``end`` (day numbers), ``type``, sums.

    An event counts once, in the first period of the window that it meets; it is also ``possible`` there when
    its day is not known and it may as well lie in another period or outside the window.
    """
    periods = ordinals(np.clip(columns.start[events], window.first, window.last), unit)
    possible = columns.possible_in(events, first=window.first, last=window.last) | (
        columns.vague[events] & (ordinals(columns.end[events], unit) != periods)
    )
    keys, group = np.unique(periods * 256 + types_of(columns, events), return_inverse=True)
    number, event_type = np.divmod(keys, 256)
    return pd.DataFrame(
        {
            "start": first_days(number, unit),
            "end": first_days(number + 1, unit),
            "type": np.array(vocab.codes(vocab.EVENT_TYPES), object)[event_type],
            **sums(columns, events, group=group, size=len(keys), possible=possible),
        }
    )


def by_group(
    columns: EventColumns, events: Positions, *, group: Groups, size: int, window: Window
) -> pd.DataFrame:
    """The sums of each group, in the order of its number; a number for each event."""
    possible = columns.possible_in(events, first=window.first, last=window.last)
    return pd.DataFrame(sums(columns, events, group=group, size=size, possible=possible))


def types_of(columns: EventColumns, events: Positions) -> npt.NDArray[np.int64]:
    """Position of each event's type in the vocabulary; one that is not in it counts as not stated."""
    found = columns.type[events].astype(np.int64)
    return np.where(found < len(vocab.EVENT_TYPES), found, _NOT_STATED)


def sums(
    columns: EventColumns, events: Positions, *, group: Groups, size: int, possible: Mask
) -> dict[str, pd.Series]:
    """The columns of :data:`SUMS`, by the rules of :class:`geo.snapshot.Fatalities`."""
    figures = dict(zip(FIGURES, columns.figures(events), strict=True))
    has_best, silent = columns.best[events] != NO_FIGURE, figures["without_figures"] > 0
    has_lowest = has_best | (columns.low[events] != NO_FIGURE)

    def count(mask: Mask) -> pd.Series:
        return pd.Series(np.bincount(group[mask], minlength=size), dtype="Int64")

    def total(name: str, mask: Mask) -> pd.Series:
        added = np.bincount(group[mask], weights=figures[name][mask], minlength=size)
        return pd.Series(added.astype(np.int64), dtype="Int64").mask(count(mask) == 0)

    return dict(
        zip(
            SUMS,
            (
                count(np.ones(len(events), np.bool_)),
                count(possible),
                total("low", has_lowest),
                total("best", has_best),
                total("high", ~silent),
                count(figures["without_best"] > 0),
                count(silent),
            ),
            strict=True,
        )
    )
