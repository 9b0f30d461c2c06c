"""The online services that can be turned on, and what each tells of a place."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from geopy.geocoders import GeoNames, Nominatim, Photon
from geopy.geocoders.base import Geocoder

from geo.geocode.adapter import CarefulAdapter

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Service:
    """One service: how it is made from settings, and where its answers hold position, kind and country.

    ``credit`` is what its licence wants to be said.
    """

    name: str
    make: Callable[["ServiceSettings"], Geocoder]
    position: Callable[[Raw], tuple[Any, Any]]
    kind: Callable[[Raw], str]
    country: Callable[[Raw], str]
    credit: str


@dataclass(frozen=True, slots=True)
class ServiceSettings:
    """``domain`` is the host (with port), ``scheme`` https unless a test says otherwise, ``user`` a GeoNames name."""

    user_agent: str
    domain: str = ""
    scheme: str = "https"
    user: str = ""
    timeout_s: float = 10.0


def position_in(service: Service, raw: Raw) -> tuple[float, float] | None:
    """``(lon, lat)`` of an answer, or None where it has none: geopy would put it at 0, 0."""
    try:
        lat, lon = (float(value) for value in service.position(raw))
    except (KeyError, TypeError, ValueError, IndexError):
        return None
    if not (math.isfinite(lat) and math.isfinite(lon)) or abs(lat) > 90 or abs(lon) > 180:
        return None
    return None if lat == 0 and lon == 0 else (lon, lat)


def _options(settings: ServiceSettings) -> dict[str, Any]:
    """What every service of geopy takes; without a domain its own public server is asked."""
    return {
        "user_agent": settings.user_agent,
        "timeout": settings.timeout_s,
        "scheme": settings.scheme,
        "adapter_factory": CarefulAdapter,
        **({"domain": settings.domain} if settings.domain else {}),
    }


SERVICES = {
    service.name: service
    for service in (
        Service(
            "nominatim",
            lambda settings: Nominatim(**_options(settings)),
            position=lambda raw: (raw["lat"], raw["lon"]),
            kind=lambda raw: " ".join(str(raw.get(key, "")) for key in ("class", "type")).strip(),
            country=lambda raw: str((raw.get("address") or {}).get("country_code", "")).upper(),
            credit="Nominatim, OpenStreetMap contributors (ODbL)",
        ),
        Service(
            "photon",
            lambda settings: Photon(**_options(settings)),
            position=lambda raw: (raw["geometry"]["coordinates"][1], raw["geometry"]["coordinates"][0]),
            kind=lambda raw: " ".join(
                str(raw["properties"].get(key, "")) for key in ("osm_key", "osm_value")
            ).strip(),
            country=lambda raw: str(raw["properties"].get("countrycode", "")).upper(),
            credit="Photon, OpenStreetMap contributors (ODbL)",
        ),
        Service(
            "geonames",
            lambda settings: GeoNames(settings.user, **_options(settings)),
            position=lambda raw: (raw["lat"], raw["lng"]),
            kind=lambda raw: str(raw.get("fcode", "")),
            country=lambda raw: str(raw.get("countryCode", "")).upper(),
            credit="GeoNames (CC BY 4.0)",
        ),
    )
}
"""By name. Each is off until a setting names it and a person agrees: the service learns who looks at which place."""
