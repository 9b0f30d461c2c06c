"""How likely a place is meant by its name alone, before any context, as a sum of named terms.

The numbers were set by hand on news reports and are explained in ``docs/geoparsing.md``; one unit is
about a factor of four in how often the place is meant.
"""

import math
from functools import lru_cache

from geo.model import Place

KIND_PRIOR = {
    "country": 3.2, "continent": 3.0, "region": 2.6, "sea": 2.6, "river": 2.4, "corridor": 2.6, "line": 2.6,
    "site": 2.0, "admin1": 1.6, "admin2": 1.0, "city": 0.0, "town": 0.0, "village": 0.0,
}  # fmt: skip
PRIOR_TERMS = frozenset({"kind", "population", "main_name", "capital", "own_place"})
"""What :func:`prior_terms` may give; every other term of a score comes from the text."""
SETTLEMENTS = ("city", "town", "village")
PER_TENFOLD_POPULATION = 0.55
PRIMARY_SETTLEMENT = 0.5
PRIMARY_AREA, ALIAS_AREA = 0.35, 0.1
CAPITAL = 0.6
OWN = {"city": 2.0, "town": 1.6, "village": 1.0, "site": 0.3}
"""Our own places are the situation that the reader works on; GeoNames' figures for them are often stale."""


def prior_terms(
    place: Place, *, is_primary: bool, is_own: bool = False, is_capital: bool = False
) -> dict[str, float]:
    """The terms of the prior; their sum is the score of a name without context."""
    terms = {"kind": KIND_PRIOR[place.kind]} if KIND_PRIOR[place.kind] else {}
    if place.kind in SETTLEMENTS:
        terms["population"] = _population_term(place.population)
        if is_primary:
            terms["main_name"] = PRIMARY_SETTLEMENT
    else:
        terms["main_name"] = PRIMARY_AREA if is_primary else ALIAS_AREA
    if is_capital:
        terms["capital"] = CAPITAL
    if is_own and place.kind in OWN:
        terms["own_place"] = OWN[place.kind]
    return terms


@lru_cache(maxsize=8192)
def _population_term(population: int) -> float:
    return round(PER_TENFOLD_POPULATION * (math.log10(population + 10) - 3), 4)
