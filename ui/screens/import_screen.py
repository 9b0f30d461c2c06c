"""The import page: a file is checked, shown with its ledger, and committed in one step that can be undone."""

from typing import Any

import pandas as pd
import streamlit as st

from geo.errors import ConflictmapError, QuestionOpen
from geo.ingest.rows import template
from geo.workflows.importing import NOT_PLACED, OpenName, Preview, commit_import, issues_csv, preview_import
from ui.desk import desk
from ui.receipts import show_receipt, take_back
from ui.text import counted, plain

RECEIPT, ANSWERS, CHOICES, FILE = "import_receipt", "import_answers", "import_choices", "import_file"
ENCODINGS = {
    "windows-1252": "Western (windows-1252)",
    "windows-1251": "Cyrillic (windows-1251)",
    "windows-1254": "Turkish (windows-1254)",
}
SHOWN_ROWS = 500


def page() -> None:
    """Draw the page."""
    st.title("Import", anchor=False)
    show_receipt(RECEIPT)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        upload = st.file_uploader("A CSV of events in our own columns", type=["csv", "tsv", "txt"], key=FILE)
    with right:
        st.write(
            "Each row is one event. Rows without coordinates are placed by their name; names that could mean several places are asked."
        )
        st.download_button(
            "Template (CSV)",
            template("events"),
            "conflictmap-events.csv",
            "text/csv",
            icon=":material/download:",
        )
    if upload is not None:
        _examine(upload.name, upload.getvalue())
    _history()


def _examine(name: str, content: bytes) -> None:
    answers: dict[str, str] = st.session_state.setdefault(ANSWERS, {})
    choices: dict[str, str] = st.session_state.setdefault(CHOICES, {})
    try:
        preview = preview_import(desk(), content, name=name, answers=answers, choices=choices)
    except QuestionOpen as question:
        _ask_encoding(question, content, answers)
        return
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    _ledger(preview)
    _open_names(preview.open_names, choices)
    _rows(preview)
    _issues(preview)
    if st.button(
        f"Commit {counted(preview.report.added + preview.report.changed, 'row')}",
        type="primary",
        disabled=not (preview.report.added or preview.report.changed),
    ):
        _commit(preview)


def _ask_encoding(question: QuestionOpen, content: bytes, answers: dict[str, str]) -> None:
    """Show how a sample reads in each encoding, and let the person choose."""
    st.warning(plain(str(question)))
    start = next((at for at, byte in enumerate(content) if byte > 127), 0)
    sample = content[max(0, start - 30) : start + 50]
    for encoding, label in ENCODINGS.items():
        st.text(f"{label}: {sample.decode(encoding, errors='replace')!r}")
    chosen = st.radio("Which line reads right?", ENCODINGS, index=None, format_func=ENCODINGS.get)
    if chosen:
        answers["encoding"] = chosen
        st.rerun()


def _ledger(preview: Preview) -> None:
    report = preview.report
    st.subheader("What the file holds", anchor=False)
    with st.container(horizontal=True):
        for label, count in (
            ("read", report.read),
            ("added", report.added),
            ("changed", report.changed),
            ("unchanged", report.unchanged),
            ("rejected", report.rejected),
            ("without a place", report.unplaced),
        ):
            st.metric(label, count, width=130)
    st.caption(
        plain(
            f"{report.read} read = {report.added} added + {report.changed} changed + {report.unchanged} unchanged + {report.rejected} rejected"
        )
    )
    for note in report.normalised:
        st.info(plain(note))


def _open_names(names: tuple[OpenName, ...], choices: dict[str, str]) -> None:
    if not names:
        return
    st.subheader(f"Places to settle: {len(names)}", anchor=False)
    for open_name in names:
        options = {
            "": "leave it open for now",
            **{c.place.place_id: _option(c) for c in open_name.alternatives},
            NOT_PLACED: NOT_PLACED,
        }
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"{open_name.name} ({counted(open_name.rows, 'row')})", width=260)
            chosen = st.selectbox(
                "Meaning of the name",
                options,
                format_func=options.__getitem__,
                key=f"choice_{open_name.key}",
                label_visibility="collapsed",
                width=460,
            )
        if chosen:
            choices[open_name.key] = chosen
            st.rerun()


def _option(candidate: Any) -> str:
    place = candidate.place
    where = ", ".join(filter(None, (place.admin1, place.admin0)))
    return f"{place.name}, {place.kind} in {where} ({place.lat:.2f}, {place.lon:.2f})"


def _rows(preview: Preview) -> None:
    shown = preview.rows.head(SHOWN_ROWS)
    table = pd.DataFrame({"verdict": preview.verdicts.head(SHOWN_ROWS)}).join(
        shown[
            [
                "event_id",
                "event_date",
                "event_type",
                "toponym",
                "place_id",
                "lat",
                "lon",
                "geo_precision",
                "admin0",
                "admin1",
                "description",
            ]
        ]
    )
    st.dataframe(table, hide_index=True, height=min(38 + 35 * len(table), 320))
    if len(preview.rows) > SHOWN_ROWS:
        st.caption(f"The first {SHOWN_ROWS} of {len(preview.rows)} rows are shown; all are imported.")


def _issues(preview: Preview) -> None:
    issues = preview.report.issues
    if not issues:
        return
    st.subheader(f"Remarks and rejected rows: {len(issues)}", anchor=False)
    st.dataframe(
        [
            {"line": i.line, "column": i.column, "value": i.value, "reason": i.reason, "what to do": i.fix}
            for i in issues[:SHOWN_ROWS]
        ],
        hide_index=True,
        height=min(38 + 35 * len(issues), 260),
    )
    st.download_button(
        "All remarks (CSV)",
        issues_csv(issues),
        "conflictmap-remarks.csv",
        "text/csv",
        icon=":material/download:",
    )


def _commit(preview: Preview) -> None:
    try:
        st.session_state[RECEIPT] = commit_import(desk(), preview)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    for key in (ANSWERS, CHOICES):
        st.session_state.pop(key, None)
    st.rerun()


def _history() -> None:
    st.subheader("History", anchor=False)
    for entry in desk().store.history(limit=20):
        counts = ", ".join(f"{n} {kind}" for kind, n in entry.counts.items() if n)
        state = "  (undone)" if entry.undone else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(
                f"{entry.seq}  {entry.recorded_at[:16].replace('T', ' ')}  {entry.recorded_by}  {entry.action}  {entry.file or entry.note}  {counts}{state}"
            )
            if (
                entry.action in {"import", "report"}
                and not entry.undone
                and st.button("Undo", key=f"history_{entry.seq}")
            ):
                take_back(entry.import_id)
                st.rerun()


page()
