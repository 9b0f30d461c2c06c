"""What an import would do, put together: ledger, open questions, remarks."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.ingest.cases import Case
from geo.ingest.mapping import ColumnPlan
from geo.ingest.questions import bidi_question, place_questions, reading_notes
from geo.ingest.source import Source
from geo.model import ImportReport, Note, Question
from geo.store.draft import Draft
from geo.workflows.desk import Desk
from geo.workflows.reading import Reading
from geo.workflows.repeats import note_repeats

SHOWN_ISSUES = 10_000
"""Issues that a report carries; a file of rejects has them all."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is written yet, and nothing will be while a question is open.

    ``open_names`` are names without a point that could not be settled: their rows wait without a place.
    ``gone`` are events of earlier editions of this source, within its days, that the file no longer has.
    ``on_points`` are answers that changed rows with a point, and hold for files with this header only.
    """

    report: ImportReport
    draft: Draft
    header: tuple[str, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    open_names: tuple[Case, ...]
    answers: Mapping[str, str]
    fingerprint: str
    gone: tuple[str, ...] = ()
    on_points: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """Family of the rows."""
        return self.draft.family


def preview_of(
    desk: Desk, path: Path, label: str, source: Source, plan: ColumnPlan, reading: Reading,
    answers: Mapping[str, str], mark: str,
) -> Preview:  # fmt: skip
    """The preview of a file that was read into a draft: compared with the store, with all that is to be told."""
    draft, placer = reading.draft, reading.placer
    questions = [
        *source.questions,
        *plan.questions,
        *reading.dates.questions,
        *bidi_question(reading.counts, answers),
        *(place_questions(placer.cases, placer.for_points) if placer else []),
    ]
    notes = [
        *source.notes,
        *plan.notes,
        *reading.dates.notes,
        *reading_notes(reading.counts, reading.examples, [q.code for q in questions]),
        *(placer.notes() if placer else []),
        *_repeat_notes(draft),
    ]
    repeats = note_repeats(desk, draft)
    if repeats:
        notes.append(
            Note(
                "DUP-01",
                f"{repeats} of the rows may be events that are there already: look at the remarks",
                "said",
            )
        )
    if used := sorted(placer.cases.answered) if placer else []:
        shown = ", ".join(key.removeprefix("place:").rstrip("|") for key in used[:5])
        notes.append(Note("PLC-08", f"answers about places were carried out: {shown}", "said"))
    verdicts = desk.store.compare_draft(draft)
    gone_count, gone = (
        desk.store.disappeared(draft, note=f"format {plan.format}")
        if plan.format in {"acled", "ucdp"}
        else (0, [])
    )
    if gone_count:
        notes.append(
            Note("DUP-01", f"{gone_count} events of earlier imports are no longer in the source", "said")
        )
    report = ImportReport(
        file=label,
        sha256=_sha256(path),
        outcome=_outcome(draft.rejected, questions, notes),
        read=reading.read,
        added=verdicts["added"],
        changed=verdicts["changed"],
        unchanged=verdicts["unchanged"] + draft.repeats,
        rejected=draft.rejected,
        unplaced=reading.unplaced,
        issues=tuple(draft.issues(limit=SHOWN_ISSUES)),
        normalised=tuple(note.text for note in notes if note.weight != "said"),
        encoding=source.encoding,
        delimiter=source.delimiter,
        mapping=plan.shown(source.header),
        code=_code(questions, notes, draft),
        question=questions[0].key if questions else "",
        format=plan.format if source.format in {"csv", "xlsx"} else source.format,
        family=plan.family,
    )
    open_names = tuple(placer.cases.of("open")) if placer else ()
    return Preview(
        report,
        draft,
        source.header,
        tuple(questions),
        tuple(notes),
        open_names,
        answers,
        mark,
        tuple(gone),
        frozenset(placer.cases.on_points if placer else ()),
    )


def _outcome(rejected: int, questions: Sequence[Question], notes: Sequence[Note]) -> str:
    if questions:
        return "ASK"
    weights = {note.weight for note in notes}
    if rejected or "incomplete" in weights:
        return "PARTIAL"
    return "NORMALISE" if "normalised" in weights else "ACCEPT"


def _code(questions: Sequence[Question], notes: Sequence[Note], draft: Draft) -> str:
    """The code of what weighs most: an open question, rejected rows, another form."""
    if questions:
        return questions[0].code
    incomplete = [note.code for note in notes if note.weight == "incomplete"]
    if incomplete:
        return incomplete[0]
    if draft.rejected:
        return draft.main_problem
    return next((note.code for note in notes if note.weight == "normalised"), "")


def _repeat_notes(draft: Draft) -> list[Note]:
    if not draft.repeats:
        return []
    return [
        Note("CSV-13", f"{draft.repeats} exact repeats were skipped, and count as unchanged", "normalised")
    ]


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
