"""The import page: a file is read, questions are settled one by one, and it is committed in one step that can be undone."""

from typing import Any

import streamlit as st

from geo.errors import ConflictmapError
from geo.ingest.reading.dialect import DELIMITER_NAMES
from geo.ingest.template import template
from geo.settings import UPLOAD_LIMIT_MB
from geo.workflows import unfinished
from geo.workflows.importing import IMPORTABLE, commit_import, preview_import
from geo.workflows.previews import Preview
from geo.workflows.rejects import rejects_csv
from ui.desk import desk
from ui.receipts import show_receipt
from ui.screens.import_preview import draw_preview
from ui.screens.import_questions import ask_columns, ask_open_names, ask_question
from ui.text import FAMILY_LABELS, counted, plain

RECEIPT, FILE, TAKEN, MADE, REJECTS = (
    "import_receipt", "import_file", "import_taken", "import_made", "import_rejects",
)  # fmt: skip
DRAFT = "draft"
ENDINGS = ["csv", "tsv", "txt", "xlsx", "geojson", "json", "ndjson", "geojsonl", "gpkg", "kml", "kmz", "zip"]
FORMAT_LABELS = {
    "own": "our columns", "acled": "ACLED", "ucdp": "UCDP GED", "geoconfirmed": "GeoConfirmed", "hxl": "HXL hashtags",
    "geojson": "GeoJSON", "ndjson": "newline-delimited GeoJSON", "gpkg": "GeoPackage", "kml": "KML", "shapefile": "shapefile",
}  # fmt: skip
ROWS_ARE = {"auto": "as found in the file", **FAMILY_LABELS}
SLOWING = 20_000
"""Rows at which the bar is half way: how many there will be is not known, so it nears its end ever more slowly."""


def page() -> None:
    """Draw the page."""
    st.title("Import", anchor=False)
    show_receipt(RECEIPT)
    _offer_rejects()
    draft = _draft()
    if draft is None:
        _start()
    else:
        _examine(draft)


def _draft() -> unfinished.Unfinished | None:
    """The unfinished import that the link names."""
    draft_id = st.query_params.get(DRAFT, "")
    if not draft_id:
        return None
    try:
        return unfinished.read_unfinished(desk().settings, draft_id)
    except ConflictmapError as error:
        st.warning(plain(str(error)))
        del st.query_params[DRAFT]
        return None


def _start() -> None:
    """Take an upload, or go on with one that waits."""
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        upload = st.file_uploader(
            "A table of events, or a layer of zones, lines or posts",
            type=ENDINGS,
            key=FILE,
            help="CSV or TSV, Excel workbook, GeoJSON, GeoPackage, KML, or a zipped shapefile",
        )
    with right:
        st.write(
            "ACLED, UCDP GED, GeoConfirmed and HXL tables are known by their columns; any other table can be mapped. "
            f"Up to {UPLOAD_LIMIT_MB} MB here; `conflictmap import` takes larger files."
        )
        st.download_button(
            "Template (CSV)",
            template("events"),
            "conflictmap-events.csv",
            "text/csv",
            icon=":material/download:",
        )
    if upload is not None and st.session_state.get(TAKEN) != upload.file_id:
        st.session_state[TAKEN] = upload.file_id
        st.query_params[DRAFT] = unfinished.save_upload(desk().settings, upload.getvalue(), name=upload.name)
        st.session_state.pop(RECEIPT, None)
        st.session_state.pop(REJECTS, None)
        st.rerun()
    _waiting()


def _waiting() -> None:
    waiting = unfinished.read_all_unfinished(desk().settings)
    if not waiting:
        return
    st.subheader("Unfinished imports", anchor=False)
    for draft in waiting:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(draft.name, width=380)
            if st.button("Go on", key=f"go_on_{draft.draft_id}"):
                st.query_params[DRAFT] = draft.draft_id
                st.rerun()
            if st.button("Throw away", key=f"discard_{draft.draft_id}"):
                unfinished.discard(desk().settings, draft.draft_id)
                st.rerun()


def _examine(draft: unfinished.Unfinished) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.subheader(plain(draft.name), anchor=False, width="stretch")
        family = st.selectbox(
            "Rows are",
            IMPORTABLE,
            index=IMPORTABLE.index(draft.family),
            format_func=ROWS_ARE.get,
            width=220,
        )
        if st.button("Another file", icon=":material/close:"):
            _leave(draft)
    if family != draft.family:
        _answer(draft, dict(draft.answers), family)
    try:
        preview = _preview(draft)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        st.caption("Nothing was written.")
        return
    _summary(preview)
    if preview.questions:
        if answers := ask_question(preview.questions, draft.answers):
            _answer(draft, answers, draft.family)
    else:
        _commit_button(preview, draft)
    draw_preview(preview)
    if answers := ask_open_names(preview.open_names, draft.answers):
        _answer(draft, answers, draft.family)
    if answers := ask_columns(preview, draft.answers):
        _answer(draft, answers, draft.family)


def _preview(draft: unfinished.Unfinished) -> Preview:
    """The preview of an upload under its answers, kept for the session until one of them or the store changes."""
    key = (draft.draft_id, draft.family, tuple(sorted(draft.answers.items())), desk().store.revision())
    kept: tuple[Any, Preview] | None = st.session_state.get(MADE)
    if kept is not None and kept[0] == key:
        return kept[1]
    bar = st.progress(0.0, "Reading the file …")
    read = 0

    def tick(rows: int) -> None:
        nonlocal read
        read += rows
        bar.progress(read / (read + SLOWING), f"{read:,} rows read")

    try:
        preview = preview_import(
            desk(), draft.path, name=draft.name, family=draft.family, answers=draft.answers, tick=tick
        )
    finally:
        bar.empty()
    st.session_state[MADE] = (key, preview)
    return preview


def _summary(preview: Preview) -> None:
    """What was detected, in one line, and what was read in another form."""
    report = preview.report
    facts = [
        FORMAT_LABELS.get(report.format, report.format),
        report.encoding,
        DELIMITER_NAMES.get(report.delimiter, ""),
        counted(report.read, "row"),
    ]
    st.caption(plain(" · ".join(fact for fact in facts if fact)))
    for note in preview.notes:
        if note.weight == "incomplete":
            st.warning(plain(note.text))
    told = [note for note in preview.notes if note.weight != "incomplete"]
    if told:
        with st.expander(f"Read with {counted(len(told), 'remark')}", expanded=len(told) <= 3):
            for note in told:
                st.text(f"{note.code}  {note.text}")


def _commit_button(preview: Preview, draft: unfinished.Unfinished) -> None:
    report = preview.report
    new = report.added + report.changed
    if not st.button(f"Commit {counted(new, 'row')}", type="primary", disabled=not new):
        return
    try:
        st.session_state[RECEIPT] = commit_import(desk(), preview)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    if report.rejected:
        st.session_state[REJECTS] = rejects_csv(preview)
    _leave(draft)


def _offer_rejects() -> None:
    """The rejected rows of the last commit, to be mended and uploaded again."""
    if rejects := st.session_state.get(REJECTS):
        st.download_button(
            "Rejected rows (CSV)", rejects, "conflictmap-rejects.csv", "text/csv", icon=":material/download:"
        )


def _answer(draft: unfinished.Unfinished, answers: dict[str, str], family: str) -> None:
    unfinished.save_answers(draft, answers, family=family)
    st.rerun()


def _leave(draft: unfinished.Unfinished) -> None:
    unfinished.discard(desk().settings, draft.draft_id)
    st.session_state.pop(MADE, None)
    st.query_params.pop(DRAFT, None)
    st.rerun()


page()
