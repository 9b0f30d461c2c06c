"""A stretch of a text that may be a name."""

from dataclasses import dataclass
from typing import Literal

from geo.model import Candidate

SpanKind = Literal["name", "lower_case", "extended", "unknown", "sound", "suggested", "former_state"]


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` up to, not including, ``last``, their name key and what the gazetteer knows of it."""

    first: int
    last: int
    key: str
    kind: SpanKind
    candidates: tuple[Candidate, ...] = ()
