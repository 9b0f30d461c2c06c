"""The report desk: reports' places marked, settled by the analyst, and saved as events."""

from typing import Any

import streamlit as st

from geo.workflows import decisions, drafting, learntnames
from geo.workflows.byhand import hand_spot
from geo.workflows.placing import is_place
from geo.workflows.reportview import place_view, report_view
from ui.api import frame_data
from ui.components import report_component
from ui.desk import desk
from ui.lookups import lookup_addresses
from ui.openreports import (
    CURRENT,
    OpenReport,
    close_report,
    current_report,
    new_version,
    open_reports,
)
from ui.receipts import show_receipt
from ui.screens.report_events import DAY_SAVED, RECEIPT, events_of_report
from ui.screens.report_input import ADDING, ask_for_reports, show_refusals
from ui.screens.report_source import ask_source
from ui.text import counted, plain

DESK, SENT = "report_desk", "report_sent"
LONGEST_LABEL = 26


def page() -> None:
    """Draw the page."""
    st.title("Reports", anchor=False)
    show_refusals()
    report = current_report()
    if report is None:
        ask_for_reports()
        return
    if st.session_state.get(ADDING):
        ask_for_reports()
    _take_browser(report)
    st.session_state[SENT] = _sent(report)
    _desk_of(report)


def _link_to_map() -> None:
    """The map of the first day that was saved."""
    day, event_id = st.session_state[DAY_SAVED]
    st.page_link(
        "screens/map_screen.py",
        label=f"Show on the map, {day.day} {day:%b %Y}",
        icon=":material/map:",
        query_params={"d": day.isoformat(), "mode": "day", "pick": event_id},
        width=190,
    )


@st.fragment
def _desk_of(report: OpenReport) -> None:
    """What follows the person's decisions: runs alone when the browser tells of them."""
    if _take_browser(report):
        st.rerun()
    _list_of_reports(report)
    _notes(report)
    report_component(key=DESK, data=st.session_state[SENT], on_decided_change=lambda: None)
    source = ask_source(report)
    parsed = report.places()
    places, choices = decisions.decided_places(parsed, report.decisions)
    found = drafting.drafted(desk(), report.text, places, choices, report_day=source.published)
    bare = drafting.bare_places(desk(), report.text, places, choices, found.drafts)
    events_of_report(report, source, found, bare)
    show_receipt(RECEIPT, _link_to_map)


def _list_of_reports(current: OpenReport) -> None:
    """Every open report with what is left to do; a click brings it to hand."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="open_reports"):
        for report in open_reports().values():
            in_hand = report is current
            left, saved = report.left(), sum(saving.rows for saving in report.saved())
            state = f"{left} to settle, {saved} saved"
            label = f"{report.title[:LONGEST_LABEL]}{'…' if len(report.title) > LONGEST_LABEL else ''}"
            if st.button(
                plain(f"{label} ({state})"),
                key=f"open_{report.digest}",
                type="primary" if in_hand else "secondary",
                help="This report is in hand" if in_hand else None,
            ):
                st.session_state[CURRENT] = report.digest
                st.session_state.pop(RECEIPT, None)
                st.rerun()
        adding = bool(st.session_state.get(ADDING))
        if st.button("Add no more" if adding else "Add reports", icon=":material/add:", type="tertiary"):
            st.session_state[ADDING] = not adding
            st.rerun()
        if st.button("Close this report", icon=":material/close:", type="tertiary"):
            close_report(current.digest)
            st.session_state.pop(RECEIPT, None)
            st.rerun()


def _notes(report: OpenReport) -> None:
    for note in report.notes:
        st.info(plain(note))
    for notice in report.places().notices:
        st.warning(plain(notice.sentence))
    savings = report.saved()
    if not savings:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        newest = savings[0]
        times = f" It was saved {len(savings)} times." if len(savings) > 1 else ""
        st.info(
            plain(
                f"This report is in the store: {counted(newest.rows, 'event')} saved on {newest.when} by {newest.who}.{times} "
                "Saving again changes only what differs."
            )
        )
        st.page_link(
            "screens/history_screen.py",
            label="See it in the history",
            icon=":material/history:",
            query_params={"receipt": newest.import_id},
        )


def _sent(report: OpenReport) -> dict[str, Any]:
    """What the browser gets. It stays the same until the page runs anew, so that it is sent once."""
    view = report_view(desk(), report.places())
    chosen = {choice for choice in report.decisions.values() if _is_listed(choice)}
    view["places"] |= {choice: place_view(desk(), desk().gazetteer.place(choice)) for choice in chosen}
    return {
        "report": report.digest,
        "version": new_version(),
        "n": report.n,
        "text": report.text,
        "view": view,
        "choices": {str(start): choice for start, choice in report.decisions.items()},
        "learnt": report.learnt,
        "map": frame_data(desk().store.revision()) | {"title": "Map of the current place"},
        **lookup_addresses(),
    }


def _is_listed(choice: str) -> bool:
    return choice != decisions.NOT_A_PLACE and hand_spot(choice) is None


def _take_browser(report: OpenReport) -> bool:
    """What the person decided since; True if a name was forgotten, so that the text must be read anew."""
    said = st.session_state.get(DESK, {}).get("decided")
    if not said or said.get("report") != report.digest or int(said["n"]) <= report.n:
        return False
    report.n = int(said["n"])
    learnt = {str(name): str(place) for name, place in dict(said["learnt"]).items()}
    forgotten = _taught(report, learnt)
    report.decisions = decisions.checked_decisions(desk(), report.places(), said["choices"])
    return forgotten


def _taught(report: OpenReport, learnt: dict[str, str]) -> bool:
    """Keep the names that were taught, and drop those taken back; an empty place forgets a name for good."""
    before, report.learnt = report.learnt, {name: place for name, place in learnt.items() if place}
    for name, place in report.learnt.items():
        if before.get(name) != place and is_place(desk(), place):
            learntnames.learn_name(desk(), name, place)
    gone = [name for name in before if name not in learnt] + [name for name in learnt if not learnt[name]]
    for name in gone:
        learntnames.forget_name(desk(), name)
    return bool(gone)


page()
