"""The view in the page: read from the link once, kept for the session, written back to the link.

The browser moves time and map on its own and reports where it went; the page changes them only by a
command, which carries a new ``stamp``. So neither overwrites what the other just did.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo.interval import parse_day
from geo.view import Filters, Mode, ViewState, query_from_view, view_from_query

VIEW = "view"
STAMP = "view_stamp"
NOTICES = "view_notices"
BBOX = "view_bbox"


def view() -> ViewState:
    """The session's view; the first call reads the link."""
    if VIEW not in st.session_state:
        st.session_state[VIEW], st.session_state[NOTICES] = view_from_query(dict(st.query_params))
        st.session_state[STAMP] = 0
    current: ViewState = st.session_state[VIEW]
    return current


def notices() -> list[str]:
    """Sentences about parameters of the link that were ignored."""
    view()
    found: list[str] = st.session_state[NOTICES]
    return found


def stamp() -> int:
    """Number of the page's last command to the map."""
    view()
    number: int = st.session_state[STAMP]
    return number


def extent() -> tuple[float, float, float, float] | None:
    """West, south, east, north of the map as the person left it; None while it was not moved."""
    box = st.session_state.get(BBOX)
    return tuple(box) if box else None


def keep(changed: ViewState) -> None:
    """Remember what the browser or a filter changed and write it into the link."""
    if changed != view():
        st.session_state[VIEW] = changed
    query = query_from_view(changed)
    if dict(st.query_params) != query:
        st.query_params.from_dict(query)


def command(changed: ViewState) -> None:
    """Change time, place or pick from the page: the map follows."""
    st.session_state[VIEW] = changed
    st.session_state[STAMP] = stamp() + 1


def with_filters(current: ViewState, filters: Filters, hidden: frozenset[str]) -> ViewState:
    """The view under other filters and layers."""
    return replace(current, filters=filters, hidden=hidden)


def from_browser(current: ViewState, said: Mapping[str, Any], *, picked: str) -> ViewState:
    """The view after what the map reported; ``picked`` is the id of the event that it marked."""
    mode: Mode = said["mode"]
    return replace(
        current,
        as_of=parse_day(said["as_of"]),
        mode=mode,
        days=int(said["days"]),
        start=parse_day(said["start"]) if said["start"] else None,
        centre=tuple(said["centre"]) if said["centre"] else current.centre,
        picked=picked,
    )
