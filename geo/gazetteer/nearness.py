"""How much a place gains by lying close to where the reader looks."""

import math
from collections.abc import Sequence
from dataclasses import replace

from geo.crs import distance_km
from geo.model import Candidate

NEAR_WEIGHT, NEAR_REACH = 0.35, 6.2
"""A place at hand gains up to 2.2, one beyond about 490 km nothing; the resolver weighs distance alike."""
MOST_GAIN = NEAR_WEIGHT * NEAR_REACH


def with_nearness(candidates: Sequence[Candidate], near: tuple[float, float] | None) -> list[Candidate]:
    """The candidates in the same order, each with what it gains by lying close to ``near``, (lon, lat)."""
    if near is None or not candidates:
        return list(candidates)
    km = distance_km(
        [c.place.lon for c in candidates], [c.place.lat for c in candidates], to_lon=near[0], to_lat=near[1]
    )
    gains = [NEAR_WEIGHT * max(0.0, NEAR_REACH - math.log1p(d)) for d in km]
    return [
        replace(c, score=round(c.score + gain, 4), terms={**c.terms, "near": round(gain, 4)})
        for c, gain in zip(candidates, gains, strict=True)
    ]
