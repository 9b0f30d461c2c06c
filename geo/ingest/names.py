"""What the place names of an import may mean, each looked up once, and held against the points given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from geo.crs import distances_km
from geo.gazetteer.lookup import Gazetteer
from geo.model import Candidate, Place
from geo.vocab import POINT_KINDS

MOST_CANDIDATES = 24
MOST_NAMES = 100_000
"""Names that are remembered: files repeat theirs in every batch of rows."""
NEAR_KM = 25.0
_EMPTY_WORDS = frozenset({"na", "n/a", "n.a.", "null", "none", "nan", "nil", "#n/a", "-", "--", "?", "."})
"""What tables write for nothing, and what some places are called."""
_VAGUE = frozenset(
    [
        "unknown",
        "unspecified",
        "undisclosed",
        "various",
        "various_locations",
        "several_places",
        "multiple_locations",
        "not_stated",
        "border",
        "border_area",
        "border_region",
        "the_border",
        "frontline",
        "front_line",
        "area",
        "region",
        "countrywide",
        "nationwide",
        "somewhere",
        "other",
        "tbd",
        "not_specified",
        "location_unknown",
        "unknown_location",
    ]
)
_WORD = re.compile(r"\w+")
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A name and what it may mean, best first.

    ``table`` has three rows, one column for each candidate: longitude, latitude, and 1 for a settlement.
    """

    name: str
    candidates: tuple[Candidate, ...]
    table: Floats


class Names:
    """Names looked up in one gazetteer and remembered."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self.meaning = lru_cache(maxsize=MOST_NAMES)(self._meaning)
        self.country_code = lru_cache(maxsize=4096)(self._country_code)

    def _meaning(self, name: str) -> Meaning:
        found = tuple(self._gazetteer.find(name, limit=MOST_CANDIDATES))
        places = [candidate.place for candidate in found]
        # One flat list: numpy takes far longer over lists of lists.
        table = [p.lon for p in places] + [p.lat for p in places] + [p.kind in POINT_KINDS for p in places]
        return Meaning(name, found, np.array(table, dtype=np.float64).reshape(3, -1))

    def _country_code(self, text: str) -> str:
        text = text.strip()
        if not text:
            return ""
        found = [c.place.admin0 for c in self._gazetteer.find(text, limit=50) if c.place.kind == "country"]
        if not found and len(text) == 2 and text.isalpha():
            try:
                return self._gazetteer.place(f"country_{text.lower()}").admin0
            except KeyError:
                return ""
        return found[0] if found else ""


@lru_cache(maxsize=MOST_NAMES)
def is_empty_word(name: str) -> bool:
    """Whether a name is what tables also write for an empty cell."""
    return name.strip().casefold() in _EMPTY_WORDS


@lru_cache(maxsize=MOST_NAMES)
def is_no_name(name: str) -> bool:
    """Whether a text names no place at all: empty, a number, or words that only say that it is not known."""
    folded = "_".join(_WORD.findall(name.casefold()))
    return not name.strip() or folded in _VAGUE or (name.strip().isdecimal() and name.isascii())


def nearest_meanings(
    meanings: Sequence[Meaning], whose: npt.NDArray[np.intp], lon: Floats, lat: Floats
) -> tuple[npt.NDArray[np.intp], Floats]:
    """For each point the candidate of its meaning that lies nearest, and its distance in km.

    ``whose`` is the number of each point's meaning. A settlement at hand (25 km) comes before an area whose
    centre happens to be nearer.
    """
    if not len(whose):
        return np.zeros(0, dtype=np.intp), np.zeros(0)
    # One entry for each pair of a point and a candidate: most names mean one place, a few mean dozens.
    sizes = np.array([len(meaning.candidates) for meaning in meanings])
    starts = np.cumsum(sizes) - sizes
    east, north, is_point = np.concatenate([meaning.table for meaning in meanings], axis=1)
    counts = sizes[whose]
    firsts = np.cumsum(counts) - counts
    inside = np.arange(int(counts.sum())) - np.repeat(firsts, counts)
    pairs = np.repeat(starts[whose], counts) + inside
    km = distances_km(np.repeat(lon, counts), np.repeat(lat, counts), east[pairs], north[pairs])
    preferred = np.where((is_point[pairs] == 1) & (km <= NEAR_KM), km - 1000, km)
    # The first pair of a point that reaches its smallest value.
    smallest = np.repeat(np.minimum.reduceat(preferred, firsts), counts)
    best = np.minimum.reduceat(np.where(preferred == smallest, inside, len(pairs)), firsts)
    return best, km[firsts + best]


def chosen_first(candidates: Sequence[Candidate], country: str) -> list[Candidate]:
    """Candidates of the stated country first, each group in its own order."""
    return sorted(candidates, key=lambda c: c.place.admin0 != country)


def is_area(place: Place) -> bool:
    """Whether a place is drawn as an area or line, never as a pin."""
    return place.kind not in POINT_KINDS
