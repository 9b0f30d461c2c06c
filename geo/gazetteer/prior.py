"""How likely a place is meant by its name alone, before any context, as a sum of named terms.

The numbers were set by hand on news reports and are explained in ``docs/geoparsing.md``; one unit is
about a factor of four in how often the place is meant.
"""

import math

from geo.model import Place

KIND_PRIOR = {
    "country": 3.2, "continent": 3.0, "region": 2.6, "sea": 2.6, "river": 2.4, "corridor": 2.6, "line": 2.6,
    "site": 2.0, "admin1": 1.6, "admin2": 1.0,
}  # fmt: skip
PRIOR_TERMS = frozenset({"kind", "population", "main_name", "capital", "own_place"})
"""What :func:`prior_terms` may give; every other term of a score comes from the text."""
SETTLEMENTS = frozenset({"city", "town", "village"})
"""Their prior is their population's, not their kind's."""
PER_TENFOLD_POPULATION = 0.55
PRIMARY_SETTLEMENT = 0.5
PRIMARY_AREA, ALIAS_AREA = 0.35, 0.1
CAPITAL = 0.6
OWN = {"city": 2.0, "town": 1.6, "village": 1.0, "site": 0.3}
"""Our own places are the situation that the reader works on; GeoNames' figures for them are often stale."""


def prior_terms(place: Place, *, is_primary: bool, is_own: bool, is_capital: bool) -> dict[str, float]:
    """The terms of the prior; their sum is the score of a name without context."""
    kind = place.kind
    if kind in SETTLEMENTS:
        terms = {"population": rounded(PER_TENFOLD_POPULATION * (math.log10(place.population + 10) - 3))}
        if is_primary:
            terms["main_name"] = PRIMARY_SETTLEMENT
    else:
        terms = {"kind": KIND_PRIOR[kind], "main_name": PRIMARY_AREA if is_primary else ALIAS_AREA}
    if is_capital:
        terms["capital"] = CAPITAL
    if is_own and kind in OWN:
        terms["own_place"] = OWN[kind]
    return terms


def rounded(score: float) -> float:
    """A score to four digits: what ``round(score, 4)`` gives, in a third of the time."""
    return round(score * 10_000) / 10_000
