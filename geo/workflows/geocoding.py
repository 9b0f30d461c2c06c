"""Names looked up: candidates with all their names, best first."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from geo.crs import distance_km
from geo.errors import SettingError
from geo.model import Candidate
from geo.workflows.desk import Desk
from geo.workflows.json_forms import candidate_json

NEAR_WEIGHT, NEAR_REACH = 0.35, 6.2
"""A place at hand gains up to 2.2, one beyond about 490 km nothing; the resolver weighs distance alike."""


def geocoded(
    desk: Desk,
    names: Sequence[str],
    *,
    country: str | None = None,
    language: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 5,
) -> dict[str, Any]:
    """What each name may mean; ``near`` is (lon, lat), ``language`` chooses the name that is shown."""
    if country:
        checked_country(desk, country)
    results = []
    for name in names:
        found = desk.gazetteer.find(name, country=country, limit=1000)
        ranked = _ranked(found, near)[:limit]
        results.append({"query": name, "candidates": [_shown(desk, c, language) for c in ranked]})
    return {"results": results}


def checked_country(desk: Desk, code: str) -> str:
    """The ISO code of a country that the gazetteer knows, in capitals.

    Raises
    ------
    SettingError
        It knows no such country.
    """
    try:
        desk.gazetteer.place(f"country_{code.lower()}")
    except KeyError as error:
        raise SettingError(f"{code[:20]!r} is not the two-letter code of a country, like AZ.") from error
    return code.upper()


def position_of(text: str) -> tuple[float, float]:
    """``LON,LAT`` as two numbers of degrees.

    Raises
    ------
    SettingError
        The text is not that.
    """
    try:
        lon, lat = (float(part) for part in text.split(","))
    except ValueError as error:
        raise SettingError(f"--near {text[:40]!r} is not LON,LAT in degrees, like 46.75,39.82.") from error
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise SettingError(f"--near {text[:40]!r} is outside the world: longitude comes first.")
    return lon, lat


def _ranked(candidates: list[Candidate], near: tuple[float, float] | None) -> list[Candidate]:
    if near is None or not candidates:
        return candidates
    km = distance_km(
        [c.place.lon for c in candidates], [c.place.lat for c in candidates], to_lon=near[0], to_lat=near[1]
    )
    gains = [NEAR_WEIGHT * max(0.0, NEAR_REACH - math.log1p(d)) for d in km]
    moved = [
        replace(c, score=round(c.score + gain, 4), terms={**c.terms, "near": round(gain, 4)})
        for c, gain in zip(candidates, gains, strict=True)
    ]
    return sorted(moved, key=lambda c: (-c.score, c.place.place_id))


def _shown(desk: Desk, candidate: Candidate, language: str | None) -> dict[str, Any]:
    place = desk.gazetteer.place(candidate.place.place_id)
    in_language = place.names.get(language or "", ())
    return candidate_json(candidate, replace(place, name=in_language[0]) if in_language else place)
