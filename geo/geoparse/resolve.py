"""Which place does each name mean? A hand-weighted sum; every term stays in ``Candidate.terms``.

Names with the same key are one group and mean one place throughout a text, except where a container
("Paris, Texas") says otherwise.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

from geo.crs import EARTH_RADIUS_KM
from geo.gazetteer.prior import SETTLEMENTS
from geo.geoparse import weights
from geo.model import Candidate, Place

_MOST_NEIGHBOURS = 40
_ROUNDS = 2
Unit = tuple[str, str]
Vector = tuple[float, float, float]
Extent = tuple[float, float, float, float]
"""West, south, east, north in EPSG:4326."""
K = TypeVar("K", str, Unit)


@dataclass(slots=True)
class Named:
    """One mention on its way to a place: its key, candidates and what the text says beside it.

    ``container`` is the index of the mention that contains it; ``wants_area`` is set by "X district";
    ``ranked`` is the result, best first.
    """

    key: str
    candidates: tuple[Candidate, ...]
    container: int | None = None
    contains: list[int] = field(default_factory=list)
    wants_area: bool = False
    ranked: list[Candidate] = field(default_factory=list)


@dataclass(slots=True)
class _Votes:
    """Which countries and units the text speaks of, with the share of each key kept apart."""

    countries: dict[str, dict[str, float]] = field(default_factory=dict)
    units: dict[str, dict[Unit, float]] = field(default_factory=dict)
    named_countries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    named_units: dict[Unit, set[str]] = field(default_factory=lambda: defaultdict(set))
    all_countries: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    all_units: dict[Unit, float] = field(default_factory=lambda: defaultdict(float))
    points: list[tuple[str, Vector]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader works on: countries by ISO code, and the map before them."""

    countries: frozenset[str] = frozenset()
    extent: Extent | None = None

    def terms(self, place: Place) -> dict[str, float]:
        """What this says for a place."""
        terms = {"asked_country": weights.ASKED_COUNTRY} if place.admin0 in self.countries else {}
        if self.extent and place.kind not in ("country", "continent"):
            west, south, east, north = self.extent
            if west <= place.lon <= east and south <= place.lat <= north:
                terms["on_the_map"] = weights.ON_THE_MAP
        return terms


NOBODY = Reader()
"""A reader of whom nothing is known."""


def resolve_all(
    named: Sequence[Named], *, reader: Reader = NOBODY, peoples: Mapping[str, int] | None = None
) -> None:
    """Rank the candidates of every mention in place; ``peoples`` tells how often the text names the people of a country."""
    groups: dict[str, list[Named]] = defaultdict(list)
    for mention in named:
        mention.ranked = list(mention.candidates)
        groups[mention.key].append(mention)
    for round_number in range(_ROUNDS):
        votes = _count_votes(groups, peoples or {}, second_round=round_number > 0)
        ranked = [_rank_group(mentions, named, votes, reader) for mentions in groups.values()]
        for mentions, results in zip(groups.values(), ranked, strict=True):
            for mention, result in zip(mentions, results, strict=True):
                mention.ranked = result


def _count_votes(groups: dict[str, list[Named]], peoples: Mapping[str, int], *, second_round: bool) -> _Votes:
    votes = _Votes()
    for country, times in peoples.items():
        votes.all_countries[country] += weights.VOTE_OF_PEOPLE * (1 + weights.REPEATED_MENTION * (times - 1))
    for key, mentions in groups.items():
        if mentions[0].ranked:
            weight = 1 + weights.REPEATED_MENTION * (len(mentions) - 1)
            _cast(votes, key, mentions[0], weight, second_round=second_round)
    return votes


def _cast(votes: _Votes, key: str, mention: Named, weight: float, *, second_round: bool) -> None:
    """One group votes for the country and unit of its best candidate, the less the more readings it has."""
    place = mention.ranked[0].place
    unit = (place.admin0, place.admin1)
    if place.kind == "country":
        strength = weights.VOTE_OF_COUNTRY
        votes.named_countries[place.admin0].add(key)
    elif place.kind == "admin1":
        strength = weights.VOTE_OF_UNIT
        votes.named_units[unit].add(key)
    elif place.kind in SETTLEMENTS:
        strength = 1 / (1 + math.log(len(mention.candidates)))
        strength = max(strength, 0.5) if second_round else strength
    else:
        strength = 1.0
    if place.admin0:
        votes.countries[key] = {place.admin0: strength * weight}
        votes.all_countries[place.admin0] += strength * weight
    if place.admin0 and place.admin1:
        votes.units[key] = {unit: strength * weight}
        votes.all_units[unit] += strength * weight
    if place.kind not in ("country", "continent"):
        votes.points.append((key, _unit_vector(place.lon, place.lat)))


def _rank_group(
    mentions: Sequence[Named], named: Sequence[Named], votes: _Votes, reader: Reader
) -> list[list[Candidate]]:
    """The ranking of each mention of a group; evidence of one container counts for the others too."""
    first = mentions[0]
    shared = {id(c): _context_terms(first, c, votes, reader) for c in first.candidates}
    own = [{id(c): _container_terms(m, c, named) for c in m.candidates} for m in mentions]
    with_container = [
        terms
        for mention, terms in zip(mentions, own, strict=True)
        if mention.container is not None or mention.contains
    ]
    results = []
    for mention, terms in zip(mentions, own, strict=True):
        beside = (
            terms
            if mention.container is not None or mention.contains or not with_container
            else with_container[0]
        )
        results.append(
            _sorted_by_score(
                [
                    _scored(c, shared[id(c)] | beside.get(id(c), {}) | _wish(mention, c))
                    for c in mention.candidates
                ]
            )
        )
    return results


def _sorted_by_score(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.place.place_id))


def _scored(candidate: Candidate, terms: dict[str, float]) -> Candidate:
    added = {name: round(value, 4) for name, value in terms.items() if value}
    score = round(candidate.score + sum(added.values()), 4)
    return Candidate(candidate.place, candidate.matched_name, score, {**candidate.terms, **added})


def _context_terms(mention: Named, candidate: Candidate, votes: _Votes, reader: Reader) -> dict[str, float]:
    """What the rest of the text says about a candidate; votes of the name itself do not count."""
    place, key = candidate.place, mention.key
    unit = (place.admin0, place.admin1)
    terms = reader.terms(place)
    if place.admin0:
        share = _share(place.admin0, votes.all_countries, votes.countries.get(key, {}))
        terms["country_share"] = weights.COUNTRY_SHARE * share
        terms["country_named"] = weights.COUNTRY_NAMED if votes.named_countries[place.admin0] - {key} else 0.0
    if place.kind == "country":
        others = sum(
            bool(names - {key}) for code, names in votes.named_countries.items() if code != place.admin0
        )
        terms["with_countries"] = weights.WITH_COUNTRY * min(others, weights.MOST_COUNTRIES)
    if place.admin1:
        terms["unit_share"] = weights.UNIT_SHARE * _share(unit, votes.all_units, votes.units.get(key, {}))
        terms["unit_named"] = weights.UNIT_NAMED if votes.named_units[unit] - {key} else 0.0
    if place.kind in SETTLEMENTS and len(mention.candidates) > 1:
        terms["near_others"] = _nearness(place, key, votes)
    if place.kind in SETTLEMENTS and "own_place" not in candidate.terms and _is_area_name(mention):
        # "China, Texas" makes China a town; the company it keeps says little.
        return {name: weights.TOWN_NAMED_AS_AREA * value for name, value in terms.items()}
    return terms


def _share(wanted: K, everyone: Mapping[K, float], own: Mapping[K, float]) -> float:
    """The part of all votes but one's own that went to the wanted; 0.5 votes are always for nobody."""
    others = sum(everyone.values()) - sum(own.values()) + 0.5
    return (everyone.get(wanted, 0.0) - own.get(wanted, 0.0)) / others


def _nearness(place: Place, key: str, votes: _Votes) -> float:
    """High when one or two other places of the text are within a few hundred km."""
    x, y, z = _unit_vector(place.lon, place.lat)
    cosines = [x * a + y * b + z * c for other, (a, b, c) in votes.points[:_MOST_NEIGHBOURS] if other != key]
    nearest = sorted(cosines, reverse=True)[:2]
    pairs = zip(nearest, (weights.NEAREST, weights.SECOND_NEAREST), strict=False)
    return sum(weight * max(0.0, weights.FAR - math.log1p(_km_of(cosine))) for cosine, weight in pairs)


@lru_cache(maxsize=8192)
def _unit_vector(lon: float, lat: float) -> Vector:
    """The direction from the Earth's centre; the cosine of the angle between two is their dot product."""
    x, y = math.radians(lon), math.radians(lat)
    return math.cos(y) * math.cos(x), math.cos(y) * math.sin(x), math.sin(y)


def _km_of(cosine: float) -> float:
    return EARTH_RADIUS_KM * math.acos(max(-1.0, min(1.0, cosine)))


def _container_terms(mention: Named, candidate: Candidate, named: Sequence[Named]) -> dict[str, float]:
    """What "X, Y" says of X as a part of Y, and of Y as the whole of X."""
    terms: dict[str, float] = {}
    place = candidate.place
    if mention.container is not None:
        wholes = _wholes(mention, named[mention.container])
        if wholes:
            terms["container"] = _fit(place, wholes)
    if mention.contains and place.kind in ("country", "admin1", "region"):
        parts = [c.place for index in mention.contains for c in named[index].candidates]
        holds = any(_holds(place, part) for part in parts)
        terms["contains"] = weights.HOLDS_PART if holds else -weights.HOLDS_PART / 2
    return terms


def _wholes(mention: Named, container: Named) -> list[Place]:
    """The areas that Y in "X, Y" may be.

    Where X is a country or sea of its own, "X, Y" with a country Y is a list ("China, US"), not a place in Y.
    """
    wholes = [c.place for c in container.candidates if c.place.kind in ("country", "admin1", "region")]
    if _is_area_name(mention):
        return [place for place in wholes if place.kind == "admin1"]
    return wholes


def _is_area_name(mention: Named) -> bool:
    """Whether a country, sea, region, ... bears the name, so that a town of that name is a rare meaning."""
    return any(c.place.kind not in (*SETTLEMENTS, "admin1", "site") for c in mention.candidates)


def _fit(part: Place, wholes: Sequence[Place]) -> float:
    if any(whole.kind == "admin1" and _holds(whole, part) for whole in wholes):
        return weights.IN_NAMED_UNIT
    return weights.IN_NAMED_COUNTRY if any(_holds(whole, part) for whole in wholes) else weights.NOT_IN_NAMED


def _holds(whole: Place, part: Place) -> bool:
    if whole.place_id == part.place_id or not whole.admin0 or whole.admin0 != part.admin0:
        return False
    return whole.kind in ("country", "region") or whole.admin1 == part.admin1


def _wish(mention: Named, candidate: Candidate) -> dict[str, float]:
    """What a following "district" asks for: the unit, not its town."""
    if not mention.wants_area:
        return {}
    return {"area_word": -weights.AREA_WORD if candidate.place.kind in SETTLEMENTS else weights.AREA_WORD}


def km_between(a: Place, b: Place) -> float:
    """Great-circle distance of two places in km; plain arithmetic, since arrays of two cost more."""
    (x, y, z), (u, v, w) = _unit_vector(a.lon, a.lat), _unit_vector(b.lon, b.lat)
    return _km_of(x * u + y * v + z * w)
