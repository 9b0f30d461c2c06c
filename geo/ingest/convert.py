"""A batch of rows of text as typed columns: each distinct text is read once, each bad cell is named."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from geo.columns import FAMILIES, Column, id_column
from geo.formula import unguarded
from geo.ingest.badcell import BadCell
from geo.ingest.cells import VOCABULARY_COLUMNS, Cell, is_plain, read_cell
from geo.ingest.columnreader import ColumnReader, distinct, repeats
from geo.ingest.coordinates import LIMITS
from geo.ingest.dates import Reading, Span, needs_survey, read_span
from geo.ingest.mapping import ColumnPlan, Target
from geo.ingest.rows import Rows
from geo.ingest.shape_cells import KIND_OF_FAMILY, read_shape
from geo.ingest.source import Batch
from geo.model import Issue
from geo.vocab import EVENT_TYPES, codes

_NUMBERS = re.compile(r"[0-9.+\-]*")
_EVENT_TYPES = frozenset(codes(EVENT_TYPES))
_DEFAULTS: Mapping[str, Mapping[str, str]] = {
    "events": {"event_type": "not_stated"},
    "zones": {"name": "unnamed", "kind": "", "status": "unknown"},
    "lines": {"name": "unnamed", "kind": "line_of_contact"},
    "posts": {"name": "unnamed", "kind": "site"},
}
"""What stands in a required column that the file does not have; none of it claims anything."""


class SurveyNeeded(Exception):
    """A date turned up that only the whole column can settle."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a file is read: its columns, the reading of each date column (None: none was decided yet), answers.

    ``readers`` are made when a column is first read; each remembers its texts from batch to batch.
    """

    plan: ColumnPlan
    readings: Mapping[str, Reading] | None
    zone: str
    keep_bidi: bool = False
    types: Mapping[str, str] = field(default_factory=dict)
    readers: dict[str, ColumnReader] = field(default_factory=dict)


def typed_rows(batch: Batch, rules: Rules) -> Rows:
    """The typed rows of a batch.

    Raises
    ------
    SurveyNeeded
        No readings were decided, and a date needs one.
    """
    rows = Rows({}, list(batch.lines), batch.raw(), list(batch.issues))
    texts = batch.columns or [() for _ in range(_width(rules.plan))]
    bad: dict[int, Issue] = {}
    for target in rules.plan.targets:
        values = _texts(texts, target, is_export=rules.plan.is_export)
        rows.columns[target.column.name] = _typed(values, target.column, rules, rows, bad)
    _fill_missing(rows, rules)
    _spread_spans(rows)
    rows.reject(bad)
    if rules.plan.family == "events":
        _keep_foreign_types(rows, rules)
    _make_ids(rows, rules.plan)
    return rows


def _width(plan: ColumnPlan) -> int:
    return max((position for target in plan.targets for position in target.positions), default=-1) + 1


def _texts(texts: Sequence[Sequence[str]], target: Target, *, is_export: bool) -> Sequence[str]:
    """The texts of a target; those made of several columns are made once per distinct combination."""
    if target.text is None:
        values = texts[target.positions[0]]
        return (
            [unguarded(value) for value in values] if is_export and target.column.type == "text" else values
        )
    nothing = ("",) * len(texts[0])
    combined = list(
        zip(*(texts[position] if position >= 0 else nothing for position in target.positions), strict=True)
    )
    made = {parts: target.text(*parts) for parts in set(combined)}
    return [made[parts] for parts in combined]


def _typed(
    values: Sequence[str], column: Column, rules: Rules, rows: Rows, bad: dict[int, Issue]
) -> list[Any]:
    if column.type == "text" and not repeats(values) and is_plain("".join(values)):
        plain = list(map(str.strip, values))
        fits = max(map(len, plain), default=0) <= column.longest and not (column.required and "" in plain)
        if fits and column.name not in VOCABULARY_COLUMNS:
            return plain
    if column.type == "real" and (numbers := _plain_degrees(values, column)):
        return numbers
    if column.name not in rules.readers:
        rules.readers[column.name] = ColumnReader(_reader(column, rules))
    reader = rules.readers[column.name]
    plain_values = reader.plain_values(values)
    if plain_values is not None:
        return plain_values
    known = distinct(values, reader.read)
    for value, cell in known.items():
        if not isinstance(cell, BadCell) and cell.code:
            rows.examples.setdefault(cell.code, str(value)[:60])
    return [_taken(position, value, known[value], column, rows, bad) for position, value in enumerate(values)]


def _taken(position: int, value: str, cell: Any, column: Column, rows: Rows, bad: dict[int, Issue]) -> Any:
    """The value of one cell; a bad one is noted and empty."""
    if isinstance(cell, BadCell):
        issue = rows.issue(position, column.name, value, cell.code, cell.reason, cell.fix)
        if position in bad:
            rows.issues.append(issue)
        bad.setdefault(position, issue)
        return None
    if cell.code:
        rows.counts[cell.code] += 1
    return cell if isinstance(cell, Span) else cell.value


def _plain_degrees(values: Sequence[str], column: Column) -> list[float | None] | None:
    """The column as numbers if it holds nothing but plain degrees and empty cells; None if it must be read."""
    if not _NUMBERS.fullmatch("".join(values)) or (column.required and "" in values):
        return None
    try:
        numbers = list(map(float, filter(None, values)))
    except ValueError:
        return None
    limit = LIMITS[column.name]
    if numbers and not -limit <= min(numbers) <= max(numbers) <= limit:
        return None
    if len(numbers) == len(values):
        return [*numbers]
    found = iter(numbers)
    return [next(found) if value else None for value in values]


def _reader(column: Column, rules: Rules) -> Callable[[str], Any]:
    if column.type == "day":
        return lambda text: _read_day(column, text, rules)
    if column.type == "geometry":
        kind = KIND_OF_FAMILY[rules.plan.family]
        return lambda text: Cell(read_shape(text, kind))
    return lambda text: read_cell(column, text, keep_bidi=rules.keep_bidi)


def _read_day(column: Column, text: str, rules: Rules) -> Any:
    text = text.strip()
    if not text:
        if column.required:
            raise BadCell("VAL-01", f"{column.name} must be filled", "write YYYY-MM-DD")
        return Cell("")
    if rules.readings is None:
        if needs_survey(text):
            raise SurveyNeeded
        return read_span(text, Reading(zone=rules.zone))
    return read_span(text, rules.readings.get(column.name, Reading(zone=rules.zone)))


def _fill_missing(rows: Rows, rules: Rules) -> None:
    """Columns that the file lacks are empty; required ones get the word that claims nothing."""
    defaults = _DEFAULTS[rules.plan.family]
    for column in FAMILIES[rules.plan.family]:
        name = column.name
        if name not in rows.columns:
            empty: Any = "" if column.type in {"text", "day", "geometry"} else None
            rows.columns[name] = [defaults.get(name, empty)] * len(rows.lines)
        elif name in defaults:
            rows.columns[name] = [value or defaults[name] for value in rows.columns[name]]
    if rules.plan.family == "zones":
        kinds, parties = rows.columns["kind"], rows.columns["party"]
        rows.columns["kind"] = [
            kind or ("control" if party else "administrative")
            for kind, party in zip(kinds, parties, strict=True)
        ]
    rows.columns = {column.name: rows.columns[column.name] for column in FAMILIES[rules.plan.family]}


def _spread_spans(rows: Rows) -> None:
    """Days out of spans: a month or year in event_date also fills date_end and time_precision."""
    for name in ("date_end", "valid_from", "valid_to"):
        values = rows.columns.get(name, [])
        if Span in set(map(type, values)):
            end = name == "date_end"
            rows.columns[name] = [
                (value.last if end else value.first) if isinstance(value, Span) else value for value in values
            ]
    if "event_date" not in rows.columns:
        return
    starts, ends, precisions = (rows.columns[name] for name in ("event_date", "date_end", "time_precision"))
    if Span not in set(map(type, starts)):
        return
    for position, span in enumerate(starts):
        if isinstance(span, Span):
            starts[position] = span.first
            if span.precision > 1:
                ends[position] = ends[position] or span.last
                precisions[position] = precisions[position] or span.precision


def _keep_foreign_types(rows: Rows, rules: Rules) -> None:
    """A type that is none of ours is not guessed: its word becomes the finer type, the type is not stated."""
    types, finer = rows.columns["event_type"], rows.columns["sub_type"]
    if _EVENT_TYPES.issuperset(types):
        return
    for position, word in enumerate(types):
        if word in _EVENT_TYPES:
            continue
        types[position] = rules.types.get(word.casefold(), "not_stated")
        finer[position] = finer[position] or word
        rows.counts["VAL-07"] += 1
        rows.examples.setdefault("VAL-07", word[:60])


def _make_ids(rows: Rows, plan: ColumnPlan) -> None:
    """Rows without an id get one from their content: the same row again is the same row."""
    key = id_column(plan.family)
    if all(target.column.name != key for target in plan.targets):
        content = zip(*(values for name, values in rows.columns.items() if name != key), strict=True)
        rows.columns[key] = [f"c-{_digest(values)}" for values in content]
    if plan.family == "zones" and not all(rows.columns["zone_id"]):
        shapes = zip(rows.columns["zone_id"], rows.columns["name"], rows.columns["geometry"], strict=True)
        rows.columns["zone_id"] = [zone or f"z-{_digest((name, shape))}" for zone, name, shape in shapes]


def _digest(values: Iterable[Any]) -> str:
    return hashlib.blake2b("\x1f".join(map(repr, values)).encode(), digest_size=8).hexdigest()
