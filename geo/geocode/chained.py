"""The gazetteer first, and an online service for the names that it does not have."""

from collections.abc import Iterable
from typing import Any

from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from geo.geocode.offline import OfflineGeocoder, country_set
from geo.geocode.online import MOST_RESULTS, OnlineGeocoder, Suggestion


class ChainedGeocoder(Geocoder):  # type: ignore[misc]  # geopy carries no types
    """A geopy geocoder of two: whoever makes one has the person's consent to ask the service.

    ``raw["method"]`` of a location is ``exact`` for a place of the gazetteer and ``online`` for a suggestion of the
    service, which is named beside it with its licence. No suggestion lies at 0, 0.
    """

    def __init__(
        self, offline: OfflineGeocoder, online: OnlineGeocoder, *, user_agent: str = "conflictmap"
    ) -> None:
        super().__init__(user_agent=user_agent)
        self._offline, self._online = offline, online

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  geopy's interface; the service has its own
        limit: int | None = None,
        country_codes: str | Iterable[str] | None = None,
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """As :meth:`OfflineGeocoder.geocode`; only when that finds nothing, what the service suggests.

        Raises
        ------
        GeocoderServiceError
            The service is silent for a while or answered nonsense; the message says which.
        ServiceError
            The name is empty or too long to be asked for.
        """
        countries = country_set(country_codes)
        known = self._offline.geocode(
            query, exactly_one=False, limit=limit, country_codes=countries, language=language
        )
        locations = [_marked(location) for location in known or ()] or self._suggested(query, countries)
        if not locations:
            return None
        return locations[0] if exactly_one else locations[: limit or MOST_RESULTS]

    def reverse(
        self,
        query: Point | str | tuple[float, float],
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002  geopy's interface
        language: str | None = None,
    ) -> Location | list[Location] | None:
        """The nearest settlement of the gazetteer, which always has one: nobody else is asked."""
        return self._offline.reverse(query, exactly_one=exactly_one, language=language)

    def _suggested(self, query: str, countries: frozenset[str]) -> list[Location]:
        outcome = self._online.ask(query, countries=sorted(countries))
        if outcome.problem:
            raise GeocoderServiceError(outcome.problem)
        return [self._location(suggestion) for suggestion in outcome.within(countries)]

    def _location(self, suggestion: Suggestion) -> Location:
        raw = {
            "method": "online",
            "service": self._online.name,
            "credit": suggestion.credit,
            "kind": suggestion.kind,
            "admin0": suggestion.admin0,
            "doubts": list(suggestion.doubts),
        }
        return Location(suggestion.name, Point(suggestion.lat, suggestion.lon), raw)


def _marked(location: Location) -> Location:
    return Location(location.address, location.point, {**location.raw, "method": "exact"})
