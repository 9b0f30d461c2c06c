"""A geopy geocoder that asks the gazetteer instead of a service; it contacts nobody."""

from collections.abc import Iterable, Sequence
from typing import Any

from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.gazetteer.lookup import Gazetteer
from geo.model import Candidate, Place

_MOST_RESULTS = 10


class OfflineGeocoder(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """Finds places by their exact name in any language, and the settlement nearest to a position.

    ``timeout`` is accepted as by every geopy geocoder and has no effect: there is nothing to wait for.
    """

    def __init__(self, gazetteer: Gazetteer, *, user_agent: str = "conflictmap") -> None:
        super().__init__(user_agent=user_agent)
        self._gazetteer = gazetteer

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  geopy's interface
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        language: str | None = None,
        viewbox: Sequence[Any] | None = None,
        bounded: bool = False,
    ) -> Location | list[Location] | None:
        """The place or places that bear a name, best first; None when nobody does.

        ``query`` may name the country or unit after a comma ("Martuni, Armenia"). ``country_codes`` are
        ISO 3166-1 alpha-2; ``language`` (a code such as ``az``) chooses the name in the address.
        ``viewbox`` are two opposite corners as geopy takes points: places in it come first, with ``bounded``
        no others come.

        Raises
        ------
        GeocoderQueryError
            The viewbox is not two positions.
        """
        most = 1 if exactly_one else (limit or _MOST_RESULTS)
        found = self._candidates(query, country_set(country_codes))
        if viewbox is not None:
            found = _in_box_first(found, viewbox, bounded=bounded)
        locations = [self._location(candidate, language) for candidate in found[:most]]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  geopy's interface
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """The settlement or site nearest to ``(lat, lon)``, geopy's order; ``raw["km"]`` tells how far it is.

        Raises
        ------
        GeocoderQueryError
            The query is not a position.
        """
        try:
            point = Point(query)
        except (ValueError, TypeError) as wrong:
            raise GeocoderQueryError(f"{query!r} is not a position: give (lat, lon) in degrees.") from wrong
        place, km = self._gazetteer.nearest(point.longitude, point.latitude)
        raw = _raw(place) | {"km": round(km, 3)}
        location = Location(self._address(place, language), Point(place.lat, place.lon), raw)
        return location if exactly_one else [location]

    def _candidates(self, query: str, countries: frozenset[str]) -> list[Candidate]:
        """Candidates of the whole query, else of its first part within what stands after the comma."""
        found = self._gazetteer.find(query, limit=100)
        name, comma, whole = query.partition(",")
        if not found and comma:
            units = [candidate.place for candidate in self._gazetteer.find(whole, limit=20)]
            found = [
                c
                for c in self._gazetteer.find(name, limit=100)
                if any(_lies_in(c.place, unit) for unit in units)
            ]
        return [c for c in found if not countries or c.place.admin0 in countries]

    def _location(self, candidate: Candidate, language: str | None) -> Location:
        place = candidate.place
        raw = _raw(place) | {"matched_name": candidate.matched_name, "score": candidate.score}
        return Location(self._address(place, language), Point(place.lat, place.lon), raw)

    def _address(self, place: Place, language: str | None) -> str:
        spellings = self._gazetteer.place(place.place_id).names.get(language, ()) if language else ()
        parts = (spellings[0] if spellings else place.name, place.admin1, place.admin0)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def _in_box_first(candidates: list[Candidate], viewbox: Sequence[Any], *, bounded: bool) -> list[Candidate]:
    """Candidates inside the box before the others, or alone; within each part the order stays."""
    try:
        one, other = (Point(corner) for corner in viewbox)
    except (ValueError, TypeError) as wrong:
        raise GeocoderQueryError(f"{viewbox!r} is not two opposite corners as (lat, lon).") from wrong
    south, north = sorted((one.latitude, other.latitude))
    west, east = sorted((one.longitude, other.longitude))
    inside = [c for c in candidates if south <= c.place.lat <= north and west <= c.place.lon <= east]
    return inside if bounded else [*inside, *(c for c in candidates if c not in inside)]


def _raw(place: Place) -> dict[str, object]:
    return {"place_id": place.place_id, "kind": place.kind, "admin0": place.admin0}


def country_set(codes: str | Iterable[str] | None) -> frozenset[str]:
    """Country codes as geopy takes them, in capitals; empty for no limit."""
    listed = [codes] if isinstance(codes, str) else codes or []
    return frozenset(code.upper() for code in listed)


def _lies_in(part: Place, whole: Place) -> bool:
    if whole.kind == "country":
        return part.admin0 == whole.admin0
    return whole.kind == "admin1" and (part.admin0, part.admin1) == (whole.admin0, whole.admin1)
