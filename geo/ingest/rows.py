"""Typed rows on their way in: column by column, each with its line and the cells as the file had them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any

from geo.model import Issue

LONGEST_SHOWN = 200
Columns = dict[str, list[Any]]
"""Typed values by column, one entry per row; "" is a missing text, None a missing number."""


@dataclass(slots=True)
class Rows:
    """Typed rows with the line and the original cells of each; rejected rows are named in ``issues``.

    ``rejected`` keeps the original cells of the rejected ones by line. ``remarks`` are issues of rows that were
    taken, ``counts`` tells how often each code stood for something that was read in another form, ``examples``
    gives one text for each.
    """

    columns: Columns
    lines: list[int]
    raw: list[str]
    issues: list[Issue]
    rejected: list[tuple[int, str]] = field(default_factory=list)
    remarks: list[Issue] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def reject(self, rejected: Mapping[int, Issue]) -> None:
        """Take rows out, by position, each with its reason."""
        if not rejected:
            return
        self.issues += rejected.values()
        self.rejected += [(self.lines[position], self.raw[position]) for position in rejected]
        self.keep([position not in rejected for position in range(len(self.lines))])

    def keep(self, wanted: Sequence[bool]) -> None:
        """Keep the rows that are wanted."""
        self.columns = {name: list(compress(values, wanted)) for name, values in self.columns.items()}
        self.lines, self.raw = list(compress(self.lines, wanted)), list(compress(self.raw, wanted))

    def split(self, wanted: Sequence[bool]) -> "Rows":
        """Take out the rows that are wanted, as rows of their own; everything else stays here."""
        taken = replace(
            self,
            columns=dict(self.columns),
            issues=[],
            rejected=[],
            remarks=[],
            counts=Counter(),
            examples={},
        )
        taken.keep(wanted)
        self.keep([not want for want in wanted])
        return taken

    def issue(self, position: int, column: str, value: str, code: str, reason: str, fix: str = "") -> Issue:
        """An issue of the row at a position."""
        return Issue(self.lines[position], column, value[:LONGEST_SHOWN], code, reason, fix)
