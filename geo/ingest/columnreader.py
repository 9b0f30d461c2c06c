"""Reads the texts of one column: each distinct text once, and those that come again not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Any

from geo.ingest.badcell import BadCell
from geo.ingest.dates import Span

MOST_REMEMBERED = 50_000
LONGEST_REMEMBERED = 100
"""Texts of a column, and letters of one, that are remembered from batch to batch: memory is bounded."""

_LOOKED_AT = 100
"""Texts that are looked at to see whether they repeat."""


class ColumnReader:
    """Reads a column batch after batch and remembers what its short texts read as."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        self._read = read
        self._read_short = lru_cache(maxsize=MOST_REMEMBERED)(read)
        self._plain: dict[str, Any] = {}

    def read(self, text: str) -> Any:
        """What a text reads as; BadCell, which is not remembered, if it cannot be read."""
        return self._read_short(text) if len(text) <= LONGEST_REMEMBERED else self._read(text)

    def plain_values(self, values: Sequence[str]) -> list[Any] | None:
        """The values themselves, if every text reads as it stands; None if a cell is bad or was read otherwise."""
        known = self._plain
        with suppress(KeyError):
            return list(map(known.__getitem__, values))
        fresh = _as_they_stand(distinct(set(values).difference(known), self.read))
        if fresh is None:
            return None
        known.update(fresh)
        found = [known[value] for value in values]
        if len(known) > MOST_REMEMBERED or max(map(len, fresh), default=0) > LONGEST_REMEMBERED:
            known.clear()
        return found


def repeats(values: Sequence[str]) -> bool:
    """Whether a column looks like one in which few texts come again and again."""
    head = values[:_LOOKED_AT]
    return 2 * len(set(head)) <= len(head)


def distinct(values: Iterable[Any], read: Callable[[Any], Any]) -> dict[Any, Any]:
    """What each distinct value reads as; a value that cannot be read maps to its BadCell."""
    known: dict[Any, Any] = {}
    for value in set(values):
        try:
            known[value] = read(value)
        except BadCell as bad:
            known[value] = bad
    return known


def _as_they_stand(known: Mapping[str, Any]) -> dict[str, Any] | None:
    """The values of texts; None if one of them is bad or was read otherwise."""
    if any(isinstance(cell, BadCell) or cell.code for cell in known.values()):
        return None
    return {text: cell.first if isinstance(cell, Span) else cell.value for text, cell in known.items()}
