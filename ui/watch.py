"""Open pages follow the store: what another session or process saved appears within two seconds."""

import streamlit as st

from geo.errors import ConflictmapError
from ui import state
from ui.desk import desk

SECONDS = 1
SEEN, DIALOG = "revision_seen", "dialog_open"


def watch(revision: int, *, follow: bool) -> None:
    """Draw the page again when the store has a newer revision than the one shown."""
    st.session_state[SEEN] = revision
    if follow:
        _look()


def dialog_opened() -> None:
    """Keep the page as it is while a dialog is open."""
    st.session_state[DIALOG] = True


def dialog_closed() -> None:
    """Let the page follow the store again."""
    st.session_state.pop(DIALOG, None)


@st.fragment(run_every=SECONDS)
def _look() -> None:
    try:
        newest = desk().store.revision()
    except ConflictmapError:
        return  # a store that is busy or gone is said where somebody asks for something
    if st.session_state.get(DIALOG):
        return  # drawing the page again would close the dialog, and with it what somebody is typing
    if newest != st.session_state.get(SEEN, newest):
        state.acted()
        st.rerun(scope="app")
