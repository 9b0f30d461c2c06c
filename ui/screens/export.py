"""Export: the rows behind the map as a file, with their licence and the record of their making."""

import tempfile
from datetime import date
from pathlib import Path

import streamlit as st

from geo.errors import ConflictmapError
from geo.workflows.exporting import WRITERS, Export, write_export
from ui.desk import desk
from ui.text import counted, plain
from ui.watch import dialog_closed, dialog_opened

FAMILIES = {
    "events": "events",
    "zones": "control zones",
    "lines": "control lines",
    "posts": "peacekeeper posts",
}
FORMATS = {
    ".csv": "CSV",
    ".xlsx": "Excel workbook",
    ".geojson": "GeoJSON",
    ".gpkg": "GeoPackage",
    ".kml": "KML",
    ".shp.zip": "zipped shapefile",
}


def export_button(as_of: date) -> None:
    """One button on the map page."""
    if st.button("Export", icon=":material/download:"):
        dialog_opened()
        _dialog(as_of)


@st.dialog("Export", on_dismiss=dialog_closed)
def _dialog(as_of: date) -> None:
    family = st.selectbox("Rows", FAMILIES, format_func=FAMILIES.get)
    ending = st.selectbox("Format", list(WRITERS), format_func=FORMATS.get)
    of_day = f"up to {as_of}" if family == "events" else f"holding on {as_of}"
    days = {"day": of_day, "all": "all days"}
    chosen = st.radio("Days", list(days), format_func=days.get, horizontal=True)
    try:
        content, made, record = _made(family, ending, as_of if chosen == "day" else None)
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
        st.download_button("Licence and record (JSON)", record, f"{name}.record.json", "application/json")


def _made(family: str, ending: str, as_of: date | None) -> tuple[bytes, Export, str]:
    """The file's bytes; exports of a browser are as small as its uploads."""
    with tempfile.TemporaryDirectory(prefix="conflictmap-") as folder:
        path = Path(folder) / f"{family}{ending}"
        made = write_export(desk(), family, path, as_of=as_of)
        return path.read_bytes(), made, made.record.json()
