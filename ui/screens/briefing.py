"""The briefing button: the view on the screen as a sheet, with what it still lacks."""

from datetime import UTC, datetime
from urllib.parse import urlencode

import streamlit as st

from geo.errors import ConflictmapError
from geo.snapshot import Snapshot
from geo.view import ViewState, query_from_view
from ui import state
from ui.desk import desk
from ui.text import plain
from ui.watch import dialog_closed, dialog_opened

MIME = {"png": "image/png", "pdf": "application/pdf", "svg": "image/svg+xml", "json": "application/json"}
SIZES = {"a4": "A4", "a3": "A3", "16:9": "Slide 16:9"}


def briefing_button(view: ViewState, snapshot: Snapshot) -> None:
    """One button on the map page; the sheet is drawn from the same snapshot as the map."""
    if st.button("Briefing sheet", icon=":material/print:"):
        dialog_opened()
        _dialog(view, snapshot)


@st.dialog("Briefing sheet", width="large", on_dismiss=dialog_closed)
def _dialog(view: ViewState, snapshot: Snapshot) -> None:
    from geo.workflows.briefs import FORMATS, MARKINGS, Wish, made_sheet, sidecar_text, to_bytes  # noqa: PLC0415  (drawing library)

    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input("Title", value=desk().situation.title, max_chars=120)
        marking = st.selectbox("Handling", MARKINGS, accept_new_options=True, width=200)
        size = st.selectbox("Size", SIZES, format_func=SIZES.get, width=130)
    link = urlencode(query_from_view(view))
    wish = Wish(
        made_at=datetime.now(UTC),
        title=title,
        marking=marking or "",
        size=size,
        permalink=f"?{link}" if link else "",
        hidden=view.hidden,
        extent=state.extent(),
    )
    try:
        made = made_sheet(desk(), snapshot, wish)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    picture = to_bytes(made, "png")
    for finding in made.lint:
        st.warning(plain(f"Draft: {finding.what}"))
    st.image(picture, width="stretch")
    name = f"{desk().situation.name}-{snapshot.as_of.isoformat()}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        fmt = st.radio("Format", FORMATS, format_func=str.upper, horizontal=True)
        # The bytes are made here: a file that Streamlit makes at the click is gone when another page runs first.
        content = picture if fmt == "png" else to_bytes(made, fmt)
        st.download_button("Download", content, f"{name}.{fmt}", MIME[fmt], type="primary", on_click="ignore")
        st.download_button(
            "Sidecar (JSON)", sidecar_text(made), f"{name}.json", MIME["json"], on_click="ignore"
        )
