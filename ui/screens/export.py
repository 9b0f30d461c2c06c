"""Export: the rows behind the map as a file, with their licence and the record of their making."""

import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from geo.errors import ConflictmapError
from geo.exports.record import RECORD_ENDING
from geo.workflows.exporting import WRITERS, Export, write_export
from ui.desk import desk
from ui.text import FAMILY_LABELS, counted, plain
from ui.watch import dialog_closed, dialog_opened

FORMATS = {
    ".csv": "CSV",
    ".xlsx": "Excel workbook",
    ".geojson": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".kml": "KML",
    ".shp.zip": "zipped shapefile",
}


def export_button(as_of: date, *, is_past: bool) -> None:
    """One button on the map page; ``is_past`` tells that the map shows an earlier state of knowledge."""
    if st.button("Export", icon=":material/download:"):
        dialog_opened()
        _dialog(as_of, is_past=is_past)


@st.dialog("Export", on_dismiss=dialog_closed)
def _dialog(as_of: date, *, is_past: bool) -> None:
    if is_past:
        st.warning("The map shows what was known earlier. The export holds what is known now.")
    family = st.selectbox("Rows", FAMILY_LABELS, format_func=FAMILY_LABELS.get)
    ending = st.selectbox("Format", list(WRITERS), format_func=FORMATS.get)
    of_day = f"up to {as_of}" if family == "events" else f"holding on {as_of}"
    days = {"day": of_day, "all": "all days"}
    chosen = st.radio("Days", list(days), format_func=days.get, horizontal=True)
    try:
        content, made = _made(family, ending, as_of if chosen == "day" else None)
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


def _made(family: str, ending: str, as_of: date | None) -> tuple[bytes, Export]:
    """The file's bytes and what it holds; exports of a browser are as small as its uploads."""
    with tempfile.TemporaryDirectory(prefix="conflictmap-") as folder:
        path = Path(folder) / f"{family}{ending}"
        made = write_export(desk(), family, path, as_of=as_of)
        return path.read_bytes(), made
