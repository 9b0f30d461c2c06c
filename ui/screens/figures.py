"""Figures over time of one zone or admin unit, asked for on its card on the map."""

from datetime import date
from typing import Any

import streamlit as st

from geo.view import ViewState
from geo.workflows.groundfigures import NEWEST, GroundFigures, ground_figures
from geo.workflows.panel import number_words
from geo.workflows.statistics import filter_words
from ui import charts
from ui.desk import desk
from ui.text import counted, plain
from ui.watch import dialog_closed, dialog_opened


def figures_dialog(about: Any, view: ViewState, as_of: date) -> None:
    """Open the dialog; a zone or unit that does not exist, as only a forged frame could ask for, opens nothing."""
    found = ground_figures(desk(), about, filters=view.filters, as_of=as_of, revision=view.known)
    if found is not None:
        dialog_opened()
        _dialog(found, view)


@st.dialog("Figures over time", width="large", on_dismiss=dialog_closed)
def _dialog(found: GroundFigures, view: ViewState) -> None:
    st.subheader(plain(found.title), anchor=False)
    st.markdown(plain(_summary(found)))
    left, right = st.columns(2, gap="medium")
    with left:
        _events(found)
    with right:
        _control(found)
    if found.total["events"] > 0:
        st.caption(f"The newest {NEWEST} events" if found.total["events"] > NEWEST else "Events")
        st.dataframe(found.newest, hide_index=True, width="stretch")
    st.caption(plain(_source(found, view)))


def _events(found: GroundFigures) -> None:
    st.caption(f"Events by {found.unit} and type")
    if found.events.empty:
        st.caption("No event on record here, which does not mean that nothing happened.")
        return
    days = charts.days_of(found.events)
    st.altair_chart(charts.events_chart(found.events, found.unit, days, height=charts.SMALL))
    if found.events["fatalities_high"].notna().any():
        st.caption(
            f"Deaths by {found.unit} and type: best estimates, and lines from the lowest to the highest"
        )
        st.altair_chart(charts.deaths_chart(found.events, found.unit, days, height=charts.SMALL))


def _control(found: GroundFigures) -> None:
    st.caption("Control of this ground")
    if not (found.control["km2"] > 0).any():
        st.caption("No control zone is mapped here.")
    else:
        st.altair_chart(charts.control_chart(found.control, desk().situation, height=charts.SMALL))
    if len(found.holders):
        st.caption("Held by; the last day of a row is the one before its end")
        st.dataframe(found.holders, hide_index=True, width="stretch")


def _summary(found: GroundFigures) -> str:
    """Events and deaths in a line; a figure that nobody published is not 0."""
    total = found.total.dropna()
    events = counted(int(total["events"]), "event")
    if "fatalities_high" not in total:
        return f"{events}; none has figures of deaths." if total["events"] else events
    low, high = int(total.get("fatalities_low", 0)), int(total["fatalities_high"])
    best = f", best estimates {number_words(total['fatalities_best'])}" if "fatalities_best" in total else ""
    silent = (
        f"; {counted(int(total['without_figures']), 'event')} without figures"
        if total["without_figures"]
        else ""
    )
    return f"{events}; deaths {charts.bound_words(low, high)}{best}{silent}."


def _source(found: GroundFigures, view: ViewState) -> str:
    """What was counted: all days, the filters, and what could not be said to lie here."""
    apart = (
        f" {counted(found.without_point, 'event')} without a point can lie here or elsewhere and are not counted."
        if found.without_point
        else ""
    )
    return f"All days on record; {filter_words(desk(), view.filters)}.{apart}"
