"""Reports whose events are in the store already: recognised by the digest of their text."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from geo.interval import minute_text
from geo.store.base import Entry
from geo.workflows.desk import Desk
from geo.workflows.reporting import ReportSource

ACTION = "report"
_PUBLISHED = re.compile(r"\bpublished (\d{4}-\d\d-\d\d)\b")


@dataclass(frozen=True, slots=True)
class SavedReport:
    """One saving of events of a report: when, by whom, under which title, and how many rows it wrote."""

    when: str
    who: str
    title: str
    rows: int
    import_id: str
    seq: int
    note: str


def saved_before(desk: Desk, digest: str) -> tuple[SavedReport, ...]:
    """Each time that events of the report were saved and not taken back since, newest first."""
    return _by_digest(desk, desk.store.revision()).get(digest, ())


def saved_source(desk: Desk, saved: SavedReport) -> ReportSource:
    """The source as it was given then, so that saving again does not take it away."""
    rows = (change.after for change in desk.store.change_rows(saved.seq, limit=1))
    row = next((row for row in rows if row is not None), {"source_name": saved.title, "source_url": ""})
    published = _PUBLISHED.search(saved.note)
    return ReportSource(
        title=saved.title,
        publisher=str(row["source_name"]).removeprefix(saved.title).removeprefix("; "),
        url=str(row["source_url"] or ""),
        published=date.fromisoformat(published[1]) if published else None,
    )


@lru_cache(maxsize=2)  # one pass over the history for all reports that are open
def _by_digest(desk: Desk, _: int) -> dict[str, tuple[SavedReport, ...]]:
    found: dict[str, list[SavedReport]] = {}
    for entry in desk.store.history():
        if entry.action == ACTION and not entry.undone:
            found.setdefault(entry.sha256, []).append(_saved(entry))
    return {digest: tuple(saved) for digest, saved in found.items()}


def _saved(entry: Entry) -> SavedReport:
    rows = sum(entry.counts.values())
    return SavedReport(
        minute_text(entry.recorded_at),
        entry.recorded_by,
        entry.file,
        rows,
        entry.import_id,
        entry.seq,
        entry.note,
    )
