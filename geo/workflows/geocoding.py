"""Names looked up: candidates with all their names, best first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Literal, NamedTuple

from geo.errors import SettingError
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.nearness import with_nearness
from geo.gazetteer.normalise import name_key
from geo.gazetteer.similar import continued
from geo.model import Candidate
from geo.workflows.json_forms import candidate_json

AskOnline = Callable[[str], tuple[list[dict[str, Any]], dict[str, str]]]
"""Candidates of an online service for a name, and what it said; whoever gives one has the person's consent."""
SHORTEST_BEGINNING = 3
"""Letters from which on a name may be the beginning of a longer one: two begin thousands."""


class Query(NamedTuple):
    """A name with what is known about the place; ``country`` is an ISO code, ``near`` is (lon, lat)."""

    name: str
    country: str | None
    near: tuple[float, float] | None
    limit: int


class Answer(NamedTuple):
    """A candidate and how its name was found."""

    candidate: Candidate
    method: Literal["exact", "fuzzy", "prefix"]


def geocoded(
    gazetteer: Gazetteer,
    names: Sequence[str],
    *,
    country: str | None = None,
    language: str | None = None,
    near: tuple[float, float] | None = None,
    limit: int = 5,
    fuzzy: bool | None = None,
    ask_online: AskOnline | None = None,
) -> dict[str, Any]:
    """What each name may mean; ``near`` is (lon, lat), ``language`` chooses the name that is shown.

    ``fuzzy`` adds similar names and longer ones always or never; None adds them when nobody bears the name.
    ``ask_online`` is called for such names only; what it gives stands before the names that are only similar.
    """
    if country:
        checked_country(gazetteer, country)
    results: list[dict[str, Any]] = []
    for name in names:
        answers = answers_to(gazetteer, Query(name, country, near, limit), fuzzy=fuzzy)
        result: dict[str, Any] = {
            "query": name,
            "candidates": [_shown(gazetteer, a, language) for a in answers],
        }
        if ask_online and not any(answer.method == "exact" for answer in answers):
            found, said = ask_online(name)
            result["candidates"] = [*found, *result["candidates"]][:limit]
            result["online"] = said
        results.append(result)
    return {"results": results}


def answers_to(gazetteer: Gazetteer, query: Query, *, fuzzy: bool | None = None) -> list[Answer]:
    """The candidates of a name, each place once: those that bear it come before all that do not."""
    found = gazetteer.find(query.name, country=query.country, limit=1000)
    exact = [Answer(candidate, "exact") for candidate in _ranked(found, query.near)[: query.limit]]
    if fuzzy is False or (exact and not fuzzy):
        return exact
    borne = {candidate.place.place_id for candidate in found}
    others = [a for a in _others(gazetteer, query, len(borne)) if a.candidate.place.place_id not in borne]
    return [*exact, *others][: query.limit]


def _others(gazetteer: Gazetteer, query: Query, known: int) -> list[Answer]:
    """Places with a similar name, and with a longer one that begins like this, in one order."""
    name, country, near, limit = query
    similar = gazetteer.similar(name, country=country, near=near, limit=limit + known)
    alike = {candidate.place.place_id for candidate in similar}
    longer = [c for c in _longer(gazetteer, query) if c.place.place_id not in alike]
    answers = [
        *(Answer(candidate, "fuzzy") for candidate in similar),
        *(Answer(candidate, "prefix") for candidate in with_nearness(longer, near)),
    ]
    return sorted(answers, key=lambda a: (-a.candidate.score, a.candidate.place.place_id))


def _longer(gazetteer: Gazetteer, query: Query) -> Iterable[Candidate]:
    key = name_key(query.name)
    if len(key) < SHORTEST_BEGINNING:
        return
    for candidate in gazetteer.starting(query.name, country=query.country, limit=2 * query.limit):
        whole = name_key(candidate.matched_name)
        if whole != key:
            yield continued(candidate, key, whole)


def checked_country(gazetteer: Gazetteer, code: str) -> str:
    """The ISO code of a country that the gazetteer knows, in capitals.

    Raises
    ------
    SettingError
        It knows no such country.
    """
    try:
        gazetteer.place(f"country_{code.lower()}")
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
    if near is None:
        return candidates
    return sorted(with_nearness(candidates, near), key=lambda c: (-c.score, c.place.place_id))


def _shown(gazetteer: Gazetteer, answer: Answer, language: str | None) -> dict[str, Any]:
    place = gazetteer.place(answer.candidate.place.place_id)
    in_language = place.names.get(language or "", ())
    shown = replace(place, name=in_language[0]) if in_language else place
    return candidate_json(answer.candidate, shown) | {"method": answer.method}
