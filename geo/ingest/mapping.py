"""Which column of a file fills which of ours: known formats, our own names, hashtags, answers."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from geo.columns import FAMILIES, Column, id_column
from geo.errors import SettingError
from geo.ingest.columnquestions import NO_COLUMN, ask_missing, label, which_column
from geo.ingest.formats.format import Derived, Format
from geo.ingest.formats.hxl import hxl_columns
from geo.ingest.formats.registry import FORMATS, known_format
from geo.ingest.shape_cells import point_axis
from geo.ingest.source import GEOMETRY, Source
from geo.ingest.synonyms import namings
from geo.model import Note, Question

OWN, HXL, AUTO = "own", "hxl", "auto"
NAMES_OF_FORMATS = (AUTO, OWN, HXL, *FORMATS)
NOWHERE = -1
"""Position of a column that the file does not have."""
EXPORT_SHARE = 0.8
"""Share of our columns that an export of ours has at least."""


@dataclass(frozen=True, slots=True)
class Target:
    """One of our columns and where its texts come from; ``text`` makes one of several."""

    column: Column
    positions: tuple[int, ...]
    text: Callable[..., str] | None = None


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """How the columns of a file are read; ``is_export`` tells that it has all of ours, as our exports have."""

    format: str
    family: str
    targets: tuple[Target, ...]
    questions: tuple[Question, ...]
    notes: tuple[Note, ...]
    flags_figures: bool
    is_export: bool

    def shown(self, header: Sequence[str]) -> dict[str, str]:
        """Header cell -> our column, as far as it is mapped."""
        return {
            label(header, position): target.column.name
            for target in self.targets
            for position in target.positions
            if position != NOWHERE
        }

    def position(self, name: str) -> int | None:
        """Position of the column that fills one of ours; None where it is not filled by one alone."""
        return next((t.positions[0] for t in self.targets if t.column.name == name), None)


def mapping_of(source: Source, family: str, *, name: str, answers: Mapping[str, str]) -> ColumnPlan:
    """Map the columns of a file to those of a family.

    Raises
    ------
    InputRefused
        A column that must be there cannot be found in any way (CSV-09).
    """
    chosen = _chosen(source.header, family, answers)
    format_ = _format(source, family, answers.get("format", AUTO))
    questions: list[Question] = []
    if format_ is not None:
        found, code = _by_format(source.header, format_), format_.code
    elif source.tags and family == "events" and answers.get("format", AUTO) != OWN:
        found, code = {field: (position,) for position, field in hxl_columns(source.tags).items()}, HXL
    else:
        found, code = _by_name(source, family, questions, answers), OWN
    found = {field: positions for field, positions in {**found, **chosen}.items() if positions}
    ask_missing(source, family, found, questions, answers, name=name)
    derived = {**(format_.derived if format_ else {}), **(_point_rules(family) if source.shapes else {})}
    targets = _targets(source.header, family, found, derived, chosen)
    return ColumnPlan(
        format=code,
        family=family,
        targets=targets,
        questions=tuple(questions),
        notes=tuple(_notes(source, family, targets)),
        flags_figures=bool(format_ and format_.flags_figures),
        is_export=code == OWN and _is_export(targets, family),
    )


def _format(source: Source, family: str, wanted: str) -> Format | None:
    """The known format that is wanted, or the one that the columns show."""
    if wanted not in NAMES_OF_FORMATS:
        raise SettingError(f"{wanted[:40]!r} is no format: use {', '.join(NAMES_OF_FORMATS)}.")
    if wanted == AUTO:
        return known_format(source.header) if family == "events" else None
    return FORMATS.get(wanted)


def _point_rules(family: str) -> dict[str, Derived]:
    """Layers of points give latitude and longitude with their shape."""
    if "lat" not in {column.name for column in FAMILIES[family]}:
        return {}
    return {axis: Derived((GEOMETRY,), partial(point_axis, axis=axis)) for axis in ("lon", "lat")}


def fingerprint(header: Sequence[str]) -> str:
    """What answers about a file's columns are remembered under: the same header, the same answers."""
    return hashlib.sha256("\x1f".join(cell.casefold() for cell in header).encode()).hexdigest()[:24]


def _by_format(header: Sequence[str], format_: Format) -> dict[str, tuple[int, ...]]:
    at = {cell.casefold(): position for position, cell in reversed(list(enumerate(header)))}
    found: dict[str, tuple[int, ...]] = {}
    for cell, field in format_.columns.items():
        if cell in at:
            found.setdefault(field, (at[cell],))
    return found


def _by_name(
    source: Source, family: str, questions: list[Question], answers: Mapping[str, str]
) -> dict[str, tuple[int, ...]]:
    """Columns by our own names, then by their aliases, then by common names; repeats are asked."""
    found: dict[str, tuple[int, ...]] = {}
    for names in namings(family):
        for field in dict.fromkeys(names.values()):
            if field in found:
                continue
            places = [p for p, cell in enumerate(source.header) if names.get(_folded(cell)) == field]
            if len(places) > 1 and f"column:{field}" not in answers:
                questions.append(which_column(source, field, places, code="CSV-02", guess=places[0]))
            if places:
                found[field] = (places[0],)
    return found


def _folded(cell: str) -> str:
    return "_".join(cell.casefold().replace("-", " ").replace("_", " ").split())


def _chosen(header: Sequence[str], family: str, answers: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
    """Columns that a person named: ``column:lat`` = the column's number, its header, or none."""
    fields = {column.name for column in FAMILIES[family]}
    chosen: dict[str, tuple[int, ...]] = {}
    for key, value in answers.items():
        kind, _, field = key.partition(":")
        if kind != "column":
            continue
        if field not in fields:
            raise SettingError(
                f"{field[:40]!r} is none of our columns: they are {', '.join(sorted(fields))}."
            )
        chosen[field] = () if value == NO_COLUMN else (_position(header, value),)
    return chosen


def is_column_answer(header: Sequence[str], family: str, key: str, value: str) -> bool:
    """Whether an answer about a column fits a file."""
    try:
        _chosen(header, family, {key: value})
    except SettingError:
        return False
    return True


def _position(header: Sequence[str], value: str) -> int:
    if value.isdecimal() and value.isascii() and 1 <= int(value) <= len(header):
        return int(value) - 1
    places = [p for p, cell in enumerate(header) if cell.casefold() == value.strip().casefold()]
    if len(places) == 1:
        return places[0]
    raise SettingError(f"{value[:60]!r} is no column of the file: give its name or its number.")


def _targets(
    header: Sequence[str], family: str, found: Mapping[str, tuple[int, ...]], derived: Mapping[str, Derived],
    chosen: Mapping[str, tuple[int, ...]],
) -> tuple[Target, ...]:  # fmt: skip
    at = {cell.casefold(): position for position, cell in reversed(list(enumerate(header)))}
    targets = []
    for column in FAMILIES[family]:
        rule = None if column.name in chosen else derived.get(column.name)
        if rule is not None and at.keys() >= set(rule.columns) - rule.optional:
            targets.append(Target(column, tuple(at.get(cell, NOWHERE) for cell in rule.columns), rule.text))
        elif column.name in found:
            targets.append(Target(column, found[column.name]))
    return tuple(targets)


def _is_export(targets: Sequence[Target], family: str) -> bool:
    """Whether the file has our columns as an export has them; formats such as KML leave out the empty ones."""
    return len(targets) >= EXPORT_SHARE * len(FAMILIES[family])


def _notes(source: Source, family: str, targets: Sequence[Target]) -> list[Note]:
    used = {position for target in targets for position in target.positions}
    unused = [label(source.header, p) for p in range(len(source.header)) if p not in used]
    notes = []
    if unused:
        shown = ", ".join(unused[:12]) + (f" and {len(unused) - 12} more" if len(unused) > 12 else "")
        notes.append(Note("CSV-08", f"kept with the original row only: {shown}", "said"))
    if id_column(family) not in {target.column.name for target in targets}:
        notes.append(Note("CSV-12", "the rows have no id: one is made from their content", "said"))
    return notes
