"""Why a cell cannot be taken: raised by the readers of cells, turned into an issue with line and column."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False)
class BadCell(Exception):
    """``code`` is one of :data:`geo.problems.PROBLEMS`; ``reason`` and ``fix`` are parts of a sentence."""

    code: str
    reason: str
    fix: str = ""


def reads(read: Callable[..., object], *given: Any) -> bool:
    """Whether a cell can be read so."""
    try:
        read(*given)
    except BadCell:
        return False
    return True
