"""The map page: filters, the map with its time bar, and the figures of what it shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo.interval import minute_text, plausible_day
from geo.snapshot import Snapshot
from geo.store.readmodel import ReadModel
from geo.view import ViewState
from geo.workflows.comparing import compared, comparison_panel
from geo.workflows.figures import last_day, snapshot_of_view
from geo.workflows.learnt import learnt_since
from geo.workflows.panel import panel_data
from ui import state
from ui.components import link_component, map_component, panel_component
from ui.desk import desk
from ui.mapdata import map_data, position_of
from ui.screens.briefing import briefing_button
from ui.screens.edit import edit_button
from ui.screens.export import export_button
from ui.screens.map_choices import choices
from ui.text import counted, plain
from ui.watch import watch

MAP, PANEL, DAY, MODE, DAYS, START, STATS = "map", "panel", "day", "mode", "days", "start", "stats"
WRONG_DAY = "wrong_day"
LINK_WORDS = {"label": "Copy link", "copied": "Copied", "field": "Link to this view"}
MODE_LABELS = {"day": "of the day", "window": "of the last days", "since": "up to the day"}


def page() -> None:
    """Draw the page."""
    state.open_view()
    for notice in state.notices():
        st.warning(plain(notice))
    with st.sidebar:
        choices(state.view())
    _map_and_figures()


@st.fragment
def _map_and_figures() -> None:
    """The part that follows the map: moving time runs this and nothing else."""
    model = desk().model(state.view().known)
    _take_browser(model)
    view = state.view()
    as_of = view.as_of or last_day(model, fallback=desk().situation.last_day)
    snapshot = snapshot_of_view(desk(), replace(view, as_of=as_of), revision=model.revision)
    picked = position_of(view.picked, model.events.ids)
    _header(view, as_of, snapshot)  # before the map, which would else be pushed down under somebody's hand
    _known_notice(view, snapshot)
    left, right = st.columns([0.74, 0.26], gap="small")
    with left:
        about = _map(view, as_of, picked, snapshot.revision).figures
    with right:
        figures = panel_data(
            desk(), snapshot, picked=picked, comparison=_comparison(view, as_of, model.revision)
        )
        result = panel_component(key=PANEL, data=figures, on_pick_change=lambda: None)
    _statistics(view, as_of, snapshot)
    if about is not None:
        from ui.screens.figures import figures_dialog  # noqa: PLC0415  (the drawing library)

        figures_dialog(about, view, as_of)
    watch(model.revision, follow=view.known is None)
    state.keep(view)
    state.settled()
    if result.pick is not None and result.pick != picked:
        state.command(replace(view, picked=str(model.events.ids[int(result.pick)])))
        st.rerun(scope="fragment")


def _statistics(view: ViewState, as_of: date, snapshot: Snapshot) -> None:
    """Charts below the map; hidden they cost nothing."""
    st.session_state[STATS] = view.stats
    st.toggle("Statistics", key=STATS, on_change=_show_statistics)
    if view.stats:
        from ui.screens.statistics import statistics  # noqa: PLC0415  (the drawing library)

        statistics(view, as_of, snapshot)


def _show_statistics() -> None:
    state.acted()
    state.keep(replace(state.view(), stats=st.session_state[STATS]))


def _comparison(view: ViewState, as_of: date, revision: int) -> dict[str, Any] | None:
    """What changed between the day shown and the day compared with, whichever is earlier."""
    if view.versus is None or view.versus == as_of:
        return None
    first, second = sorted((view.versus, as_of))
    found = compared(desk(), first, second, revision=revision, filters=view.filters)
    return comparison_panel(found, desk().situation)


def _map(view: ViewState, as_of: date, picked: int, revision: int) -> Any:
    return map_component(
        key=MAP,
        data=map_data(view, as_of=as_of, picked=picked, revision=revision, stamp=state.stamp()),
        on_view_change=lambda: None,
        on_figures_change=lambda: None,
    )


def _take_browser(model: ReadModel) -> None:
    """What the map reported since, unless the page has commanded something newer."""
    said = st.session_state.get(MAP, {}).get("view")
    if not said or said["stamp"] != state.stamp() or said == st.session_state.get("said"):
        return
    st.session_state["said"] = said
    state.acted()
    index, ids = int(said["picked"]), model.events.ids
    picked = str(ids[index]) if 0 <= index < len(ids) else ""
    st.session_state[state.BBOX] = said["bbox"]
    before = state.view()
    changed = state.from_browser(before, said, picked=picked, parties=model.party_codes)
    st.session_state[state.VIEW] = changed
    if replace(changed.filters, area=()) != replace(before.filters, area=()):
        state.forget_widgets()  # the fields of the sidebar follow what was pressed in the legend
        st.rerun(scope="app")


def _header(view: ViewState, as_of: date, snapshot: Snapshot) -> None:
    """The title, the briefing, and the time bar's choices as plain widgets, for typing and without a mouse."""
    st.session_state[DAY] = as_of.isoformat()
    st.session_state[MODE], st.session_state[DAYS] = view.mode, view.days
    st.session_state[START] = view.start.isoformat() if view.start else ""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(plain(desk().situation.title), width="stretch", anchor=False)
        # A date_input inside a popover drops what was typed when the popover closes (Streamlit 1.67).
        with st.popover("Set the day", icon=":material/calendar_month:"):
            st.text_input("Day shown (YYYY-MM-DD)", key=DAY, max_chars=10, on_change=_command)
            if wrong := st.session_state.pop(WRONG_DAY, ""):
                st.error(plain(wrong))
            st.selectbox("Events", MODE_LABELS, key=MODE, format_func=MODE_LABELS.get, on_change=_command)
            st.number_input(
                "Days in the window", 1, 36_525, key=DAYS, on_change=_command, disabled=view.mode != "window"
            )
            st.text_input(
                "First day (empty: the beginning)",
                key=START,
                max_chars=10,
                on_change=_command,
                disabled=view.mode != "since",
            )
        if view.picked and view.known is None:
            edit_button(view.picked)
        link_component(key="link", data=LINK_WORDS, width="content")
        export_button(snapshot, is_past=view.known is not None)
        briefing_button(view, snapshot)


def _known_notice(view: ViewState, snapshot: Snapshot) -> None:
    """Say plainly when the map shows an earlier state of knowledge, and what was learnt after it."""
    if view.known is None:
        return
    entry = desk().store.history(before=view.known + 1, limit=1)[0]
    learnt = learnt_since(desk(), view.known, first=snapshot.first, last=snapshot.as_of)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.warning(
            plain(
                f"As known on {minute_text(entry.recorded_at)}, after change {entry.seq} "
                f"({entry.action} by {entry.recorded_by}). What was learnt since is not shown."
            )
        )
        if st.button("Show what is known now"):
            state.command(replace(view, known=None))
            state.acted()
            st.rerun()
    with st.expander(f"Learnt since: {counted(len(learnt.changes), 'change')}"):
        for line in learnt.changes:
            st.caption(plain(line))
        st.markdown(plain(f"Events of these days that came or changed since: {learnt.events_total}"))
        for line in learnt.events:
            st.caption(plain(line))


def _command() -> None:
    state.acted()
    try:
        as_of = plausible_day(st.session_state[DAY].strip())
        first = st.session_state[START].strip()
        start = min(plausible_day(first), as_of) if first else None
    except ValueError as error:
        st.session_state[WRONG_DAY] = f"{error}: write it like 2020-11-10."
        return
    mode, days = st.session_state[MODE], st.session_state[DAYS]
    state.command(replace(state.view(), as_of=as_of, mode=mode, days=days, start=start))


page()
