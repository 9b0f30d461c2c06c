"""An online service asked for a name: only when a setting allows it and a person has just agreed."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from geo.errors import ServiceError, SettingError
from geo.geocode.courtesy import Courtesy
from geo.geocode.online import OnlineGeocoder, Outcome
from geo.geocode.services import SERVICES, ServiceSettings
from geo.settings import Settings
from geo.workflows.desk import Desk
from geo.workflows.json_forms import suggestion_json

USER_AGENT = "conflictmap (offline-first conflict map)"
FILE = "online.sqlite"


def service_name(settings: Settings) -> str:
    """The service that may be asked, empty when none is turned on.

    Raises
    ------
    SettingError
        The setting names no known service.
    """
    if settings.geocoder and settings.geocoder not in SERVICES:
        raise SettingError(
            f"CONFLICTMAP_GEOCODER={settings.geocoder[:40]!r} is none of {', '.join(SERVICES)}: name one or unset it."
        )
    return settings.geocoder


def ask_online(desk: Desk, name: str, *, countries: Sequence[str] = ()) -> Outcome:
    """What the service offers for a name; the caller has the person's consent for this question.

    Raises
    ------
    SettingError
        No service is turned on, or its settings make no sense.
    ServiceError
        The name cannot be asked for.
    """
    return online_geocoder(desk.settings).ask(name, countries=countries)


def suggested(
    geocoder: OnlineGeocoder, name: str, *, country: str | None = None
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What the service offers for a name as candidates, and what it said; the caller has the person's consent."""
    countries = (country.upper(),) if country else ()
    try:
        outcome = geocoder.ask(name, countries=countries)
    except ServiceError as refused:  # one bad name among many is no reason to drop the answers to the others
        outcome = Outcome(problem=str(refused))
    found = [suggestion_json(suggestion, geocoder.name) for suggestion in outcome.within(countries)]
    return found, {"service": geocoder.name, "problem": outcome.problem, "code": outcome.code}


def online_geocoder(settings: Settings) -> OnlineGeocoder:
    """The service that the settings turn on, behind the turns and the memory that all processes share.

    Raises
    ------
    SettingError
        No service is turned on, or its settings make no sense.
    """
    chosen = service_name(settings)
    if not chosen:
        raise SettingError(
            "No online service is turned on: set CONFLICTMAP_GEOCODER, for instance to nominatim."
        )
    wanted = _service_settings(settings)
    return OnlineGeocoder(SERVICES[chosen], wanted, Courtesy(settings.var_dir / FILE))


def _service_settings(settings: Settings) -> ServiceSettings:
    parts = urlsplit(settings.geocoder_url)
    if settings.geocoder_url and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise SettingError(
            f"CONFLICTMAP_GEOCODER_URL={settings.geocoder_url[:60]!r} is not like https://nominatim.example.org."
        )
    if settings.geocoder == "geonames" and not settings.geocoder_user:
        raise SettingError("GeoNames wants a user name: set CONFLICTMAP_GEOCODER_USER.")
    return ServiceSettings(
        USER_AGENT,
        domain=f"{parts.netloc}{parts.path}".rstrip("/"),
        scheme=parts.scheme or "https",
        user=settings.geocoder_user,
    )
