"""Which of our columns the columns of a file without a header may fill: a guess by their values, always asked."""

from collections.abc import Sequence

from geo import vocab
from geo.columns import FAMILIES
from geo.ingest.reading.valuekinds import DAY, DEGREES, WORDS, column_kinds, is_degrees

_TYPES = {word for term in vocab.EVENT_TYPES for word in (term.code, term.label.casefold())}


def guessed_columns(rows: Sequence[Sequence[str]], width: int, family: str) -> dict[str, int]:
    """Position of the column for each of our columns that its values could fill."""
    kinds = column_kinds(rows, width)
    found: dict[str, int] = {}
    if DAY in kinds:
        found["event_date"] = kinds.index(DAY)
    degrees = [place for place, kind in enumerate(kinds) if kind == DEGREES][:2]
    if len(degrees) == 2:
        found |= dict(
            zip(("lat", "lon"), degrees[::-1] if _is_longitude(rows, degrees[0]) else degrees, strict=True)
        )
    words = [place for place, kind in enumerate(kinds) if kind == WORDS]
    types = [place for place in words if _all_types(rows, place)]
    places = [place for place in words if place not in types]
    found |= {"event_type": types[0]} if types else {}
    found |= {"toponym": places[0]} if places else {}
    ours = {column.name for column in FAMILIES[family]}
    return {field: place for field, place in found.items() if field in ours}


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    return [row[place].strip() for row in rows if place < len(row) and row[place].strip()]


def _is_longitude(rows: Sequence[Sequence[str]], place: int) -> bool:
    """Whether a column of degrees holds some that no latitude can be."""
    return any(not is_degrees(cell, "lat") for cell in _cells(rows, place))


def _all_types(rows: Sequence[Sequence[str]], place: int) -> bool:
    return all(cell.casefold() in _TYPES for cell in _cells(rows, place))
