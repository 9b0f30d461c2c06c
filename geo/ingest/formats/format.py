"""What a known format says about its columns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Derived:
    """A column of ours that is computed from the texts of several of the file's.

    Those named in ``optional`` may be missing: their text is then empty.
    """

    columns: tuple[str, ...]
    text: Callable[..., str]
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Format:
    """A table of events that is known by its columns.

    ``signature`` are columns (lower case) that together give it away; ``columns`` says which of our
    columns each of its own fills, the first one present winning; ``derived`` computes the others.
    ``flags_figures`` keeps rows whose figures contradict each other, with a remark.
    """

    code: str
    signature: frozenset[str]
    columns: Mapping[str, str]
    derived: Mapping[str, Derived] = field(default_factory=dict)
    flags_figures: bool = False
