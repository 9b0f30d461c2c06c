"""Why a cell cannot be taken: raised by the readers of cells, turned into an issue with line and column."""

from dataclasses import dataclass


@dataclass(eq=False)
class BadCell(Exception):
    """``code`` is one of :data:`geo.problems.PROBLEMS`; ``reason`` and ``fix`` are parts of a sentence."""

    code: str
    reason: str
    fix: str = ""
