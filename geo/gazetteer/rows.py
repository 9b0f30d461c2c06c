"""Rows of the gazetteer file as places and candidates."""

from collections.abc import Sequence
from typing import Any

from geo.gazetteer.prior import prior_terms
from geo.model import Candidate, Place


def candidate_of(row: Sequence[Any]) -> Candidate:
    """The candidate in a row of a name, whether it is a main name, and the place as in the view ``listed``."""
    matched, is_primary, *rest = row
    place = place_of(rest)
    terms = _prior(place, rest, is_primary=bool(is_primary))
    return Candidate(place, matched, round(sum(terms.values()), 4), terms)


def priors_of(row: Sequence[Any]) -> tuple[float, float]:
    """The prior of a row of the view ``listed`` under another name and under a main name."""
    place = place_of(row)
    other, main = (sum(_prior(place, row, is_primary=primary).values()) for primary in (False, True))
    return other, main


def place_of(row: Sequence[Any]) -> Place:
    """The place in a row of the view ``listed``, without its other names."""
    _, place_id, name, kind, lon, lat, admin0, admin1, population, area, source, _, _ = row
    return Place(place_id, name, kind, lon, lat, admin0, admin1, population, area, source)


def _prior(place: Place, row: Sequence[Any], *, is_primary: bool) -> dict[str, float]:
    return prior_terms(place, is_primary=is_primary, is_own=row[-2] == "own", is_capital=bool(row[-1]))
