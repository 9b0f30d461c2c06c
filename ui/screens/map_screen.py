"""The map page: filters, the map with its time bar, and the figures of what it shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo import vocab
from geo.interval import minute_text, plausible_day
from geo.snapshot import Snapshot
from geo.view import LAYERS, Filters, ViewState
from geo.workflows.figures import last_day, snapshot_of_view
from geo.workflows.panel import panel_data
from ui import state
from ui.api import frame_data
from ui.components import map_component, panel_component
from ui.desk import desk
from ui.screens.briefing import briefing_button
from ui.screens.edit import edit_button
from ui.screens.export import export_button
from ui.text import plain
from ui.watch import watch

MAP, PANEL, DAY, MODE, DAYS = "map", "panel", "day", "mode", "days"
WRONG_DAY = "wrong_day"
LAYER_LABELS = {
    "zones": "Control zones",
    "presence": "Peacekeeping areas",
    "lines": "Control lines",
    "posts": "Posts",
    "events": "Events",
    "boundaries": "District lines",
    "labels": "Place names",
}
MODE_LABELS = {"day": "of the day", "window": "of the last days", "since": "up to the day"}


def page() -> None:
    """Draw the page."""
    state.open_view()
    for notice in state.notices():
        st.warning(plain(notice))
    with st.sidebar:
        _filters(state.view())
    _map_and_figures()


def _filters(view: ViewState) -> None:
    parties = {code: desk().situation.party(code).label for code in desk().model().party_codes}
    st.session_state.setdefault("layers", [layer for layer in LAYERS if layer not in view.hidden])
    layers = st.pills(
        "Layers",
        LAYERS,
        format_func=LAYER_LABELS.get,
        selection_mode="multi",
        key="layers",
        on_change=state.acted,
    )
    filters = Filters(
        types=_choice("Event types", "types", vocab.labels(vocab.EVENT_TYPES), view.filters.types),
        parties=_choice("Parties", "parties", parties, view.filters.parties),
        confidences=_choice(
            "Confidence", "confidences", vocab.labels(vocab.CONFIDENCES), view.filters.confidences
        ),
    )
    state.keep(state.with_filters(view, filters, frozenset(LAYERS) - frozenset(layers)))


def _choice(label: str, key: str, options: dict[str, str], chosen: frozenset[str]) -> frozenset[str]:
    st.session_state.setdefault(key, [code for code in options if code in chosen])
    return frozenset(
        st.multiselect(
            label, options, format_func=options.__getitem__, placeholder="All", key=key, on_change=state.acted
        )
    )


@st.fragment
def _map_and_figures() -> None:
    """The part that follows the map: moving time runs this and nothing else."""
    model = desk().model(state.view().known)
    _take_browser(model.events.ids)
    view = state.view()
    as_of = view.as_of or last_day(model, fallback=desk().situation.last_day)
    snapshot = snapshot_of_view(desk(), replace(view, as_of=as_of), revision=model.revision)
    picked = _index_of(view.picked, model.events.ids)
    header = st.container()
    _known_notice(view)
    left, right = st.columns([0.74, 0.26], gap="small")
    with left:
        map_component(
            key=MAP,
            data=_map_data(view, as_of, picked, snapshot.revision),
            on_view_change=lambda: None,
            on_figures_change=lambda: None,
        )
    with right:
        result = panel_component(
            key=PANEL, data=panel_data(desk(), snapshot, picked=picked), on_pick_change=lambda: None
        )
    with header:
        _header(view, as_of, snapshot)
    watch(model.revision, follow=view.known is None)
    state.keep(view)
    state.settled()
    if result.pick is not None and result.pick != picked:
        state.command(replace(view, picked=str(model.events.ids[int(result.pick)])))
        st.rerun(scope="fragment")


def _take_browser(ids: Any) -> None:
    """What the map reported since, unless the page has commanded something newer."""
    said = st.session_state.get(MAP, {}).get("view")
    if said and said["stamp"] == state.stamp() and said != st.session_state.get("said"):
        st.session_state["said"] = said
        state.acted()
        index = int(said["picked"])
        picked = str(ids[index]) if 0 <= index < len(ids) else ""
        st.session_state[state.BBOX] = said["bbox"]
        st.session_state[state.VIEW] = state.from_browser(state.view(), said, picked=picked)


def _header(view: ViewState, as_of: date, snapshot: Snapshot) -> None:
    """The title, the briefing, and the time bar's choices as plain widgets, for typing and without a mouse."""
    st.session_state[DAY] = as_of.isoformat()
    st.session_state[MODE], st.session_state[DAYS] = view.mode, view.days
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
        if view.picked and view.known is None:
            edit_button(view.picked)
        export_button(as_of, is_past=view.known is not None)
        briefing_button(view, snapshot)


def _known_notice(view: ViewState) -> None:
    """Say plainly when the map shows an earlier state of knowledge."""
    if view.known is None:
        return
    entry = desk().store.history(before=view.known + 1, limit=1)[0]
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


def _command() -> None:
    state.acted()
    try:
        as_of = plausible_day(st.session_state[DAY].strip())
    except ValueError as error:
        st.session_state[WRONG_DAY] = f"{error}: write it like 2020-11-10."
        return
    state.command(
        replace(state.view(), as_of=as_of, mode=st.session_state[MODE], days=st.session_state[DAYS])
    )


def _index_of(event_id: str, ids: Any) -> int:
    found = (ids == event_id).nonzero()[0] if event_id else []
    return int(found[0]) if len(found) else -1


def _map_data(view: ViewState, as_of: date, picked: int, revision: int) -> dict[str, Any]:
    return frame_data(revision) | {
        "title": "Map with time bar",
        "view": {
            "stamp": state.stamp(),
            "as_of": as_of.isoformat(),
            "mode": view.mode,
            "days": view.days,
            "start": view.start.isoformat() if view.start else None,
            "centre": list(view.centre) if view.centre else None,
            "picked": picked,
            "hidden": sorted(view.hidden),
            "area": [list(corner) for corner in view.filters.area] or None,
            "versus": view.versus.isoformat() if view.versus else None,
            "display": view.display,
            "colour": view.colour,
            "filters": {
                "types": sorted(view.filters.types),
                "parties": sorted(view.filters.parties),
                "confidences": sorted(view.filters.confidences),
            },
        },
    }


page()
