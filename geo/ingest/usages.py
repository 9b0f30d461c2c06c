"""Names as the rows of a file use them: each is looked at once, and rows carry only its number."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geo.ingest.cases import KEEP, place_key
from geo.ingest.names import MOST_NAMES, Meaning, Names, is_empty_word

Pair = tuple[str, str]
"""A name and the country that the row states."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A name in one stated country, and what was answered about it.

    ``is_odd`` tells that tables also write the name for an empty cell, and that no such place lies in the country;
    ``is_judged`` that its points are held against the places of this name.
    """

    meaning: Meaning
    country: str
    answer: str
    is_odd: bool
    is_judged: bool

    @property
    def key(self) -> str:
        """What an answer is given under."""
        return place_key(self.meaning.name, self.country)


class Usages(dict[Pair, int]):
    """The number of each name of a file; past a bound they are numbered anew, so that memory is bounded."""

    def __init__(self, names: Names, answers: Mapping[str, str]) -> None:
        self._names, self._answers = names, answers
        self._known: list[Usage] = []

    def numbers(self, pairs: Iterable[Pair]) -> list[int]:
        """Number of each pair, which holds until this is asked again."""
        if len(self._known) > MOST_NAMES:
            self._known.clear()
            self.clear()
        return list(map(self.__getitem__, pairs))

    def of(self, number: int) -> Usage:
        """The usage that has a number."""
        return self._known[number]

    def __missing__(self, pair: Pair) -> int:
        """The number of a name that is met for the first time."""
        name, country = pair
        meaning = self._names.meaning(name)
        is_odd = is_empty_word(name) and not self._lies_in(meaning, country)
        answer = self._answers.get(place_key(name, country)) or (
            self._answers.get("places", "") if is_odd else ""
        )
        is_judged = bool(meaning.candidates) and not is_odd and answer != KEEP
        self[pair] = len(self._known)
        self._known.append(Usage(meaning, country, answer, is_odd, is_judged))
        return self[pair]

    def _lies_in(self, meaning: Meaning, country: str) -> bool:
        """Whether a place of the name lies in the stated country: then it is a name, whatever it looks like."""
        code = self._names.country_code(country)
        return bool(code) and any(candidate.place.admin0 == code for candidate in meaning.candidates)
