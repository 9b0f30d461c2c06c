"""How reports come in: pasted, dropped as files, or one of the samples."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from geo.documents.checks import checked_text
from geo.documents.read import ENDINGS, ReportText, read_document
from geo.errors import InputRefused
from geo.settings import MAX_REPORT_CHARACTERS
from ui.desk import desk
from ui.openreports import take_reports
from ui.text import counted, plain

PASTED, SAMPLE, FILES = "report_pasted", "report_sample", "report_files"
ROUND, REFUSED, SAID, ADDING = "report_round", "report_refused", "report_said", "report_adding"


def ask_for_reports() -> None:
    """Offer the three ways in; whatever could be read is opened at once."""
    st.write(
        "Paste a report or drop files. Place names are found and looked up offline; nothing is saved before you say so."
    )
    number = st.session_state.setdefault(ROUND, 0)
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left, st.form("report_form", border=False):
        pasted = st.text_area(
            "Report text", key=f"{PASTED}_{number}", height=220, max_chars=MAX_REPORT_CHARACTERS
        )
        if st.form_submit_button("Find the places", type="primary"):
            _take([lambda: ReportText(checked_text(pasted))])
    with right:
        uploads = st.file_uploader(
            "Or files (.txt, .md, .html, .pdf, .docx)",
            type=list(ENDINGS),
            accept_multiple_files=True,
            key=f"{FILES}_{number}",
        )
        if uploads:
            with st.spinner(f"Reading {counted(len(uploads), 'file')} …"):
                _take([_reader(upload.getvalue(), upload.name) for upload in uploads])
        samples = {path.stem: path for path in sorted((desk().settings.data_dir / "reports").glob("*.md"))}
        sample = st.selectbox(
            "Or one of the sample reports",
            samples,
            index=None,
            key=f"{SAMPLE}_{number}",
            placeholder="Choose a sample",
        )
        if sample is not None:
            path: Path = samples[sample]
            _take([_reader(path.read_bytes(), path.name)])


def show_refusals() -> None:
    """Name what could not be read the last time, and what was open already."""
    for sentence in st.session_state.get(REFUSED, ()):
        st.error(plain(sentence))
    for sentence in st.session_state.get(SAID, ()):
        st.info(plain(sentence))


def _reader(content: bytes, name: str) -> Callable[[], ReportText]:
    return lambda: read_document(content, name)


def _take(readers: list[Callable[[], ReportText]]) -> None:
    """Open what can be read; a bad file among good ones is named and keeps none of them away."""
    read, refused = [], []
    for reader in readers:
        try:
            read.append(reader())
        except InputRefused as error:
            refused.append(str(error))
    st.session_state[SAID] = take_reports(read)
    st.session_state[REFUSED] = refused
    if read or len(readers) > 1:
        st.session_state[ADDING] = False
        st.session_state[ROUND] += 1  # fields with new names are empty
    st.rerun()
