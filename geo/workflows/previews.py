"""What an import would do, put together: ledger, open questions, remarks."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geo.ingest.cases import Case
from geo.ingest.mapping import OWN, ColumnPlan
from geo.ingest.places import Placer
from geo.ingest.questions import bidi_question, place_questions, reading_notes
from geo.ingest.reading.answers import Answers
from geo.ingest.source import Source
from geo.model import ImportReport, Note, Question
from geo.store.draft import Draft
from geo.workflows.desk import Desk
from geo.workflows.histories import format_note
from geo.workflows.reading import Reading
from geo.workflows.repeats import note_repeats

SHOWN_ISSUES = 10_000
"""Issues that a report carries; a file of rejects has them all."""
MOST_GONE = 1_000
"""Dropped events that are counted and named: where there are more, the file is no new edition but an addition."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is written yet, and nothing will be while a question is open.

    ``open_names`` are names without a point that could not be settled: their rows wait without a place.
    ``gone`` are events of earlier editions of this source, within its days, that the file no longer has: up to
    :data:`MOST_GONE` ids; ``gone_count`` is their number in words, for there may be more; empty if there are none.
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
    gone_count: str = ""
    on_points: frozenset[str] = frozenset()

    @property
    def family(self) -> str:
        """Family of the rows."""
        return self.draft.family


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file whose rows are in a draft: where it lies, what it is called, how it was read and under which answers.

    ``given`` are the answers that are no remembered ones.
    """

    path: Path
    label: str
    source: Source
    plan: ColumnPlan
    reading: Reading
    answers: Answers
    fingerprint: str
    given: Collection[str]


def preview_of(desk: Desk, file: StagedFile) -> Preview:
    """The preview of a file that was read into a draft: compared with the store, with all that is to be told."""
    placer = file.reading.placer
    questions = _questions(file)
    gone_count, gone = _read_gone(desk, file)
    notes = [
        *_notes(file, questions),
        *_likely_notes(note_repeats(desk, file.reading.draft)),
        *_answer_notes(placer),
        *_gone_notes(gone_count),
        *([] if questions else _unneeded_notes(file)),
    ]
    return Preview(
        report=_report(desk, file, questions, notes),
        draft=file.reading.draft,
        header=file.source.header,
        questions=questions,
        notes=tuple(notes),
        open_names=tuple(placer.cases.of("open")) if placer else (),
        answers=file.answers,
        fingerprint=file.fingerprint,
        gone=tuple(gone),
        gone_count=gone_count,
        on_points=frozenset(placer.cases.on_points if placer else ()),
    )


def _questions(file: StagedFile) -> tuple[Question, ...]:
    """The open questions, in the order in which they are to be settled."""
    placer = file.reading.placer
    return (
        *file.source.questions,
        *file.plan.questions,
        *file.reading.dates.questions,
        *bidi_question(file.reading.counts, file.answers),
        *(place_questions(placer.cases, placer.for_points) if placer else []),
    )


def _notes(file: StagedFile, questions: Sequence[Question]) -> list[Note]:
    """What is to be told of the file itself."""
    reading = file.reading
    return [
        *file.source.notes,
        *file.plan.notes,
        *reading.dates.notes,
        *reading_notes(reading.counts, reading.examples, [question.code for question in questions]),
        *(reading.placer.notes() if reading.placer else []),
        *_repeat_notes(reading.draft),
    ]


def _likely_notes(repeats: int) -> list[Note]:
    text = f"{repeats} of the rows may be events that are there already: look at the remarks"
    return [Note("DUP-01", text, "said")] if repeats else []


def _answer_notes(placer: Placer | None) -> list[Note]:
    used = sorted(placer.cases.answered) if placer else []
    shown = ", ".join(key.removeprefix("place:").rstrip("|") for key in used[:5])
    return [Note("PLC-08", f"answers about places were carried out: {shown}", "said")] if used else []


def _unneeded_notes(file: StagedFile) -> list[Note]:
    """Answers that somebody gave and nothing in the file asked for: another file may, or they are misspelt."""
    unneeded = [key for key in file.given if not _is_needed(key, file)]
    shown = ", ".join(unneeded[:5]) + (f" and {len(unneeded) - 5} more" if len(unneeded) > 5 else "")
    return [Note("ANS-01", f"answers that this file did not need: {shown}", "said")] if unneeded else []


def _is_needed(key: str, file: StagedFile) -> bool:
    kind, _, rest = key.partition(":")
    reading = file.reading
    if kind in {"column", "format"}:
        return True
    if kind == "type":
        return rest.casefold() in reading.types.asked
    if kind == "bidi":
        return bool(reading.counts["TXT-01"])
    return key in file.answers.asked | (reading.placer.for_points.asked if reading.placer else set())


def _read_gone(desk: Desk, file: StagedFile) -> tuple[str, list[str]]:
    """Number and ids of the events that the newest edition of a source that has editions dropped."""
    if file.plan.format not in {"acled", "ucdp"}:
        return "", []
    gone = desk.store.disappeared(file.reading.draft, note=format_note(file.plan.format), limit=MOST_GONE + 1)
    if len(gone) > MOST_GONE:
        return f"more than {MOST_GONE:,}", gone[:MOST_GONE]
    return f"{len(gone):,}" if gone else "", gone


def _gone_notes(count: str) -> list[Note]:
    text = f"{count} events of earlier imports are no longer in the source"
    return [Note("DUP-01", text, "said")] if count else []


def _report(
    desk: Desk, file: StagedFile, questions: Sequence[Question], notes: Sequence[Note]
) -> ImportReport:
    draft, source, plan = file.reading.draft, file.source, file.plan
    verdicts = desk.store.compare_draft(draft)
    return ImportReport(
        file=file.label,
        sha256=_sha256(file.path),
        outcome=_outcome(draft.rejected, questions, notes),
        read=file.reading.read,
        added=verdicts["added"],
        changed=verdicts["changed"],
        unchanged=verdicts["unchanged"] + draft.repeats,
        rejected=draft.rejected,
        unplaced=file.reading.unplaced,
        issues=tuple(draft.issues(limit=SHOWN_ISSUES)),
        normalised=tuple(note.text for note in notes if note.weight != "said"),
        encoding=source.encoding,
        delimiter=source.delimiter,
        mapping=plan.shown(source.header),
        code=_code(questions, notes, draft),
        question=questions[0].key if questions else "",
        # A known table stays known in any container: its licence and its next edition depend on it.
        format=source.format if plan.format == OWN and source.format not in {"csv", "xlsx"} else plan.format,
        family=plan.family,
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
