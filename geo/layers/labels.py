"""Names on the map: both forms of a place that two sides call differently, important places first."""

from collections.abc import Iterable
from typing import TypedDict

from geo.crs import distance_km
from geo.model import Place

GEONAMES_PREFIX = "gn:"
LARGE_TOWN = 300_000
QUARTER_KM = 15


class Label(TypedDict):
    """One name at a place; ``rank`` 0 is a country, 1 the most important town, 5 the least."""

    lon: float
    lat: float
    rank: int
    name: str
    other: str


def labels_of(places: Iterable[Place]) -> list[Label]:
    """A label for each place that is a country or a settlement, without the quarters of large towns."""
    return [
        Label(lon=round(p.lon, 4), lat=round(p.lat, 4), rank=rank, name=p.name, other=other_form(p))
        for p in _without_quarters(list(places))
        if (rank := _rank(p)) is not None
    ]


def _without_quarters(places: list[Place]) -> list[Place]:
    """GeoNames lists quarters of a town as towns: one close to a far larger place is left out."""
    large = [p for p in places if p.population >= LARGE_TOWN]
    return [
        place
        for place in places
        if not place.place_id.startswith(GEONAMES_PREFIX)
        or not any(
            town.population > 2 * place.population
            and distance_km(place.lon, place.lat, to_lon=town.lon, to_lat=town.lat) < QUARTER_KM
            for town in large
        )
    ]


def other_form(place: Place) -> str:
    """The names that the place's sides use besides the first, in Latin script; empty when they agree."""
    forms = [names[0] for language in ("az", "hy-Latn") if (names := place.names.get(language))]
    return " / ".join(dict.fromkeys(form for form in forms if form != place.name))


def _rank(place: Place) -> int | None:
    if place.kind == "country":
        return 0
    if place.kind not in {"city", "town", "village"}:
        return None
    ours = not place.place_id.startswith(GEONAMES_PREFIX)
    # GeoNames' population of a town in a war is often stale: our own kind of a place counts as well.
    own_rank = {"city": 2, "town": 3, "village": 4}[place.kind] if ours else 5
    thresholds = ((500_000, 1), (100_000, 2), (20_000, 3), (5_000, 4))
    by_size = next((rank for size, rank in thresholds if place.population >= size), 5)
    return min(own_rank, by_size)
