"""The reports that a session has open: their texts, what was decided about them, and which one is in hand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import streamlit as st

from geo.documents.paragraphs import first_line
from geo.documents.read import ReportText
from geo.drafting.identity import text_digest
from geo.geoparse.parse import ParsedText
from geo.workflows.decisions import doubtful_left
from geo.workflows.learntnames import read_learnt, with_learnt
from geo.workflows.reporting import parse_report
from geo.workflows.savedreports import SavedReport, saved_before, saved_source
from ui.desk import desk

REPORTS, CURRENT, VERSION = "reports_open", "report_current", "report_version"
MOST_OPEN = 50
FIELDS = ("title", "publisher", "url", "published", "accessed")


@dataclass
class OpenReport:
    """One open report with everything that the person did to it. ``n`` counts the browser's decisions."""

    digest: str
    text: str
    notes: tuple[str, ...]
    fields: dict[str, Any]
    n: int = 0
    decisions: dict[int, str] = field(default_factory=dict)
    learnt: dict[str, str] = field(default_factory=dict)
    edits: dict[str, dict[str, Any]] = field(default_factory=dict)
    table: tuple[str, list[dict[str, Any]]] = ("", [])
    parsed: tuple[dict[str, str], ParsedText] | None = None

    @property
    def title(self) -> str:
        """What the report is called in lists."""
        return str(self.fields["title"]).strip() or "Without a title"

    def places(self) -> ParsedText:
        """The mentions of the text; read anew when somebody taught a name."""
        learnt = read_learnt(desk())
        if self.parsed is None or self.parsed[0] != learnt:
            found = with_learnt(desk(), self.text, parse_report(desk(), self.text), learnt)
            self.parsed = (learnt, found)
        return self.parsed[1]

    def left(self) -> int:
        """How many names still wait for a person."""
        return doubtful_left(self.places(), self.decisions)

    def saved(self) -> tuple[SavedReport, ...]:
        """Each time that its events were saved."""
        return saved_before(desk(), self.digest)


def open_reports() -> dict[str, OpenReport]:
    """The open reports by digest, in the order in which they came."""
    found: dict[str, OpenReport] = st.session_state.setdefault(REPORTS, {})
    return found


def current_report() -> OpenReport | None:
    """The report in hand; None when none is open."""
    reports = open_reports()
    chosen = st.session_state.get(CURRENT)
    return reports.get(chosen) or next(iter(reports.values()), None)


def take_reports(read: Iterable[ReportText]) -> list[str]:
    """Open reports and bring the first of them to hand; sentences about those that were open or are too many."""
    reports = open_reports()
    said, first = [], None
    for report in read:
        digest = text_digest(report.text)
        if digest in reports:
            said.append(f"{reports[digest].title}: this report is open already.")
        elif len(reports) >= MOST_OPEN:
            said.append(f"{report.title}: {MOST_OPEN} reports are open, which is the limit: close one.")
            continue
        else:
            reports[digest] = _opened(digest, report)
        first = first or digest
    if first:
        st.session_state[CURRENT] = first
    return said


def close_report(digest: str) -> None:
    """Put a report away; what was saved of it stays."""
    open_reports().pop(digest, None)


def new_version() -> int:
    """A number that no earlier run of the page has shown: the browser takes what comes with it."""
    number: int = st.session_state.get(VERSION, 0) + 1
    st.session_state[VERSION] = number
    return number


def _opened(digest: str, report: ReportText) -> OpenReport:
    """A report with its source as it was saved before, else as its file states it."""
    savings = saved_before(desk(), digest)
    known = saved_source(desk(), savings[0]) if savings else None
    stated = date.fromisoformat(report.published) if report.published else None
    fields = {
        "title": known.title if known else report.title or " ".join(first_line(report.text).split())[:300],
        "publisher": (known and known.publisher) or report.publisher,
        "url": (known and known.url) or report.url,
        "published": (known and known.published) or stated,
        "accessed": datetime.now(UTC).date(),
    }
    return OpenReport(digest, report.text, tuple(note.text for note in report.notes), fields)
