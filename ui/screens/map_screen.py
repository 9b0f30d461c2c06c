"""The map page: filters, the map with its time bar, and the figures of what it shows."""

from dataclasses import replace
from datetime import date
from typing import Any

import streamlit as st

from geo import vocab
from geo.snapshot import Snapshot
from geo.view import LAYERS, Filters, ViewState
from geo.workflows.figures import last_day, snapshot_of_view
from geo.workflows.panel import panel_data
from ui import state
from ui.api import base_url, font_url
from ui.components import map_component, panel_component
from ui.desk import desk
from ui.screens.briefing import briefing_button
from ui.text import plain

MAP, PANEL, DAY, MODE, DAYS = "map", "panel", "day", "mode", "days"
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
    for notice in state.notices():
        st.warning(plain(notice))
    with st.sidebar:
        _filters(state.view())
    _map_and_figures()


def _filters(view: ViewState) -> None:
    types, confidences = vocab.labels(vocab.EVENT_TYPES), vocab.labels(vocab.CONFIDENCES)
    parties = {code: desk().situation.party(code).label for code in desk().model().party_codes}
    shown = [layer for layer in LAYERS if layer not in view.hidden]
    layers = st.pills("Layers", LAYERS, default=shown, format_func=LAYER_LABELS.get, selection_mode="multi")
    filters = Filters(
        types=_choice("Event types", types, view.filters.types),
        parties=_choice("Parties", parties, view.filters.parties),
        confidences=_choice("Confidence", confidences, view.filters.confidences),
    )
    state.keep(state.with_filters(view, filters, frozenset(LAYERS) - frozenset(layers)))


def _choice(label: str, options: dict[str, str], chosen: frozenset[str]) -> frozenset[str]:
    default = [code for code in options if code in chosen]
    return frozenset(
        st.multiselect(label, options, default=default, format_func=options.__getitem__, placeholder="All")
    )


@st.fragment
def _map_and_figures() -> None:
    """The part that follows the map: moving time runs this and nothing else."""
    model = desk().model()
    _take_browser(model.events.ids)
    view = state.view()
    as_of = view.as_of or last_day(model, fallback=desk().situation.last_day)
    snapshot = snapshot_of_view(desk(), replace(view, as_of=as_of))
    picked = _index_of(view.picked, model.events.ids)
    header = st.container()
    left, right = st.columns([0.74, 0.26], gap="small")
    with left:
        map_component(
            key=MAP, data=_map_data(view, as_of, picked, snapshot.revision), on_view_change=lambda: None
        )
    with right:
        result = panel_component(
            key=PANEL, data=panel_data(desk(), snapshot, picked=picked), on_pick_change=lambda: None
        )
    with header:
        _header(view, as_of, snapshot)
    state.keep(view)
    if result.pick is not None and result.pick != picked:
        state.command(replace(view, picked=str(model.events.ids[int(result.pick)])))
        st.rerun(scope="fragment")


def _take_browser(ids: Any) -> None:
    """What the map reported since, unless the page has commanded something newer."""
    said = st.session_state.get(MAP, {}).get("view")
    if said and said["stamp"] == state.stamp() and said != st.session_state.get("said"):
        st.session_state["said"] = said
        index = int(said["picked"])
        picked = str(ids[index]) if 0 <= index < len(ids) else ""
        st.session_state[state.BBOX] = said["bbox"]
        st.session_state[state.VIEW] = state.from_browser(state.view(), said, picked=picked)


def _header(view: ViewState, as_of: date, snapshot: Snapshot) -> None:
    """The title, the briefing, and the time bar's choices as plain widgets, for typing and without a mouse."""
    st.session_state[DAY], st.session_state[MODE], st.session_state[DAYS] = as_of, view.mode, view.days
    first, last = desk().situation.first_day, desk().situation.last_day
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(plain(desk().situation.title), width="stretch", anchor=False)
        with st.popover("Set the day", icon=":material/calendar_month:"):
            st.date_input(
                "Day shown",
                key=DAY,
                min_value=min(first, as_of),
                max_value=max(last, as_of),
                on_change=_command,
            )
            st.selectbox("Events", MODE_LABELS, key=MODE, format_func=MODE_LABELS.get, on_change=_command)
            st.number_input(
                "Days in the window", 1, 36_525, key=DAYS, on_change=_command, disabled=view.mode != "window"
            )
        briefing_button(view, snapshot)


def _command() -> None:
    chosen = replace(
        state.view(), as_of=st.session_state[DAY], mode=st.session_state[MODE], days=st.session_state[DAYS]
    )
    state.command(chosen)


def _index_of(event_id: str, ids: Any) -> int:
    found = (ids == event_id).nonzero()[0] if event_id else []
    return int(found[0]) if len(found) else -1


def _map_data(view: ViewState, as_of: date, picked: int, revision: int) -> dict[str, Any]:
    base = base_url()
    digest = desk().frame_digest(revision)
    return {
        "title": "Map with time bar",
        "font": font_url(),
        "digest": digest,
        "frame": f"{base}/frame/{revision}/{digest}",
        "words": f"{base}/words/{revision}",
        "events": f"{base}/events/{revision}",
        "card": f"{base}/event/{revision}",
        "view": {
            "stamp": state.stamp(),
            "as_of": as_of.isoformat(),
            "mode": view.mode,
            "days": view.days,
            "start": view.start.isoformat() if view.start else None,
            "centre": list(view.centre) if view.centre else None,
            "picked": picked,
            "hidden": sorted(view.hidden),
            "filters": {
                "types": sorted(view.filters.types),
                "parties": sorted(view.filters.parties),
                "confidences": sorted(view.filters.confidences),
            },
        },
    }


page()
