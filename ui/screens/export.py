"""Export: the rows behind the map as a file, with their licence and the record of their making."""

import tempfile
from pathlib import Path

import streamlit as st

from geo.errors import ConflictmapError
from geo.exports.record import RECORD_ENDING
from geo.snapshot import Snapshot
from geo.workflows.exporting import WRITERS, Export, write_export
from ui.desk import desk
from ui.text import FAMILY_LABELS, counted, plain
from ui.watch import dialog_closed, dialog_opened

SHOWN, DAY, ALL = "shown", "day", "all"
FORMATS = {
    ".csv": "CSV",
    ".xlsx": "Excel workbook",
    ".geojson": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".kml": "KML",
    ".shp.zip": "zipped shapefile",
}


def export_button(snapshot: Snapshot, *, is_past: bool) -> None:
    """One button on the map page; ``is_past`` tells that the map shows an earlier state of knowledge."""
    if st.button("Export", icon=":material/download:"):
        dialog_opened()
        _dialog(snapshot, is_past=is_past)


@st.dialog("Export", on_dismiss=dialog_closed)
def _dialog(snapshot: Snapshot, *, is_past: bool) -> None:
    family = st.selectbox("Rows", FAMILY_LABELS, format_func=FAMILY_LABELS.get)
    ending = st.selectbox("Format", list(WRITERS), format_func=FORMATS.get)
    chosen = _which_rows(snapshot, family)
    if is_past and chosen != SHOWN:
        st.warning("The map shows what was known earlier. The export holds what is known now.")
    try:
        content, made = _made(family, ending, snapshot, chosen)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    for loss in made.losses:
        st.warning(plain(loss))
    st.caption(plain(made.record.citation))
    for licence in made.record.licences:
        st.caption(plain(licence))
    with st.container(horizontal=True):
        name = f"conflictmap-{family}{ending}"
        st.download_button(f"Download {counted(made.rows, 'row')}", content, name, type="primary")
        st.download_button(
            "Licence and record (JSON)", made.record.json(), f"{name}{RECORD_ENDING}", "application/json"
        )


def _which_rows(snapshot: Snapshot, family: str) -> str:
    """Rows of the day or of all days; events also as the map shows them."""
    of_day = f"up to {snapshot.as_of}" if family == "events" else f"holding on {snapshot.as_of}"
    choices = {DAY: of_day, ALL: "all days"}
    if family == "events":
        choices = {SHOWN: "as shown: window, filters, selection", **choices}
    return str(st.radio("Which", list(choices), format_func=choices.get))


def _made(family: str, ending: str, snapshot: Snapshot, chosen: str) -> tuple[bytes, Export]:
    """The file's bytes and what it holds; exports of a browser are as small as its uploads."""
    day = snapshot.as_of if chosen == DAY else None
    with tempfile.TemporaryDirectory(prefix="conflictmap-") as folder:
        path = Path(folder) / f"{family}{ending}"
        made = write_export(desk(), family, path, as_of=day, shown=snapshot if chosen == SHOWN else None)
        return path.read_bytes(), made
