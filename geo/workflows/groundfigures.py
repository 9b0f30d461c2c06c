"""One zone or admin unit over time: events in it, deaths, and who held it when."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import vocab
from geo.interval import day_number
from geo.layers.words import deaths_short
from geo.snapshot import Positions, events_in
from geo.statistics.control import control_steps, cut_out, first_control_day, zone_history
from geo.statistics.counts import Window, by_group, by_period_and_type
from geo.statistics.periods import Unit, fitting_unit
from geo.statistics.units import NO_UNIT, inside
from geo.store.readmodel import ReadModel
from geo.view import Filters
from geo.workflows.desk import Desk
from geo.workflows.statistics import held, worded

NEWEST = 20
MOST_BARS = 120
"""Periods in the small chart of one zone or unit."""
_EVER = (day_number(date.min), day_number(date.max))
Ground = tuple[str, BaseGeometry, npt.NDArray[np.bool_], gpd.GeoDataFrame]
"""Title, outline, which events lie inside, the zone's rows (none for a unit)."""


@dataclass(frozen=True, slots=True)
class GroundFigures:
    """What is known of one zone or unit over time, under the view's filters.

    ``events`` and ``control`` are as in :mod:`geo.workflows.statistics`; ``holders``
    lists the rows of a zone; ``newest`` are its newest events; ``without_point`` counts the events that pass the filters
    and cannot be said to lie inside or outside.
    """

    title: str
    total: pd.Series
    unit: Unit
    events: pd.DataFrame
    control: pd.DataFrame
    holders: pd.DataFrame
    newest: pd.DataFrame
    without_point: int


def ground_figures(
    desk: Desk, about: Any, *, filters: Filters, as_of: date, revision: int | None = None
) -> GroundFigures | None:
    """Everything over time of ``{"kind": "zone", "id"}`` or ``{"kind": "unit", "admin0", "admin1"}``.

    Events of all days count, whatever the window. None when there is no such zone or unit; ``about`` may be
    anything, since a browser sent it.
    """
    model = desk.model(revision)
    found = _ground(desk, model, about)
    if found is None:
        return None
    title, outline, within, own = found
    events = events_in(model, first=_EVER[0], last=_EVER[1], filters=filters)
    here = events[within[events]]
    last = max([day_number(as_of), *model.events.end[here].tolist()])
    window = Window.of(model.events, here, first=_EVER[0], last=last)
    unit = fitting_unit(window.first, last, most=MOST_BARS, finest="month")
    ground = own if (own["kind"] == "control").any() else cut_out(model.zones, outline)
    begun = first_control_day(ground, otherwise=window.first)
    one = np.zeros(len(here), np.int64)
    return GroundFigures(
        title=title,
        total=by_group(model.events, here, group=one, size=1, window=window).iloc[0],
        unit=unit,
        events=worded(by_period_and_type(model.events, here, window=window, unit=unit)),
        control=held(desk, control_steps(ground, first=min(begun, window.first), last=last)),
        holders=_rows_of_zone(desk, own),
        newest=_newest(desk, model, here),
        without_point=int((~model.events.pinned[events]).sum()),
    )


def _ground(desk: Desk, model: ReadModel, about: Any) -> Ground | None:
    match about:
        case {"kind": "zone", "id": str(zone_id)}:
            rows = zone_history(model.zones, zone_id)
            if rows.empty:
                return None
            # The same ground for all days: otherwise a line drawn anew would look like more or fewer events.
            outline = shapely.union_all(shapely.make_valid(rows.geometry.to_numpy()))
            return str(rows["name"].iloc[-1]), outline, inside(model.events, outline), rows
        case {"kind": "unit", "admin0": str(admin0), "admin1": str(admin1)}:
            outlines = desk.unit_outlines
            mine = outlines[(outlines["admin0"] == admin0) & (outlines["admin1"] == admin1)]
            if mine.empty:
                return None
            units = desk.event_units(model.revision)
            number = units.number_of(admin0, admin1)
            within = (units.numbers == number) & (number != NO_UNIT)
            return f"{admin1}, {admin0}", mine.geometry.iloc[0], within, model.zones.iloc[:0]
    return None


def _rows_of_zone(desk: Desk, rows: gpd.GeoDataFrame) -> pd.DataFrame:
    statuses = vocab.labels(vocab.ZONE_STATUSES)
    return pd.DataFrame(
        {
            "From": rows["valid_from"].tolist(),
            "To": rows["valid_to"].tolist(),
            "Held by": [desk.situation.party(party).label if party else "" for party in rows["party"]],
            "Status": [statuses[status] for status in rows["status"]],
        }
    )


def _newest(desk: Desk, model: ReadModel, events: Positions) -> pd.DataFrame:
    """The newest events in words, which are read from the store by id."""
    ids = [str(event_id) for event_id in model.events.ids[events[::-1][:NEWEST]]]
    rows = desk.store.read_rows("events", ids, known_at=model.revision)
    types = vocab.labels(vocab.EVENT_TYPES)
    return pd.DataFrame(
        [
            {
                "Day": row["event_date"] or "not stated",
                "Type": types.get(row["event_type"], "Not stated"),
                "Place": row["toponym"] or "place not stated",
                "Deaths": deaths_short(row["fatalities_low"], row["fatalities_best"], row["fatalities_high"]),
            }
            for row in (rows[event_id] for event_id in ids)
        ],
        columns=["Day", "Type", "Place", "Deaths"],
    )
