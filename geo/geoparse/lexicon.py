"""What the parser asks of the gazetteer, answered once for each name of a text."""

from collections.abc import Mapping
from functools import lru_cache

from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.model import Candidate

BIG_KINDS = frozenset({"country", "admin1", "region", "continent", "sea", "river", "corridor", "line"})
_MOST_CANDIDATES = 40
_SHORTEST_VILLAGE_NAME = 5
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

    def is_demonym(self, key: str) -> bool:
        """Whether the key names a people or is its adjective."""
        return key in self._gazetteer.demonyms

    def is_former_state(self, key: str) -> bool:
        """Whether the key names a state that no longer exists."""
        return key in self._gazetteer.former_states

    @property
    def lower_case_names(self) -> frozenset[str]:
        """Keys that are found even in small letters: countries, lines and corridors."""
        return _lower_case_names(self._gazetteer.area_keys)

    def may_begin_lower_case(self, word: str) -> bool:
        """Whether a word in small letters may begin a name: it begins a country's, or is an adjective ("soviet")."""
        return word in _first_words(self._gazetteer.area_keys) or word in _first_words(
            self._gazetteer.former_states
        )

    def candidates(self, key: str) -> tuple[Candidate, ...]:
        """The places of a key, best first; a country's name hides towns that bear it only as an alias."""
        if key not in self._known:
            self._known[key] = _plausible(self._gazetteer.candidates(key))
        return self._known[key]

    def written(self, text: str, key: str) -> tuple[Candidate, ...]:
        """The candidates whose stored spelling agrees with the way the text is written."""
        return tuple(c for c in self.candidates(key) if _spelling_agrees(text, c.matched_name))

    def any_form(self, name: str) -> tuple[tuple[Candidate, ...], str]:
        """Candidates of a name that is known to be a toponym, and how they were reached.

        Tries the name, then without "the", "Province", "southern", ..., then the country of a demonym.
        """
        key = name_key(name)
        country = self._gazetteer.demonyms.get(key)
        if country and not any(c.place.kind in BIG_KINDS for c in self.candidates(key)):
            return self.candidates(self._country_key(country)), "demonym"
        for form, how in _forms(key):
            if found := self.candidates(form):
                return found, how
        return (), "not in the gazetteer"

    def _country_key(self, code: str) -> str:
        return name_key(self._gazetteer.place(f"country_{code.lower()}").name)


@lru_cache(maxsize=4)
def _lower_case_names(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key for key in keys if len(key) >= 4 and not words.is_caseless(key[0]))


@lru_cache(maxsize=4)
def _first_words(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(key.split()[0] for key in keys)


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


def _plausible(found: list[Candidate]) -> tuple[Candidate, ...]:
    named_country = any(c.place.kind == "country" and c.terms.get("main_name", 0) > 0.2 for c in found)
    if named_country:
        found = [c for c in found if c.place.kind in BIG_KINDS or "main_name" in c.terms]
    return tuple(found[:_MOST_CANDIDATES])


def _spelling_agrees(text: str, stored: str) -> bool:
    """``LA`` and ``UAE`` are written in capitals only; a stored ``baku`` is a machine's romanisation."""
    letters = stored.replace(".", "")
    if stored[:1].islower() and stored.isascii():
        return text[:1].islower()
    if letters.isupper() and len(letters) <= 5:
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
