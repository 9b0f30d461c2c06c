"""The sidebar of the map: search, layers, filters, looks, a day to compare with, a time of knowledge."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import vocab
from geo.errors import ConflictmapError
from geo.interval import minute_text, parse_day, plausible_day
from geo.ring import Ring, box_of, box_ring
from geo.view import COLOURS, DISPLAYS, LAYERS, Filters, ViewState
from geo.workflows.figures import instant
from geo.workflows.finding import PLACE_ZOOM, Found, found_for
from geo.workflows.online import ask_online, service_name
from ui import state
from ui.desk import desk
from ui.text import plain

FIND, VERSUS, KNOWN, AREA = "find", "versus", "known", "area"
LAYER_LABELS = {
    "zones": "Control zones",
    "presence": "Peacekeeping areas",
    "lines": "Control lines",
    "posts": "Posts",
    "events": "Events",
    "boundaries": "District lines",
    "labels": "Place names",
}
DISPLAY_LABELS = {
    "auto": "Points or counts",
    "points": "Points",
    "cells": "Counts in cells",
    "heat": "Density",
    "clusters": "Clusters",
}
COLOUR_LABELS = {"plain": "One colour", "type": "Type of event", "party": "Party"}
KIND_LABELS = {"place": "Places", "zone": "Zones", "post": "Posts", "event": "Events"}


def choices(view: ViewState) -> None:
    """Draw the sidebar and keep what is chosen."""
    _find(view)
    st.session_state.setdefault("layers", [layer for layer in LAYERS if layer not in view.hidden])
    layers = st.pills(
        "Layers",
        LAYERS,
        format_func=LAYER_LABELS.get,
        selection_mode="multi",
        key="layers",
        on_change=state.acted,
    )
    _compare(view)
    with st.expander("Filters", expanded=replace(view.filters, area=()) != Filters()):
        filters = _filters(view)
        _area(view)
    with st.expander("Drawing of events", expanded=(view.display, view.colour) != ("auto", "plain")):
        display = _looks("Draw them as", "display", DISPLAYS, DISPLAY_LABELS, view.display)
        colour = _looks("Colour by", "colour", COLOURS, COLOUR_LABELS, view.colour)
    chosen = state.with_filters(view, filters, frozenset(LAYERS) - frozenset(layers))
    state.keep(replace(chosen, display=display, colour=colour))
    _known(view)


def _filters(view: ViewState) -> Filters:
    parties = {code: desk().situation.party(code).label for code in desk().model().party_codes}
    return Filters(
        types=_choice("Event types", "types", vocab.labels(vocab.EVENT_TYPES), view.filters.types),
        parties=_choice("Parties", "parties", parties, view.filters.parties),
        confidences=_choice(
            "Confidence", "confidences", vocab.labels(vocab.CONFIDENCES), view.filters.confidences
        ),
    )


def _choice(label: str, key: str, options: dict[str, str], chosen: frozenset[str]) -> frozenset[str]:
    st.session_state.setdefault(key, [code for code in options if code in chosen])
    return frozenset(
        st.multiselect(
            label, options, format_func=options.__getitem__, placeholder="All", key=key, on_change=state.acted
        )
    )


def _looks(label: str, key: str, options: tuple[Any, ...], labels: dict[str, str], chosen: str) -> Any:
    st.session_state.setdefault(key, chosen)
    return st.selectbox(label, options, format_func=labels.__getitem__, key=key, on_change=state.acted)


def _find(view: ViewState) -> None:
    """Search and go there; nothing that is found changes the filters."""
    words = st.text_input(
        "Find a place, event, post or zone",
        key=FIND,
        placeholder="Shusha, Şuşa, Շուշի",
        on_change=state.acted,
    )
    if not words:
        return
    found = found_for(desk(), words, revision=view.known)
    if not found:
        st.caption("Nothing of that name. Try another spelling, or fewer letters.")
    if not any(hit.kind == "place" and not hit.is_similar for hit in found):
        _ask_online(words)
    kind = ""
    for number, hit in enumerate(found):
        if hit.kind != kind:
            kind = hit.kind
            st.caption(KIND_LABELS[kind])
        label = f"{plain(hit.title)}  \n:small[{plain(hit.note)}]"
        st.button(label, key=f"found {number}", width="stretch", on_click=_go, args=(hit,))


def _ask_online(words: str) -> None:
    """Offer the online service, if one is turned on: the press on this button is the consent to send the words."""
    service = service_name(desk().settings)
    if not service or not st.button(f"Ask {service} (sends these words to it)", width="stretch"):
        return
    outcome = ask_online(desk(), words)
    if outcome.problem:
        st.warning(plain(outcome.problem))
    for number, hit in enumerate(outcome.suggestions):
        doubts = "; ".join(hit.doubts)
        label = f"{plain(hit.name)}  \n:small[{plain(hit.kind)}{plain(f', but {doubts}') if doubts else ''}]"
        st.button(label, key=f"online {number}", width="stretch", on_click=_show, args=(hit.lon, hit.lat))
    if outcome.suggestions:
        st.caption(plain(f"By {outcome.suggestions[0].credit}. Nothing was saved."))


def _show(lon: float, lat: float) -> None:
    state.acted()
    state.command(replace(state.view(), centre=(lon, lat, PLACE_ZOOM)))


def _go(hit: Found) -> None:
    """Bring what was found into sight; an event also brings its day."""
    view = state.view()
    if hit.lon is not None and hit.lat is not None:
        view = replace(view, centre=(hit.lon, hit.lat, hit.zoom))
    if hit.kind == "event":
        view = replace(view, as_of=parse_day(hit.day), picked=hit.row_id)
    state.acted()
    state.command(view)


def _area(view: ViewState) -> None:
    """The map's selection as numbers, for those who draw with the keyboard."""
    state.follow(AREA, box_of(view.filters.area))
    st.text_input(
        "Only in the box (W,S,E,N in degrees)",
        key=AREA,
        placeholder="the whole map",
        on_change=lambda: _typed(AREA, lambda text: _area_chosen(box_ring(text)), _area_chosen(())),
    )
    _complaint(AREA)


def _area_chosen(ring: Ring) -> dict[str, Any]:
    return {"filters": replace(state.view().filters, area=ring)}


def _compare(view: ViewState) -> None:
    state.follow(VERSUS, view.versus.isoformat() if view.versus else "")
    st.text_input(
        "Compare with (YYYY-MM-DD)",
        key=VERSUS,
        max_chars=10,
        placeholder="no second day",
        on_change=lambda: _typed(VERSUS, lambda text: {"versus": plausible_day(text)}, {"versus": None}),
    )
    _complaint(VERSUS)


def _known(view: ViewState) -> None:
    with st.expander("As known on", expanded=view.known is not None):
        shown = ""
        if view.known is not None:
            shown = minute_text(desk().store.history(before=view.known + 1, limit=1)[0].recorded_at)[:16]
        state.follow(KNOWN, shown)
        st.text_input(
            "Day or time (UTC)",
            key=KNOWN,
            max_chars=32,
            placeholder="now",
            on_change=lambda: _typed(KNOWN, _known_at, {"known": None}),
            help="The map as it stood with what had been recorded up to then.",
        )
        _complaint(KNOWN)


def _known_at(text: str) -> dict[str, int]:
    known = desk().store.known_at(instant(text.replace(" ", "T")))
    if not known:
        raise ValueError(f"{text!r} is before anything was recorded")
    return {"known": known}


def _typed(key: str, read: Callable[[str], dict[str, Any]], empty: dict[str, Any]) -> None:
    """Take what was typed into the view, or say what is wrong with it and change nothing."""
    state.acted()
    text = st.session_state[key].strip()
    try:
        changed = read(text) if text else empty
    except (ValueError, ConflictmapError) as error:
        st.session_state[f"{key}_wrong"] = str(error)
        return
    state.command(replace(state.view(), **changed))


def _complaint(key: str) -> None:
    if wrong := st.session_state.pop(f"{key}_wrong", ""):
        st.error(plain(f"{wrong.rstrip('.')}."))
