"""Import: from a file to a preview, and from a preview to a committed change."""

import json
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from geo.errors import InputRefused, SettingError
from geo.ingest.cases import FIX, KEEP, LEAVE, PLACE_ANSWERS
from geo.ingest.family import family_of
from geo.ingest.mapping import (
    NAMES_OF_FORMATS,
    OWN,
    ColumnPlan,
    fingerprint,
    is_column_answer,
    mapping_of,
)
from geo.ingest.places import Placer
from geo.ingest.reading.answers import Answers
from geo.ingest.reading.open import open_source
from geo.ingest.source import Source
from geo.model import ImportReport, Note
from geo.store.base import Change
from geo.vocab import EVENT_TYPES, codes
from geo.workflows.desk import Desk
from geo.workflows.histories import format_note
from geo.workflows.json_forms import import_json
from geo.workflows.placing import ground_of, is_place, unplaced_rows
from geo.workflows.previews import Preview, StagedFile, preview_of
from geo.workflows.reading import Surroundings, read_into_draft
from geo.workflows.remembered import answered_by, read_answers, write_answers

LONGEST_LABEL = 120
IMPORTABLE = ("auto", "events", "posts", "zones", "lines")
_ANSWERABLE = (
    "encoding", "header", "sheet", "member", "layer", "crs", "repair", "format", "date_order", "excel", "bidi", "sign",
    "swap", "country", "places", "unnamed", "column:", "place:", "type:", "date_order:", "excel:",
)  # fmt: skip
"""Questions that an answer may be for; with a colon, what begins the name of one."""
_CHOICES = {
    "date_order": {"dmy", "mdy", "ymd", LEAVE},
    "excel": {"yes", "no"},
    "bidi": {"strip", KEEP},
    "sign": {FIX, KEEP, LEAVE},
    "swap": {FIX, KEEP, LEAVE},
    "country": {KEEP, LEAVE},
    "places": {KEEP, LEAVE},
    "unnamed": {KEEP},
}
"""Answers to the questions that offer the same ones for every file."""


def preview_import(
    desk: Desk,
    file: Path | bytes,
    *,
    name: str,
    family: str = "auto",
    answers: Mapping[str, str] | None = None,
    tick: Callable[[int], None] = lambda _: None,
) -> Preview:
    """Read and check a file, place its rows, and compare it with the store; ``tick`` hears of rows read.

    Raises
    ------
    InputRefused
        The file as a whole cannot be taken.
    SettingError
        An answer is to no question, or is none that the question takes.
    """
    if isinstance(file, bytes):
        with tempfile.TemporaryDirectory(prefix="conflictmap-") as folder:
            path = Path(folder) / "upload"
            path.write_bytes(file)
            return preview_import(desk, path, name=name, family=family, answers=answers, tick=tick)
    told = Answers(answers or {})
    label = file_label(name)
    if unknown := next(filter(_is_unknown, told), None):
        asked = _asked(desk, file, name=name, family=family)
        raise SettingError(f"No question has the name {unknown[:60]!r}: {label} asks {asked}.")
    _refuse_impossible_answers(told)
    source = open_source(file, name=label, answers=told)
    # A file that names no column is known again by its first row only.
    mark = fingerprint((*source.header, *(source.samples[0] if source.samples else ())))
    family = family_of(source) if family == "auto" else family
    by_name, by_header = read_answers(desk.settings, fingerprint=mark)
    kept = _usable(desk, source, family, {**by_name, **by_header})
    by_name = {key: value for key, value in by_name.items() if key not in {**by_header, **told}}
    given = Answers({**kept, **told})
    given.asked |= told.asked
    plan = mapping_of(source, family, name=label, answers=given) if source.header else _no_plan(family)
    plan = replace(
        plan,
        notes=(
            *plan.notes,
            *_remembered_notes(kept, answers or {}, by=answered_by(desk.settings, fingerprint=mark)),
        ),
    )
    around = Surroundings(
        zone=desk.situation.time_zone,
        answers=given,
        make_placer=lambda: _placer(desk, plan, given, by_name),
        unplaced=lambda rows: unplaced_rows(desk, rows) if family == "events" else 0,
        known=lambda ids: desk.store.content_hashes(family, ids),
        tick=tick,
    )
    reading = read_into_draft(source, plan, around)
    if not reading.read and not source.questions:
        reading.draft.close()
        raise InputRefused(f"{label} has a header and no rows below it: export it again.", code="CSV-07")
    return preview_of(desk, StagedFile(file, label, source, plan, reading, given, mark, tuple(told)))


def commit_import(desk: Desk, preview: Preview) -> ImportReport:
    """Write a preview in one transaction; the counts are those of the commit itself.

    Another process may have written since the preview, so the verdicts are made again under the lock.

    Raises
    ------
    InputRefused
        A question is still open.
    """
    if preview.questions:
        first = preview.questions[0]
        raise InputRefused(
            f"{preview.report.file}: {first.text} Answer it first (--answer {first.key}=…).", code=first.code
        )
    report = preview.report
    change = Change(
        action="import",
        recorded_by=desk.who(),
        file=report.file,
        sha256=report.sha256,
        note=format_note(report.format),
        header=json.dumps(preview.header, ensure_ascii=False),
    )
    receipt = desk.store.commit_draft(change, preview.draft)
    write_answers(
        desk.settings,
        preview.answers,
        fingerprint=preview.fingerprint,
        recorded_by=change.recorded_by,
        on_points=preview.on_points,
    )
    family = preview.family
    return replace(
        report,
        added=receipt.added[family],
        changed=receipt.changed[family],
        unchanged=receipt.unchanged[family] + preview.draft.repeats,
        import_id=receipt.import_id,
    )


def import_refused(error: InputRefused, *, name: str) -> dict[str, Any]:
    """The ledger of a file that was not taken: nothing read, nothing written, and why."""
    report = ImportReport(
        file=file_label(name), sha256="", outcome="REJECT", read=0, added=0, changed=0, unchanged=0, rejected=0,
        unplaced=0, code=error.code,
    )  # fmt: skip
    return import_json(report) | {"error": str(error)}


def file_label(name: str) -> str:
    """A file's name as text that can be stored and shown: never a path, at most 120 characters."""
    shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
    if len(shown) <= LONGEST_LABEL:
        return shown
    ending = "".join(Path(shown[-20:]).suffixes)[-12:]
    return f"{shown[: LONGEST_LABEL - len(ending) - 1]}…{ending}"


def _is_unknown(key: str) -> bool:
    known = tuple(name for name in _ANSWERABLE if name.endswith(":"))
    return key not in _ANSWERABLE and not key.startswith(known)


def _asked(desk: Desk, file: Path, *, name: str, family: str) -> str:
    """The questions of a file that nobody has answered, by name."""
    preview = preview_import(desk, file, name=name, family=family)
    preview.draft.close()
    return ", ".join(question.key for question in preview.questions) or "nothing"


def _refuse_impossible_answers(answers: Mapping[str, str]) -> None:
    for key, value in answers.items():
        allowed = _CHOICES.get(key.partition(":")[0])
        if allowed and value not in allowed:
            raise SettingError(
                f"{value[:40]!r} is no answer to {key}: use one of {', '.join(sorted(allowed))}."
            )
    types = codes(EVENT_TYPES)
    for key, value in answers.items():
        if key.startswith("type:") and value not in types:
            raise SettingError(f"{value[:40]!r} is no type of event: use one of {', '.join(types)}.")


def _no_plan(family: str) -> ColumnPlan:
    """Of a file whose columns are not known before a question is answered, such as one of several in an archive."""
    return ColumnPlan(OWN, family, (), (), (), flags_figures=False, is_export=False)


def _usable(desk: Desk, source: Source, family: str, kept: Mapping[str, str]) -> dict[str, str]:
    """Remembered answers that still make sense: the gazetteer may be another one, the rows of another family."""
    types = codes(EVENT_TYPES)

    def usable(key: str, value: str) -> bool:
        if key.startswith("column:"):
            return is_column_answer(source.header, family, key, value)
        if key.startswith("type:"):
            return value in types
        return value in (PLACE_ANSWERS if key.startswith("place:") else NAMES_OF_FORMATS) or (
            key.startswith("place:") and is_place(desk, value)
        )

    return {key: value for key, value in kept.items() if usable(key, value)}


def _remembered_notes(kept: Mapping[str, str], given: Mapping[str, str], *, by: str) -> list[Note]:
    """Which answers of an earlier file are used again; those about places are named where they are carried out."""
    used = [
        f"{key} = {value[:60]}"
        for key, value in kept.items()
        if key not in given and not key.startswith("place:")
    ]
    who = f" by {by}" if by else ""
    text = f"read as answered{who} for an earlier file with these columns: {', '.join(used[:12])}"
    return [Note("CSV-08", text, "said")] if used else []


def _placer(
    desk: Desk, plan: ColumnPlan, answers: Mapping[str, str], by_name: Collection[str]
) -> Placer | None:
    if plan.family != "events":
        return None
    has_names = any(target.column.name == "toponym" for target in plan.targets)
    return Placer(ground_of(desk), answers=answers, has_names=has_names, by_name=by_name)
