"""What only a person can settle about places: one case for each name or country, not one for each row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from geo.boundaries.assign import AdminLayers
from geo.ingest.countries import CountryShapes
from geo.ingest.names import Names
from geo.model import Candidate, Place, Resolution

KEEP, LEAVE, EMPTY, UNPLACED, FIX = "keep", "leave", "empty", "unplaced", "fix"
"""Answers: the point stands; the rows stay out; the name stands for nothing; no place; carry the move out."""
PLACE_ANSWERS = frozenset({KEEP, LEAVE, EMPTY, UNPLACED})
"""Answers about a name that name no place."""
MOST_CASES = 2_000


@dataclass(slots=True)
class Case:
    """A name, or a country, that rows contradict: how many, from which line on, and what could be meant.

    ``kind`` is open (no point, and several meanings or none), far (the point lies elsewhere), empty (a name
    that tables also write for nothing), sign or swap (a move puts the points into their country), country
    (nothing does).
    """

    kind: str
    name: str
    country: str
    line: int
    rows: int = 0
    alternatives: tuple[Candidate, ...] = ()
    km: float = 0.0
    sample: str = ""

    @property
    def key(self) -> str:
        """What an answer is given under: the same name in two countries is two questions."""
        return place_key(self.name, self.country)


@dataclass(slots=True)
class Cases:
    """The cases of an import; past a bound all further names of a kind are one, so that memory is bounded.

    ``answered`` are the keys of the answers that were carried out, ``on_points`` those that changed rows with a
    point: they were given for this file, and say nothing of another one.
    """

    found: dict[tuple[str, str], Case] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    on_points: set[str] = field(default_factory=set)

    def add(self, kind: str, name: str, country: str, *, line: int, rows: int = 1) -> Case:
        """The case of a name, made or found."""
        key = (kind, place_key(name, country))
        if key not in self.found and len(self.found) >= MOST_CASES:
            key, name, country = (kind, "…"), "…", ""
        case = self.found.setdefault(key, Case(kind, name, country, line))
        case.rows += rows
        return case

    def of(self, *kinds: str) -> list[Case]:
        """The cases of some kinds, in the order in which they were met."""
        return [case for case in self.found.values() if case.kind in kinds]


@dataclass(frozen=True, slots=True)
class Ground:
    """What places are judged by: boundaries, areas of places, names, and how a name without a point is resolved."""

    layers: AdminLayers
    shapes: CountryShapes
    areas: Mapping[str, BaseGeometry]
    names: Names
    resolve: Callable[[str, str], Resolution]
    place: Callable[[str], Place]


def place_key(name: str, country: str) -> str:
    """Key of the answer for a name in a country."""
    return f"place:{name}|{country}"
