"""The lower half of the report desk: drafts that a person turns into events with the report as their source."""

from datetime import date
from typing import Any

import streamlit as st

from geo import vocab
from geo.errors import ConflictmapError
from geo.workflows import reporting
from geo.workflows.reporting import Draft, ReportSource
from ui.desk import desk
from ui.text import plain

RECEIPT = "report_receipt"
NONE = "—"


def events_of_report(text: str, proposals: list[Draft]) -> None:
    """Offer the drafts as rows to tick and complete; nothing is saved before the button."""
    st.subheader("Events from this report", anchor=False)
    if not proposals:
        st.info(
            "Settle a town, village or area above to draft an event; a country alone does not say where it happened."
        )
        return
    st.write("Tick what is an event, set its day and type. The report becomes its source.")
    labels = vocab.labels(vocab.EVENT_TYPES)
    table = st.data_editor(
        [
            {
                "save": False,
                "place": d.name,
                "day": d.event_date,
                "type": NONE,
                "low": None,
                "high": None,
                "description": d.evidence,
            }
            for d in proposals
        ],
        key=f"drafts_{reporting.report_digest(text)[:8]}_{len(proposals)}",
        hide_index=True,
        disabled=["place"],
        column_config={
            "save": st.column_config.CheckboxColumn("Save", width="small"),
            "place": st.column_config.TextColumn("Place", width="medium"),
            "day": st.column_config.DateColumn(
                "Day", min_value=date(1800, 1, 1), max_value=date(2199, 12, 31), format="YYYY-MM-DD"
            ),
            "type": st.column_config.SelectboxColumn("Type", options=[NONE, *labels.values()], required=True),
            "low": st.column_config.NumberColumn("Deaths, low", min_value=0, step=1),
            "high": st.column_config.NumberColumn("Deaths, high", min_value=0, step=1),
            "description": st.column_config.TextColumn(
                "What happened (the sentence is the evidence)", width="large"
            ),
        },
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = st.text_input("Title of the report", value=_title(text), max_chars=300)
        publisher = st.text_input("Publisher", max_chars=200, width=220)
        url = st.text_input("Address", max_chars=1000, width=260)
    confidence = st.pills(
        "Confidence",
        vocab.codes(vocab.CONFIDENCES),
        default="medium",
        format_func=vocab.labels(vocab.CONFIDENCES).get,
    )
    if st.button("Save the ticked events", type="primary"):
        _commit(text, proposals, table, ReportSource(title, publisher, url), confidence or "")


def _title(text: str) -> str:
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first.lstrip("# ").strip()[:300]


def _commit(
    text: str, proposals: list[Draft], table: list[dict[str, Any]], source: ReportSource, confidence: str
) -> None:
    codes = {label: code for code, label in vocab.labels(vocab.EVENT_TYPES).items()}
    ticked = [(draft, row) for draft, row in zip(proposals, table, strict=True) if row["save"]]
    unfinished = [draft.name for draft, row in ticked if row["day"] is None or row["type"] == NONE]
    if not ticked or unfinished:
        st.error(
            plain(
                f"Set day and type for: {', '.join(unfinished)}."
                if unfinished
                else "Tick at least one event."
            )
        )
        return
    rows = [_row(draft, row, codes[row["type"]], confidence) for draft, row in ticked]
    try:
        st.session_state[RECEIPT] = reporting.save_events(desk(), text, rows, source)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _row(draft: Draft, row: dict[str, Any], event_type: str, confidence: str) -> dict[str, Any]:
    pinned = draft.geo_precision != 3
    return {
        "event_id": draft.event_id,
        "event_date": str(row["day"])[:10],
        "time_precision": 1,
        "event_type": event_type,
        "fatalities_low": row["low"],
        "fatalities_high": row["high"],
        "toponym": draft.name,
        "place_id": draft.place.place_id,
        "lat": draft.place.lat if pinned else None,
        "lon": draft.place.lon if pinned else None,
        "geo_precision": draft.geo_precision,
        "description": row["description"] or "",
        "confidence": confidence,
    }
