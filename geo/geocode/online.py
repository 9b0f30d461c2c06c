"""Asks an online service for a name that the gazetteer does not know: one at a time, remembered, never at 0, 0."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from geopy.exc import (
    GeocoderAuthenticationFailure,
    GeocoderInsufficientPrivileges,
    GeocoderParseError,
    GeocoderQuotaExceeded,
    GeocoderRateLimited,
    GeocoderTimedOut,
    GeocoderUnavailable,
    GeopyError,
)

from geo.errors import ServiceError
from geo.geocode.courtesy import Courtesy
from geo.geocode.services import Service, ServiceSettings, position_in

MOST_RESULTS = 5
LONGEST_NAME = 200
BLOCKED_S = 3_600.0
ROADS = ("highway", "railway", "amenity", "shop", "building")
"""Kinds of OpenStreetMap that are no place of the name, only something called after it."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a service offers for a name: never taken without a person. ``doubts`` are reasons to look twice."""

    name: str
    lon: float
    lat: float
    kind: str
    admin0: str
    credit: str
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """Suggestions, or the sentence that says why there are none; ``code`` names that reason in docs/problems.md."""

    suggestions: tuple[Suggestion, ...] = ()
    problem: str = ""
    code: str = ""

    def within(self, countries: Collection[str]) -> tuple[Suggestion, ...]:
        """Those in one of the countries, or that name none; all of them when no country is given."""
        return tuple(s for s in self.suggestions if not countries or s.admin0 in {"", *countries})


class OnlineGeocoder:
    """One service behind turns, memory and limits. Asking it needs the person's consent: who calls has it."""

    def __init__(self, service: Service, settings: ServiceSettings, courtesy: Courtesy) -> None:
        self._service, self._courtesy = service, courtesy
        self._geocoder = service.make(settings)

    @property
    def name(self) -> str:
        """The name of the service."""
        return self._service.name

    def ask(self, name: str, *, countries: Sequence[str] = ()) -> Outcome:
        """What the service offers for a name; ``countries`` are the codes in which it is expected.

        Raises
        ------
        ServiceError
            The name is empty or longer than :data:`LONGEST_NAME`.
        """
        wanted = " ".join(name.split())
        if not wanted or len(wanted) > LONGEST_NAME:
            raise ServiceError(f"A name to ask for has 1 to {LONGEST_NAME} characters.")
        if outcome := self._without_asking(wanted, countries):
            return outcome
        self._courtesy.wait_for_turn(self._service.name)
        # Whoever asked meanwhile may have had the same question, or have been told to pause.
        return self._without_asking(wanted, countries) or self._asked(wanted, countries)

    def _without_asking(self, wanted: str, countries: Sequence[str]) -> Outcome | None:
        """The remembered answer, or why the service must not be asked now; None when it may."""
        if (known := self._courtesy.remembered(self._service.name, wanted)) is not None:
            return self._outcome(json.loads(known), countries)
        left, reason = self._courtesy.silence(self._service.name)
        if left:
            problem = f"{self._service.name} is not asked for {left:.0f} s more: {reason}."
            return Outcome(problem=problem, code="GCD-01")
        return None

    def _asked(self, wanted: str, countries: Sequence[str]) -> Outcome:
        try:
            found = self._geocoder.geocode(wanted, exactly_one=False) or []
        except GeocoderRateLimited as error:
            return self._paused("it asks for a pause (429)", "GCD-01", seconds=error.retry_after)
        except (
            GeocoderInsufficientPrivileges,
            GeocoderAuthenticationFailure,
            GeocoderQuotaExceeded,
        ) as error:
            return self._paused(_refusal(error), "GCD-01", seconds=BLOCKED_S)
        except GeocoderParseError:
            return self._paused(
                "its answer is not the JSON of a geocoder; a login page may stand between", "GCD-02"
            )
        except GeopyError as error:
            return self._paused(*_failure(error))
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return self._paused("its answer has another form than a geocoder's", "GCD-02")
        raws = [location.raw for location in found[:MOST_RESULTS]]
        self._courtesy.remember(self._service.name, wanted, json.dumps(raws))
        return self._outcome(raws, countries)

    def _paused(self, reason: str, code: str, *, seconds: float | None = None) -> Outcome:
        self._courtesy.pause(self._service.name, reason, seconds=seconds)
        return Outcome(problem=f"{self._service.name}: {reason}. The gazetteer still answers.", code=code)

    def _outcome(self, raws: Sequence[Any], countries: Sequence[str]) -> Outcome:
        made = [suggestion for raw in raws if (suggestion := self._suggestion(raw, countries))]
        if raws and not made:
            problem = f"{self._service.name}: none of its {len(raws)} answers has a position."
            return Outcome(problem=problem, code="GCD-02")
        return Outcome(suggestions=tuple(made))

    def _suggestion(self, raw: Any, countries: Sequence[str]) -> Suggestion | None:
        if not isinstance(raw, dict) or (position := position_in(self._service, raw)) is None:
            return None
        kind, admin0 = self._service.kind(raw), self._service.country(raw)
        doubts = []
        if kind.split(" ")[0] in ROADS:
            doubts.append(f"it is no place but a {kind.split(' ')[0]}")
        if countries and admin0 and admin0 not in countries:
            doubts.append(f"it lies in {admin0}")
        return Suggestion(
            name=_name_of(raw), lon=position[0], lat=position[1], kind=kind, admin0=admin0,
            credit=self._service.credit, doubts=tuple(doubts),
        )  # fmt: skip


def _refusal(error: GeopyError) -> str:
    """Why a service refuses us, in our words: a library's words are for programmers."""
    if isinstance(error, GeocoderAuthenticationFailure):
        return "it refuses us: it does not know the user name or key of the settings"
    if isinstance(error, GeocoderQuotaExceeded):
        return "it refuses us: it was asked too often today"
    return "it refuses us"


def _failure(error: GeopyError) -> tuple[str, str]:
    """Why there is no answer, and the code of that reason."""
    if "redirect" in str(error).lower():
        return "it sends us to another address, which is not followed", "NET-01"
    if isinstance(error, GeocoderTimedOut):
        return "it did not answer in time", "GCD-02"
    if isinstance(error, GeocoderUnavailable):
        return "it cannot be reached; check the connection and its address", "GCD-02"
    return "it answered with an error", "GCD-02"


def _name_of(raw: dict[str, Any]) -> str:
    """The name as the service writes it: a stranger's text, to be shown as text only."""
    inner = raw.get("properties")
    named = (
        raw.get("display_name") or raw.get("name") or (inner.get("name") if isinstance(inner, dict) else "")
    )
    return str(named or "")[:LONGEST_NAME]
