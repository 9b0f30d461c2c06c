"""The lower half of the report desk: drafts that a person turns into events with the report as their source."""

import hashlib
from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from geo import vocab
from geo.drafting.model import Draft, Drafted, Passed
from geo.errors import ConflictmapError
from geo.interval import FIRST_DAY, LAST_DAY
from geo.workflows import drafting, reporting
from geo.workflows.reporting import ReportSource
from ui.desk import desk
from ui.openreports import OpenReport
from ui.text import plain

RECEIPT, DAY_SAVED = "report_receipt", "report_day_saved"
NONE = "—"
EDITABLE = ("save", "day", "type", "low", "high", "by", "with", "description")
MOST_QUESTIONS = 8
Row = dict[str, Any]


def events_of_report(report: OpenReport, source: ReportSource, found: Drafted, bare: Sequence[Draft]) -> None:
    """Offer the drafts as rows to tick and complete, then places without an event; nothing is saved before the button."""
    st.subheader("Events from this report", anchor=False)
    for notice in found.notices:
        st.warning(plain(notice))
    proposals = [*found.drafts, *bare]
    if not proposals:
        st.info(
            "Settle a town, village or area above to draft an event; a country alone does not say where it happened."
        )
        _show_passed(found.passed)
        return
    st.write("Tick what is an event and check its day, type and numbers. The report becomes its source.")
    rows = _table(report, proposals)
    _questions(proposals, rows)
    _show_passed(found.passed)
    confidence = st.pills(
        "Confidence",
        vocab.codes(vocab.CONFIDENCES),
        default="medium",
        format_func=vocab.labels(vocab.CONFIDENCES).get,
    )
    if st.button("Save the ticked events", type="primary"):
        _commit(report, source, proposals, rows, confidence or "")


def _table(report: OpenReport, proposals: Sequence[Draft]) -> list[Row]:
    """The rows as the person sees and changes them; edits outlive new proposals for other rows."""
    proposed = [_proposed(draft) for draft in proposals]
    shown = repr([(d.event_id, *p.items()) for d, p in zip(proposals, proposed, strict=True)])
    digest = f"{hashlib.sha256(shown.encode()).hexdigest()[:12]}_{len(report.saved())}"
    if report.table[0] != digest:
        edited = [row | report.edits.get(d.event_id, {}) for d, row in zip(proposals, proposed, strict=True)]
        report.table = (digest, edited)
    rows: list[Row] = st.data_editor(
        report.table[1],
        key=f"drafts_{digest}",
        hide_index=True,
        placeholder="",
        disabled=["place", "injured", "doubts"],
        column_config=_columns(),
    )
    for draft, row, fresh in zip(proposals, rows, proposed, strict=True):
        report.edits[draft.event_id] = {
            name: _cell(name, row[name]) for name in EDITABLE if _cell(name, row[name]) != fresh[name]
        }
    return rows


def _columns() -> dict[str, Any]:
    column = st.column_config
    types = [NONE, *vocab.labels(vocab.EVENT_TYPES).values()]
    return {
        "save": column.CheckboxColumn("Save", width=70),
        "place": column.TextColumn("Place", width=120),
        "day": column.DateColumn(
            "Day", min_value=FIRST_DAY, max_value=LAST_DAY, format="YYYY-MM-DD", width=95
        ),
        "type": column.SelectboxColumn("Type", options=types, required=True, width=120),
        "low": column.NumberColumn("Deaths, low", min_value=0, step=1, width=112),
        "high": column.NumberColumn("Deaths, high", min_value=0, step=1, width=112),
        "injured": column.TextColumn("Injured", help="Said in the text; events have no column for it.", width=80),
        "by": column.TextColumn("Who acted", width=120),
        "with": column.TextColumn("Against or with", width=135),
        "description": column.TextColumn("What happened (the sentence is the evidence)", width=320),
        "doubts": column.TextColumn("Questions and notes", width=320),
    }  # fmt: skip


def _questions(proposals: Sequence[Draft], rows: Sequence[Row]) -> None:
    """What only a person can say; a question goes once its cell is filled."""
    asked: dict[str, list[str]] = {}
    for draft, row in zip(proposals, rows, strict=True):
        if row["day"] is None and draft.when.question and draft.event_type:
            asked.setdefault(draft.when.question, []).append(draft.resolution.mention.name)
        if row["type"] == NONE and draft.when.words:
            asked.setdefault("Which type of event is it?", []).append(draft.resolution.mention.name)
    if not asked:
        return
    with st.container(border=True, key="report_questions"):
        st.text(f"Open questions: {len(asked)}. Fill the day of the report above, or the cells of the row.")
        for question, names in list(asked.items())[:MOST_QUESTIONS]:
            st.text(f"{question}  ({', '.join(dict.fromkeys(names))})")


def _show_passed(passed: tuple[Passed, ...]) -> None:
    """Sentences with a word for an event that gave no draft: the person may know better."""
    if passed:
        with st.expander(f"Sentences without a draft: {len(passed)}"):
            for each in passed:
                st.text(f"“{each.word}”: {each.reason}. {each.evidence.text}")


def _proposed(draft: Draft) -> Row:
    """The row of a draft as it is first shown."""
    deaths = draft.deaths
    labels = vocab.labels(vocab.EVENT_TYPES)
    return {
        "save": False,
        "place": draft.resolution.mention.name,
        "day": draft.when.first,
        "type": labels[draft.event_type] if draft.event_type else NONE,
        "low": deaths.low if deaths else None,
        "high": deaths.high if deaths else None,
        "injured": "; ".join(words.removeprefix("injured: ") for words in draft.injury_words),
        "by": draft.actors_in("by"),
        "with": draft.actors_in("with"),
        "description": draft.evidence[0].text,
        "doubts": "; ".join((*draft.questions, *draft.notes)),
    }


def _cell(name: str, value: Any) -> Any:
    """A cell of the editor as plain Python: days as days, an emptied text as no text."""
    if name == "day":
        return None if value is None else date.fromisoformat(str(value)[:10])
    return "" if value is None and name in {"by", "with", "description"} else value


def _commit(
    report: OpenReport, source: ReportSource, proposals: Sequence[Draft], rows: Sequence[Row], confidence: str
) -> None:
    codes = {label: code for code, label in vocab.labels(vocab.EVENT_TYPES).items()}
    ticked = [(draft, row) for draft, row in zip(proposals, rows, strict=True) if row["save"]]
    unfinished = [
        draft.resolution.mention.name for draft, row in ticked if row["day"] is None or row["type"] == NONE
    ]
    if not ticked or unfinished:
        st.error(
            plain(
                f"Set day and type for: {', '.join(unfinished)}."
                if unfinished
                else "Tick at least one event."
            )
        )
        return
    events = [_event(draft, row, codes[row["type"]], confidence) for draft, row in ticked]
    try:
        receipt = reporting.save_events(desk(), report.text, events, source)
    except ConflictmapError as error:
        st.error(plain(str(error)))
        return
    for draft, _ in ticked:
        report.edits[draft.event_id].pop("save", None)
    first = min(events, key=lambda event: event["event_date"])
    st.session_state[DAY_SAVED] = date.fromisoformat(first["event_date"]), first["event_id"]
    st.session_state[RECEIPT] = receipt
    st.rerun()


def _event(draft: Draft, row: Row, event_type: str, confidence: str) -> dict[str, Any]:
    return drafting.event_row(
        draft,
        {
            "day": _cell("day", row["day"]),
            "event_type": event_type,
            "fatalities_low": row["low"],
            "fatalities_high": row["high"],
            "actor1": _cell("by", row["by"]),
            "actor2": _cell("with", row["with"]),
            "description": row["description"],
            "confidence": confidence,
        },
    )
