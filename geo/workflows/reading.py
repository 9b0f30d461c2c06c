"""From a source to a draft: every row is typed, placed and staged, or named with its reason."""

import gc
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from geo.columns import FAMILIES, id_column
from geo.ingest.convert import Rules, SurveyNeeded, typed_rows
from geo.ingest.mapping import ColumnPlan
from geo.ingest.places import Placer
from geo.ingest.reading.answers import Answers
from geo.ingest.rows import Rows
from geo.ingest.rules import apply_rules
from geo.ingest.source import Batch, Source
from geo.ingest.survey import SurveyedDates, survey_dates
from geo.store.digest import content_hashes
from geo.store.draft import Draft

Tick = Callable[[int], None]
Known = Callable[[Sequence[str]], Mapping[str, str]]
"""Content hashes of the store's current rows, by id."""


@dataclass(slots=True)
class Reading:
    """A draft and what was met on the way: ``read`` rows, forms that were read otherwise, dates' questions.

    ``types`` are answers about types of events, by the file's word.
    """

    draft: Draft
    dates: SurveyedDates
    placer: Placer | None
    types: Answers
    read: int = 0
    unplaced: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What reading needs from outside the file.

    ``zone`` is the time zone in which times become days, ``make_placer`` begins the placing of rows anew,
    ``unplaced`` counts the rows that cannot be drawn, ``known`` asks the store, ``tick`` hears of rows read.
    """

    zone: str
    answers: Mapping[str, str]
    make_placer: Callable[[], Placer | None]
    unplaced: Callable[[Rows], int]
    known: Known
    tick: Tick


def read_into_draft(source: Source, plan: ColumnPlan, around: Surroundings) -> Reading:
    """Stage all rows. The file is read once if every date speaks for itself, twice otherwise.

    Raises
    ------
    InputRefused
        The file is broken in a way that shows only on the way.
    """
    try:
        return _staged(source, plan, None, around)
    except SurveyNeeded:
        dates = survey_dates(source, plan, zone=around.zone, answers=around.answers)
        return _staged(source, plan, dates, around)


def _staged(source: Source, plan: ColumnPlan, dates: SurveyedDates | None, around: Surroundings) -> Reading:
    draft = Draft(plan.family)
    types = Answers(
        {
            key.partition(":")[2].casefold(): answer
            for key, answer in around.answers.items()
            if key.startswith("type:")
        }
    )
    rules = Rules(
        plan, dates.readings if dates else None, around.zone, around.answers.get("bidi") == "keep", types
    )
    reading = Reading(draft, dates or SurveyedDates({}), around.make_placer(), types)
    # Millions of short-lived tuples and not one cycle: the collector would take a quarter of the time.
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        for batch in source.batches():
            _take(batch, rules, reading, around)
        draft.finish()
    except BaseException:
        draft.close()
        raise
    finally:
        if was_collecting:
            gc.enable()
    return reading


def _take(batch: Batch, rules: Rules, reading: Reading, around: Surroundings) -> None:
    """Type, check, place and stage the rows of a batch."""
    plan = rules.plan
    rows = typed_rows(batch, rules)
    apply_rules(rows, plan.family, flags_figures=plan.flags_figures)
    known = around.known(rows.columns[id_column(plan.family)]) if plan.is_export else {}
    if plan.is_export:
        _stage(_settled(rows, plan.family, known), reading, around.unplaced)
    if reading.placer is not None:
        reading.placer.place(rows, known=known.keys())
    _stage(rows, reading, around.unplaced)
    count = len(batch.lines) + len(batch.issues)
    reading.read += count
    around.tick(count)


def _settled(rows: Rows, family: str, known: Mapping[str, str]) -> Rows:
    """The rows of an export that say exactly what the store says: nothing about them is to be settled again."""
    columns = [rows.columns[column.name] for column in FAMILIES[family]]
    pairs = zip(columns[0], content_hashes(family, columns), strict=True)
    return rows.split([known.get(row_id) == digest for row_id, digest in pairs])


def _stage(rows: Rows, reading: Reading, unplaced: Callable[[Rows], int]) -> None:
    family = reading.draft.family
    columns = [rows.columns[column.name] for column in FAMILIES[family]]
    reading.draft.add_rows(columns, rows.lines, rows.raw, content_hashes(family, columns))
    reading.draft.add_issues(rows.issues, rejected=True)
    reading.draft.add_rejected(rows.rejected)
    reading.draft.add_issues(rows.remarks, rejected=False)
    reading.unplaced += unplaced(rows)
    reading.counts.update(rows.counts)
    for code, example in rows.examples.items():
        reading.examples.setdefault(code, example)
