"""Questions about columns: which one holds what. A guess is never used in silence, it is the proposed answer."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.ingest.source import GEOMETRY, Source
from geo.ingest.synonyms import namings
from geo.ingest.unnamed import guessed_columns
from geo.model import Option, Question

NO_COLUMN = "none"
_SHOWN_VALUES = 3
GUESS_FROM = 86.0
"""rapidfuzz score from which a name is close enough to be proposed."""
_WANTED = {"events": ("event_date",), "posts": (), "zones": (GEOMETRY,), "lines": (GEOMETRY,)}
"""Columns without which a row of the family says nothing."""


def label(header: Sequence[str], position: int) -> str:
    """What a column is called to a person: its header cell, or its number where that says nothing."""
    cell = header[position]
    folded = [other.casefold() for other in header]
    if not cell:
        return f"column {position + 1} (no name)"
    return f"{cell} (column {position + 1})" if folded.count(cell.casefold()) > 1 else cell


def ask_missing(
    source: Source, family: str, found: dict[str, tuple[int, ...]], questions: list[Question],
    answers: Mapping[str, str], *, name: str,
) -> None:  # fmt: skip
    """Ask for what a row cannot do without, for a nameless column where a place is missing, and for what values tell."""
    free = [p for p in range(len(source.header)) if not any(p in positions for positions in found.values())]
    by_values = {
        field: place
        for field, place in guessed_columns(source.samples, len(source.header), family).items()
        if place in free
    }
    for field in _WANTED[family]:
        if field in found:
            continue
        if not free:
            raise InputRefused(
                f"{name} has no column for {field}: add one, or start from the template.", code="CSV-09"
            )
        guess = by_values.get(field, _guess(source.header, free, field, family))
        question = which_column(source, field, free, code="CSV-08", guess=guess)
        if answers.get(question.key, NO_COLUMN) == NO_COLUMN:  # without it the rows say nothing
            questions.append(question)
            if guess is not None:
                found[field] = (guess,)
    for field, place in by_values.items():
        if field not in found and f"column:{field}" not in answers:
            questions.append(which_column(source, field, free, code="CSV-08", guess=place, none=True))
            found[field] = (place,)
    nameless = [p for p in free if not source.header[p]]
    if family == "events" and "toponym" not in found and nameless and "column:toponym" not in answers:
        questions.append(
            which_column(source, "toponym", nameless, code="CSV-08", guess=nameless[0], none=True)
        )
        found["toponym"] = (nameless[0],)


def _guess(header: Sequence[str], free: Sequence[int], field: str, family: str) -> int | None:
    """The free column whose name is closest to one of a field's names, if it is close at all."""
    names = [
        alias.replace("_", " ")
        for naming in namings(family)
        for alias, owner in naming.items()
        if owner == field and len(alias) > 3
    ]
    candidates = {
        position: header[position].replace("_", " ").casefold() for position in free if header[position]
    }
    best: tuple[float, int | None] = (GUESS_FROM, None)
    for position, cell in candidates.items():
        closest = process.extractOne(cell, names, scorer=fuzz.WRatio)
        if closest and closest[1] >= best[0]:
            best = (closest[1], position)
    return best[1]


def which_column(
    source: Source,
    field: str,
    places: Sequence[int],
    *,
    code: str,
    guess: int | None = None,
    none: bool = False,
) -> Question:
    """The question which of some columns fills one of ours."""
    options = [Option(str(p + 1), label(source.header, p), _sample(source, p)) for p in places]
    if none:
        options.append(Option(NO_COLUMN, "none of them"))
    return Question(
        key=f"column:{field}",
        code=code,
        text=f"Which column holds {field}?",
        options=tuple(options),
        proposed="" if guess is None else str(guess + 1),
        free=True,
    )


def _sample(source: Source, place: int) -> str:
    """The first values of a column that has no name."""
    cells = dict.fromkeys(row[place].strip() for row in source.samples if place < len(row))
    return shown(" | ".join([cell for cell in cells if cell][:_SHOWN_VALUES]))
