"""Rows of the gazetteer file as places and candidates."""

from collections.abc import Mapping, Sequence
from typing import Any

from geo.gazetteer.prior import prior_terms
from geo.model import Candidate, Place

Credits = Mapping[str, str]
"""What is said of each source: its name and licence."""


def candidate_of(row: Sequence[Any], said_of: Credits) -> Candidate:
    """The candidate in a row of a name, whether it is a main name, and the place as in the view ``listed``."""
    place = place_of(row[2:], said_of)
    terms = _prior(place, row, is_primary=bool(row[1]))
    return Candidate(place, row[0], round(sum(terms.values()), 4), terms)


def priors_of(row: Sequence[Any]) -> tuple[float, float]:
    """The prior of a row of the view ``listed`` under another name and under a main name."""
    place = place_of(row, {})
    other, main = (sum(_prior(place, row, is_primary=primary).values()) for primary in (False, True))
    return other, main


def place_of(row: Sequence[Any], said_of: Credits) -> Place:
    """The place in a row of the view ``listed``, without its other names."""
    _, place_id, name, kind, lon, lat, admin0, admin1, population, area, source, _ = row
    return Place(place_id, name, kind, lon, lat, admin0, admin1, population, area, said_of.get(source, ""))


def _prior(place: Place, row: Sequence[Any], *, is_primary: bool) -> dict[str, float]:
    return prior_terms(place, is_primary=is_primary, is_own=row[-2] == "own", is_capital=bool(row[-1]))
