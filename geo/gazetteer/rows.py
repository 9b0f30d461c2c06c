"""Rows of the gazetteer file as places and candidates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, make_dataclass
from typing import Any, TypeVar

from geo.gazetteer.prior import prior_terms, rounded
from geo.model import Candidate, Place

Credits = Mapping[str, str]
"""What is said of each source: its name and licence."""
PLACE = """p.is_capital, p.source,
    p.place_id, p.name, p.kind, p.lon, p.lat, p.admin0, p.admin1, p.population, p.area"""
"""The columns of the table of places, called ``p``, that :func:`place_of` reads: from the id on, the fields of a place."""
NAMED_PLACE = f"n.name, n.is_primary, {PLACE}"
"""The columns that :func:`candidate_of` reads; ``n`` is the table that has the name."""
_NO_NAMES: Mapping[str, tuple[str, ...]] = {}
_Frozen = TypeVar("_Frozen")


def _filled_fast(kind: type[_Frozen]) -> Callable[..., _Frozen]:
    """Makes objects of a frozen dataclass in a quarter of the time: they are frozen when all fields are set.

    A frozen class sets each field of its own through ``object.__setattr__``, a call each.
    """

    def freeze(made: Any) -> None:
        made.__class__ = kind

    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    return make_dataclass(kind.__name__, names, slots=True, namespace={"__post_init__": freeze})


_place, _candidate = _filled_fast(Place), _filled_fast(Candidate)


def candidate_of(row: Sequence[Any], said_of: Credits) -> Candidate:
    """The candidate in a row of :data:`NAMED_PLACE`."""
    # Written out rather than by place_of: every place of every name that a text has comes this way.
    place = _place(*row[4:], said_of.get(row[3], ""), _NO_NAMES)
    terms = prior_terms(place, is_primary=row[1], is_own=row[3] == "own", is_capital=row[2])
    return _candidate(place, row[0], rounded(sum(terms.values())), terms)


def likeliest_first(candidate: Candidate) -> tuple[float, str]:
    """The order in which candidates stand."""
    return -candidate.score, candidate.place.place_id


def priors_of(row: Sequence[Any]) -> tuple[float, float]:
    """The prior of a row of :data:`PLACE` under another name and under a main name."""
    place = place_of(row, {})
    other, main = (sum(_prior(place, row, is_primary=primary).values()) for primary in (False, True))
    return other, main


def place_of(row: Sequence[Any], said_of: Credits) -> Place:
    """The place in a row of :data:`PLACE`, without its other names."""
    return _place(*row[2:], said_of.get(row[1], ""), _NO_NAMES)


def _prior(place: Place, row: Sequence[Any], *, is_primary: bool) -> dict[str, float]:
    return prior_terms(place, is_primary=is_primary, is_own=row[1] == "own", is_capital=row[0])
