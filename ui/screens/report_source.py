"""Where a report is from: title, publisher, address, its day and the day of reading it."""

from typing import Any

import streamlit as st

from geo.interval import FIRST_DAY, LAST_DAY
from geo.workflows.reporting import ReportSource
from ui.openreports import FIELDS, OpenReport

DAY_FIELD: dict[str, Any] = {
    "min_value": FIRST_DAY,
    "max_value": LAST_DAY,
    "format": "YYYY-MM-DD",
    "width": 150,
}


def ask_source(report: OpenReport) -> ReportSource:
    """Show what the file stated and take what the person changes."""
    st.subheader("Source", anchor=False)
    keys = {name: f"{name}_{report.digest[:16]}" for name in FIELDS}
    for name, key in keys.items():
        st.session_state.setdefault(key, report.fields[name])
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input("Title of the report", key=keys["title"], max_chars=300, width=290)
        st.text_input("Publisher", key=keys["publisher"], max_chars=200, width=160)
        st.text_input("Address", key=keys["url"], max_chars=1000, width=210)
        st.date_input(
            "Day of the report",
            key=keys["published"],
            help="Words such as “on Wednesday” are counted from it. A day at the head of the text goes before it.",
            **DAY_FIELD,
        )
        st.date_input("Read on", key=keys["accessed"], **DAY_FIELD)
    report.fields = {name: st.session_state[key] for name, key in keys.items()}
    return ReportSource(**report.fields)
