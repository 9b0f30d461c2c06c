"""The view in the page: read from the link, kept for the session, written back to the link.

The browser moves time and map on its own and reports where it went; the page changes them only by a
command, which carries a new ``stamp``. So neither overwrites what the other just did.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from geo import vocab
from geo.interval import parse_day
from geo.ring import Ring, ring_of
from geo.view import MODES, Filters, ViewState, query_from_view
from ui.linkedmap import view_of_link

VIEW = "view"
STAMP = "view_stamp"
NOTICES = "view_notices"
BBOX = "view_bbox"
WRITTEN = "view_written"
ACTED = "view_acted"
WIDGETS = ("layers", "types", "parties", "confidences", "display", "colour")
"""Keys of the widgets that hold filters and layers; they follow the link when it was opened anew."""


def open_view() -> None:
    """Take the view from the link: on the first run, and when the person went back or edited it.

    A run that a widget or the map caused may still carry the link of before; it is no wish.
    """
    acted = st.session_state.pop(ACTED, False)
    if VIEW in st.session_state and (acted or _query() == st.session_state[WRITTEN]):
        return
    repeated = [key for key in st.query_params if len(st.query_params.get_all(key)) > 1]
    known = {key: value for key, value in _query().items() if key not in repeated}
    view, notices = view_of_link(known, repeated=repeated)
    st.session_state[NOTICES] = notices
    st.session_state[WRITTEN] = _query()
    forget_widgets()
    command(view)


def forget_widgets() -> None:
    """Let the fields that hold filters and layers show the view anew."""
    for key in WIDGETS:
        st.session_state.pop(key, None)


def view() -> ViewState:
    """The session's view."""
    current: ViewState = st.session_state[VIEW]
    return current


def notices() -> list[str]:
    """Sentences about parameters of the link that were ignored."""
    found: list[str] = st.session_state[NOTICES]
    return found


def stamp() -> int:
    """Number of the page's last command to the map."""
    number: int = st.session_state[STAMP]
    return number


def extent() -> tuple[float, float, float, float] | None:
    """West, south, east, north of the map as the person left it; None while it was not moved."""
    box = st.session_state.get(BBOX)
    return tuple(box) if box else None


def keep(changed: ViewState) -> None:
    """Remember what the browser or a filter changed and write it into the link."""
    st.session_state[VIEW] = changed
    query = query_from_view(changed)
    st.session_state[WRITTEN] = query
    if _query() != query:
        st.query_params.from_dict(query)


def command(changed: ViewState) -> None:
    """Change time, place or pick from the page: the map follows."""
    st.session_state[VIEW] = changed
    st.session_state[STAMP] = st.session_state.get(STAMP, 0) + 1


def follow(key: str, value: str) -> None:
    """Let a text field show what holds, without losing what a person has just typed wrongly into it."""
    if f"{key}_wrong" not in st.session_state:
        st.session_state[key] = value


def acted() -> None:
    """Note that a widget or the map caused this run."""
    st.session_state[ACTED] = True


def settled() -> None:
    """Forget who caused a run, once it is over."""
    st.session_state[ACTED] = False


def with_filters(current: ViewState, filters: Filters, hidden: frozenset[str]) -> ViewState:
    """The view under other filters and layers; the selected area stays, since the map chooses it."""
    return replace(current, filters=replace(filters, area=current.filters.area), hidden=hidden)


def from_browser(
    current: ViewState, said: Mapping[str, Any], *, picked: str, parties: Collection[str]
) -> ViewState:
    """The view after what the map reported; ``picked`` is the id of the event that it marked.

    A report that is none, as only a forged frame could send, changes nothing.
    """
    try:
        return replace(
            current,
            as_of=parse_day(said["as_of"]),
            mode=next(mode for mode in MODES if mode == said["mode"]),
            days=int(said["days"]),
            start=parse_day(said["start"]) if said["start"] else None,
            centre=_centre(said["centre"]) or current.centre,
            picked=picked,
            filters=replace(
                current.filters,
                area=_area(current, said["area"]),
                types=frozenset(said["types"]) & frozenset(vocab.codes(vocab.EVENT_TYPES)),
                parties=frozenset(said["parties"]) & frozenset(parties),
            ),
        )
    except (KeyError, TypeError, ValueError, StopIteration):
        return current


def _area(current: ViewState, said: Any) -> Ring:
    """The selection that the map reports; one that is none leaves the selection as it was, and all else valid."""
    try:
        return ring_of(said) if said else ()
    except (TypeError, ValueError):
        return current.filters.area


def _centre(said: Any) -> tuple[float, float, float] | None:
    if not said:
        return None
    lon, lat, zoom = (float(value) for value in said)
    return lon, lat, zoom


def _query() -> dict[str, str]:
    return dict(st.query_params)
