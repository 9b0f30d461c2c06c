"""What the parser asks of the gazetteer, answered once for each name of a text."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.model import Candidate

BIG_KINDS = frozenset({"country", "admin1", "region", "continent", "sea", "river", "corridor", "line"})
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{2,30}\b")
_MOST_CANDIDATES = 40
_SHORTEST_VILLAGE_NAME = 5
_LONGEST_CODE = 5
_KNOWN_BY_UNIT = 1_000_000
"""Inhabitants from which on a town may be meant by the name of its state: New York, but not Topeka by "Kansas"."""
_AREA_SUFFIXES = (
    "county", "parish", "province", "state", "region", "district", "governorate", "oblast", "prefecture", "rayon",
    "raion", "marz", "municipality", "area",
)  # fmt: skip
_SUFFIXES = (
    *_AREA_SUFFIXES,
    "city",
    "town",
    "village",
    "township",
    "borough",
    "suburb",
    "islands",
    "island",
    "airport",
    "peninsula",
)
_PREFIXES = (
    "the", "city of", "town of", "village of", "state of", "province of", "republic of", "port of", "greater",
    "downtown", "central", "northern", "southern", "eastern", "western", "north", "south", "east", "west",
    "northeast", "northwest", "southeast", "southwest", "upper", "lower", "mainland",
)  # fmt: skip
_SPELLED = (("st ", "saint "), ("ft ", "fort "), ("mt ", "mount "), ("saint ", "st "))


class Lexicon:
    """The gazetteer as one parse sees it; remembers candidates by name key."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._known: dict[str, tuple[Candidate, ...]] = {}

    def has_name(self, key: str) -> bool:
        """Whether the gazetteer knows the key."""
        return bool(key) and self._gazetteer.has_name(key)

    def may_begin(self, words_key: str) -> bool:
        """Whether a name of the gazetteer or a former state may begin with these words."""
        return self._gazetteer.may_begin(words_key) or words_key in _beginnings(self._gazetteer.former_states)

    def is_demonym(self, key: str) -> bool:
        """Whether the key names a people or is its adjective."""
        return key in self._gazetteer.demonyms

    def country_of_people(self, key: str) -> str:
        """The country code of a people or its adjective; empty for another word, and for a people of no one country."""
        return self._gazetteer.demonyms.get(key, "")

    def peoples_in(self, text: str) -> Counter[str]:
        """How often a text names the people of a country, or uses its adjective, by country code."""
        words_of = (match.group().lower() for match in _CAPITALISED.finditer(text))
        return Counter(filter(None, map(self.country_of_people, words_of)))

    def is_former_state(self, key: str) -> bool:
        """Whether the key names a state that no longer exists."""
        return key in self._gazetteer.former_states

    @property
    def lower_case_names(self) -> frozenset[str]:
        """Keys that are found even in small letters: countries, lines and corridors."""
        return _lower_case_names(self._gazetteer.area_keys)

    @property
    def lower_case_beginnings(self) -> frozenset[str]:
        """Words that in small letters may begin a name: a country's, or an adjective ("soviet")."""
        return _first_words(self._gazetteer.area_keys, self._gazetteer.former_states)

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """The places of a key, best first; a country's name hides towns that bear it only as an alias."""
        if key not in self._known:
            known = self._gazetteer.candidates(key) if self._gazetteer.may_begin(key) else []
            self._known[key] = _plausible(known)
        return self._known[key]

    def sounding(self, key: str) -> tuple[Candidate, ...]:
        """The places with a name that sounds like the key, best first."""
        return tuple(self._gazetteer.sounding(key))

    def written(self, text: str, key: str, *, has_stop: bool = False) -> tuple[Candidate, ...]:
        """The candidates whose stored spelling agrees with the way the text is written.

        ``has_stop`` says that a full stop stands at once behind it: "Pa." may be the PA of the list.
        """
        return tuple(
            c
            for c in self.candidates(key)
            if _spelling_agrees(text, c.matched_name) or (has_stop and is_press_abbreviation(text, c))
        )

    def any_form(self, name: str) -> tuple[tuple[Candidate, ...], str]:
        """Candidates of a name that is known to be a toponym, and how they were reached.

        Tries the name, then without "the", "Province", "southern", ..., then the country of a demonym.
        """
        key = name_key(name)
        country = self.country_of_people(key)
        if country and not any(c.place.kind in BIG_KINDS for c in self.candidates(key)):
            return self.candidates(self._country_key(country)), "demonym"
        for form, how in (*_forms(key), *_counties(key)):
            if found := self.candidates(form):
                return found, how
        return (), "not in the gazetteer"

    def _country_key(self, code: str) -> str:
        return name_key(self._gazetteer.place(f"country_{code.lower()}").name)


@lru_cache(maxsize=4)
def _lower_case_names(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in keys if len(key) >= 4 and not words.is_caseless(key[0]))


@lru_cache(maxsize=4)
def _first_words(*keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key.split()[0] for some in keys for key in some)


@lru_cache(maxsize=4)
def _beginnings(keys: frozenset[str]) -> frozenset[str]:
    words_of = [key.split() for key in keys]
    return frozenset(" ".join(parts[:count]) for parts in words_of for count in range(1, len(parts) + 1))


def _forms(key: str) -> list[tuple[str, str]]:
    forms = [(key, "name")]
    forms += [(key.removeprefix(f"{p} "), "without qualifier") for p in _PREFIXES if key.startswith(f"{p} ")]
    forms += [
        (key.removesuffix(f" {s}"), "area" if s in _AREA_SUFFIXES else "without qualifier")
        for s in _SUFFIXES
        if key.endswith(f" {s}")
    ]
    forms += [
        (long + key.removeprefix(short), "spelled out") for short, long in _SPELLED if key.startswith(short)
    ]
    return forms


def _counties(key: str) -> list[tuple[str, str]]:
    return [(f"{key} {word}", "area") for word in ("county", "parish")]


def _plausible(found: list[Candidate]) -> tuple[Candidate, ...]:
    named_country = any(c.place.kind == "country" and c.terms.get("main_name", 0) > 0.2 for c in found)
    named_unit = any(c.place.kind == "admin1" and c.terms.get("main_name", 0) > 0.2 for c in found)
    if named_country or named_unit:
        found = [
            c
            for c in found
            if c.place.kind in BIG_KINDS or "main_name" in c.terms or c.place.population >= _KNOWN_BY_UNIT
        ]
    return tuple(found[:_MOST_CANDIDATES])


def is_press_abbreviation(text: str, candidate: Candidate) -> bool:
    """Whether a word before a full stop abbreviates a unit that the list has as ``PA`` or ``Conn.``."""
    stored = candidate.matched_name
    if candidate.place.kind not in ("admin1", "country"):
        return False
    return stored.endswith(".") or (stored.isupper() and len(stored) <= _LONGEST_CODE and text.istitle())


def _spelling_agrees(text: str, stored: str) -> bool:
    """``LA`` and ``UAE`` are written in capitals only; a stored ``baku`` is a machine's romanisation."""
    letters = stored.replace(".", "")
    if stored[:1].islower() and stored.isascii():
        return text[:1].islower()
    if letters.isupper() and len(letters) <= _LONGEST_CODE:
        return text.replace(".", "").isupper() or words.is_caseless(letters[0])
    return True


def largest_population(candidates: tuple[Candidate, ...], own: Mapping[str, int]) -> int:
    """The largest number of inhabitants among the settlements; our own places count at least as given.

    A short name of a village of ours ("Sus", "Togh") may be a word or a surname, so it gets no such help.
    """
    return max((max(c.place.population, _own_population(c, own)) for c in candidates), default=0)


def _own_population(candidate: Candidate, own: Mapping[str, int]) -> int:
    kind = candidate.place.kind
    is_short = kind == "village" and len(candidate.matched_name) < _SHORTEST_VILLAGE_NAME
    return own.get(kind, 0) if "own_place" in candidate.terms and not is_short else 0
