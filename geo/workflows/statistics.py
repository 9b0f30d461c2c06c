"""Figures over time and by admin unit, as tables with plain column names: charts and CSV files are made of them."""

from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import vocab
from geo.formula import guarded
from geo.interval import day_number
from geo.snapshot import Snapshot
from geo.statistics.control import control_steps, first_control_day
from geo.statistics.counts import Window, by_group, by_period_and_type
from geo.statistics.periods import Unit
from geo.statistics.units import NO_UNIT
from geo.store.readmodel import ReadModel
from geo.view import Filters
from geo.workflows.comparing import holder_label
from geo.workflows.desk import Desk
from geo.workflows.panel import day_words, number_words

WITHOUT_UNIT = "without a unit"


def window_of_snapshot(model: ReadModel, snapshot: Snapshot) -> Window:
    """The snapshot's window in day numbers; "all events so far" begins with its first event."""
    first, last = day_number(snapshot.first), day_number(snapshot.as_of)
    return Window.of(model.events, snapshot.events, first=first, last=last)


def events_over_time(desk: Desk, snapshot: Snapshot, unit: Unit) -> pd.DataFrame:
    """Events and deaths of a snapshot by period and type; days are ISO texts, ``next_period`` is exclusive."""
    model = desk.model(snapshot.revision)
    window = window_of_snapshot(model, snapshot)
    return worded(by_period_and_type(model.events, snapshot.events, window=window, unit=unit))


def control_over_time(desk: Desk, snapshot: Snapshot) -> pd.DataFrame:
    """km2 and share of each holder in the snapshot's window, one row for each step in which nothing changes.

    "All events so far" begins with the first event or the first day of a control zone, whichever is earlier.
    """
    model = desk.model(snapshot.revision)
    first, last = day_number(snapshot.first), day_number(snapshot.as_of)
    if snapshot.first == date.min:
        begun = window_of_snapshot(model, snapshot).first
        first = min(begun, first_control_day(model.zones, otherwise=begun), last)
    return held(desk, control_steps(model.zones, first=first, last=last))


def events_by_unit(desk: Desk, snapshot: Snapshot) -> pd.DataFrame:
    """Events and deaths of a snapshot by admin unit, most events first; those that lie in none stand last.

    Units without an event are left out: no report is not the same as nothing happened.
    """
    model = desk.model(snapshot.revision)
    units = desk.event_units(snapshot.revision)
    counted = by_group(
        model.events,
        snapshot.events,
        group=units.numbers[snapshot.events] - NO_UNIT,  # so that those without a unit are group 0
        size=len(units.names) + 1,
        window=window_of_snapshot(model, snapshot),
    )
    inside_one = pd.concat([units.names, counted.iloc[1:].reset_index(drop=True)], axis=1)
    found = inside_one[inside_one["events"] > 0].sort_values(
        ["events", "admin0", "admin1"], ascending=[False, True, True]
    )
    rest = counted.iloc[:1].assign(admin0="", admin1=WITHOUT_UNIT)
    made = pd.concat([found, rest[rest["events"] > 0]], ignore_index=True)
    areas = desk.unit_outlines[["admin0", "admin1", "km2"]]
    return made.merge(pd.DataFrame(areas), how="left", on=["admin0", "admin1"])


def caption(desk: Desk, snapshot: Snapshot) -> str:
    """As of when, which window, which filters, how many events: what stands under every chart."""
    days = f"up to {day_words(snapshot.as_of)}"
    if snapshot.first != date.min:
        days = f"{day_words(snapshot.first)} to {day_words(snapshot.as_of)}"
    possible = int(snapshot.possible.sum())
    count = f"{number_words(len(snapshot.events))} events" + (
        f", {number_words(possible)} of them possible" if possible else ""
    )
    return "; ".join(
        [f"As of {day_words(snapshot.as_of)}", f"events {days}", filter_words(desk, snapshot.filters), count]
    )


def filter_words(desk: Desk, filters: Filters) -> str:
    """The filters in a line; "no filter" when all events are wanted."""
    types, grades = vocab.labels(vocab.EVENT_TYPES), vocab.labels(vocab.CONFIDENCES)
    parts = [
        ("types", [types[code] for code in sorted(filters.types)]),
        ("parties", [desk.situation.party(code).label for code in sorted(filters.parties)]),
        ("confidence", [grades[code] for code in sorted(filters.confidences)]),
    ]
    said = [f"{name}: {', '.join(chosen)}" for name, chosen in parts if chosen]
    return (
        "; ".join([*said, *(["inside the selected part of the map"] if filters.area else [])]) or "no filter"
    )


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The table as CSV in UTF-8: a header, missing figures empty, no text that a spreadsheet would run."""
    texts = [
        str(name)
        for name in frame
        if frame[name].dtype == object or isinstance(frame[name].dtype, pd.StringDtype)
    ]
    safe = frame.assign(**{name: frame[name].map(guarded, na_action="ignore") for name in texts})
    return safe.to_csv(index=False, lineterminator="\n").encode()


def worded(counted: pd.DataFrame) -> pd.DataFrame:
    """Periods as ISO days, types with their label and family."""
    terms = {term.code: term for term in vocab.EVENT_TYPES}
    words = {
        "period_start": _iso(counted["start"]),
        "next_period": _iso(counted["end"]),
        "event_type": counted["type"],
        "label": counted["type"].map(lambda code: terms[code].label),
        "family": counted["type"].map(lambda code: terms[code].acled or "Not stated"),
    }
    return pd.concat([pd.DataFrame(words), counted.drop(columns=["start", "end", "type"])], axis=1)


def held(desk: Desk, steps: pd.DataFrame) -> pd.DataFrame:
    """Steps as ISO days, holders with their label."""
    return pd.DataFrame(
        {
            "valid_from": _iso(steps["start"]),
            "valid_to": _iso(steps["end"]),
            "holder": steps["holder"],
            "label": steps["holder"].map(lambda holder: holder_label(holder, desk.situation)),
            "km2": steps["km2"].astype(float).round(1),
            "share": steps["share"].astype(float).round(4),
        }
    )


def _iso(days: pd.Series) -> npt.NDArray[np.object_]:
    texts = np.datetime_as_string(days.to_numpy(np.int64).astype("datetime64[D]"))
    return np.asarray(texts, object)
