"""Statistics below the map: events, deaths and control over time, events by admin unit, each as CSV and PNG."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from geo.interval import day_number, day_of, parse_day
from geo.snapshot import Snapshot
from geo.statistics.periods import UNITS, Unit, first_days, fitting_unit, ordinals, period_words
from geo.view import ViewState
from geo.workflows.panel import number_words
from geo.workflows.statistics import (
    WITHOUT_UNIT,
    caption,
    control_over_time,
    csv_bytes,
    events_by_unit,
    events_over_time,
    window_of_snapshot,
)
from ui import charts, state
from ui.desk import desk
from ui.text import counted as counted_words
from ui.text import plain
from ui.unitmap import units_chart

UNIT, BARS, PICTURE = "stats_unit", "stats_bars", "stats_picture"
AUTO = "auto"
UNIT_LABELS = {AUTO: "Automatic"} | {unit: unit.capitalize() for unit in UNITS}
FEW_BARS, MOST_BARS = 60, 400
"""Periods that we choose on our own, and that one chart can show."""
NOTHING = "No event on record in this window, which does not mean that nothing happened."
NO_GROUND = "No control zone is mapped in this window."
LONGEST_WINDOW = 36_525


@dataclass(frozen=True, slots=True)
class Section:
    """What all charts of one run share; ``drawn`` is the unit that fits a chart, ``rows`` those of the unit asked for."""

    view: ViewState
    snapshot: Snapshot
    days: tuple[int, int]
    drawn: Unit
    counted: pd.DataFrame
    rows: pd.DataFrame
    source: str


def statistics(view: ViewState, as_of: date, snapshot: Snapshot) -> None:
    """Draw the section for the window and filters of the snapshot, which ends on the day shown."""
    window = window_of_snapshot(desk().model(snapshot.revision), snapshot)
    days = (window.first if snapshot.first == date.min else day_number(snapshot.first), day_number(as_of))
    wanted = st.segmented_control(
        "Periods of the charts", [*UNIT_LABELS], default=AUTO, format_func=UNIT_LABELS.get, key=UNIT
    )
    unit: Unit = next((u for u in UNITS if u == wanted), None) or fitting_unit(*days, most=FEW_BARS)
    drawn = fitting_unit(*days, most=MOST_BARS, finest=unit)
    if drawn != unit:
        st.caption(f"Too many {unit}s for one chart: it shows {drawn}s. The CSV has every {unit}.")
    counted = events_over_time(desk(), snapshot, drawn)
    rows = counted if drawn == unit else events_over_time(desk(), snapshot, unit)
    section = Section(view, snapshot, days, drawn, counted, rows, caption(desk(), snapshot))
    for row in ((_events, _deaths), (_control, _units)):
        for column, draw in zip(st.columns(2, gap="medium"), row, strict=True):
            with column:
                draw(section)


def _events(section: Section) -> None:
    """Events by period and type; a click on a bar offers to show that period on the map."""
    title = f"Events by {section.drawn} and type"
    st.subheader(title, anchor=False)
    if section.counted.empty:
        st.caption(NOTHING)
        return
    chart = charts.events_chart(section.counted, section.drawn, section.days)
    st.altair_chart(chart, key=BARS, on_select="rerun", selection_mode=charts.PERIOD)
    _to_map(section.view, section.drawn)
    _foot(section, title, "events", chart)


def _deaths(section: Section) -> None:
    title = f"Deaths by {section.drawn} and type"
    st.subheader(title, anchor=False)
    counted = section.counted
    if not counted["fatalities_high"].notna().any():
        st.caption(
            "No event of this window has figures of deaths; silence is not zero." if len(counted) else NOTHING
        )
        return
    f = section.snapshot.fatalities
    note = (
        f"Bars: best estimates, {number_words(f.best)}. Lines: lowest to highest, {number_words(f.low)} – "
        f"{number_words(f.high)}. Figures but no best estimate: {counted_words(f.without_best, 'event')}; "
        f"no figures: {counted_words(f.without_figures, 'event')}, and silence is not zero."
    )
    chart = charts.deaths_chart(counted, section.drawn, section.days)
    st.altair_chart(chart)
    _foot(section, title, "deaths", chart, note=note)


def _control(section: Section) -> None:
    title = "Control over time"
    st.subheader(title, anchor=False)
    steps = control_over_time(desk(), section.snapshot)
    if steps.empty:
        st.caption(NO_GROUND)
        return
    chart = charts.control_chart(steps, desk().situation)
    st.altair_chart(chart)
    note = "Share of the ground that control zones map on a day. Filters choose events, not ground."
    _foot(section, title, "control", chart, rows=steps, note=note)


def _units(section: Section) -> None:
    title = "Events by admin unit"
    st.subheader(title, anchor=False)
    counted = events_by_unit(desk(), section.snapshot)
    shapes, countries = desk().unit_shapes
    st.altair_chart(units_chart(shapes, countries, counted, dark=_is_dark()))
    chart = units_chart(shapes, countries, counted)  # pictures are light
    _foot(section, title, "units", chart, rows=counted, note=_elsewhere(counted, shapes))


def _elsewhere(counted: pd.DataFrame, shapes: pd.DataFrame) -> str:
    """How many events the map of units does not show, and why; then whose boundaries these are."""
    placed = counted[counted["admin1"] != WITHOUT_UNIT]
    shown = placed.merge(shapes[["admin0", "admin1"]], on=["admin0", "admin1"])["events"].sum()
    beyond = int(placed["events"].sum() - shown)
    apart = int(counted["events"].sum() - placed["events"].sum())
    words = [
        f"In units beyond this map: {number_words(beyond)}." if beyond else "",
        f"Without a unit, since they name a larger area or no place: {number_words(apart)}." if apart else "",
        desk().situation.disclaimer,
    ]
    return " ".join(filter(None, words))


def _is_dark() -> bool:
    theme = st.context.theme
    return bool(theme and theme.type == "dark")


def _foot(
    section: Section, title: str, stem: str, chart: Any, *, rows: pd.DataFrame | None = None, note: str = ""
) -> None:
    """Source and downloads of a chart; ``rows`` are its table where it is another than that of the events."""
    notes = [line for line in (note, f"{section.source}.") if line]
    for line in notes:
        st.caption(plain(line))
    name = f"{desk().situation.name}-{stem}-{section.snapshot.as_of.isoformat()}"
    with st.container(horizontal=True):
        content = csv_bytes(section.rows if rows is None else rows)
        look: dict[str, Any] = {"type": "tertiary", "icon": ":material/download:"}
        st.download_button(
            "CSV", content, f"{name}.csv", "text/csv", key=f"{stem}_csv", on_click="ignore", **look
        )
        _picture(section, title, stem, chart, notes, name)


def _picture(section: Section, title: str, stem: str, chart: Any, notes: list[str], name: str) -> None:
    """A button that draws the picture and, once drawn, the download of it.

    Streamlit can also make a file at the click, but drops it when any page of any person is drawn meanwhile.
    """
    wanted = (stem, section.snapshot.revision, section.source, section.drawn)
    if st.session_state.get(PICTURE, ((), b""))[0] != wanted:
        clicked = st.button("PNG", key=f"{stem}_png", type="tertiary", icon=":material/image:")
        if not clicked:
            return
        situation = desk().situation
        made_by = f"Producer: {situation.producer}"
        heading = f"{situation.title}: {title.lower()}"
        st.session_state[PICTURE] = wanted, charts.picture(chart, title=heading, notes=[*notes, made_by])
        st.rerun(scope="fragment")
    st.download_button(
        "Save the PNG", st.session_state[PICTURE][1], f"{name}.png", "image/png",
        key=f"{stem}_save", on_click="ignore", type="tertiary", icon=":material/download:",
    )  # fmt: skip


def _to_map(view: ViewState, unit: Unit) -> None:
    """Offer to show the period of a clicked bar on the map."""
    chosen = _clicked()
    if chosen is None:
        return
    period = ordinals([day_number(chosen)], unit)
    start, end = first_days(period, unit)[0], first_days(period + 1, unit)[0]
    if st.button(plain(f"Show {period_words(int(start), unit)} on the map"), icon=":material/map:"):
        length = min(int(end - start), LONGEST_WINDOW)
        state.acted()
        state.command(replace(view, as_of=day_of(int(end) - 1), mode="window", days=length))
        st.rerun(scope="fragment")


def _clicked() -> date | None:
    """First day of the period that was clicked; a browser says it, so it may be anything."""
    said = st.session_state.get(BARS)
    try:
        return parse_day(said["selection"][charts.PERIOD][0]["period_start"])
    except (KeyError, IndexError, TypeError, ValueError):
        return None
