"""Which older encoding a text has: every candidate reads it, and readings that are no words drop out."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from geo.ingest.reading.wordshape import explained, odd, only_signs

CANDIDATES = (
    "windows-1252",
    "windows-1251",
    "windows-1254",
    "windows-1250",
    "windows-1256",
    "windows-1253",
    "windows-1255",
    "koi8-r",
    "koi8-u",
    "cp866",
    "mac-cyrillic",
)
_CYRILLIC = frozenset({"windows-1251", "koi8-r", "koi8-u", "cp866", "mac-cyrillic"})
_TURKISH = frozenset(b"\xd0\xdd\xde\xf0\xfd\xfe")
"""The letters in which windows-1254 differs from windows-1252."""
_HIGH_WORD = re.compile(rb"[A-Za-z\x80-\xff']*[\x80-\xff][A-Za-z\x80-\xff']*")
_MOST_WORDS = 20_000
_MOST_LINES = 200
_TOLERATED = 0.05
"""Share of odd words that a right reading may have: names, abbreviations and slips of typing."""
_OFFERED = 5


@dataclass(slots=True)
class Words:
    """The distinct words with bytes over 127 of a file, in order, and some lines they stand in."""

    words: dict[bytes, None] = field(default_factory=dict)
    lines: list[bytes] = field(default_factory=list)

    def add(self, line: bytes) -> None:
        """Keep the line's words, and the line while there are few."""
        if len(self.words) < _MOST_WORDS:
            self.words.update(dict.fromkeys(_HIGH_WORD.findall(line)))
        if len(self.lines) < _MOST_LINES:
            self.lines.append(line[:2000])


@dataclass(frozen=True, slots=True)
class Attempt:
    """Reading the bytes in one encoding: the words that come out, and how many of them are odd."""

    encoding: str
    words: tuple[str, ...]
    odd: int

    @property
    def plausible(self) -> bool:
        """Whether nearly all of its words are words."""
        return self.odd <= len(self.words) * _TOLERATED


def plausible_encodings(found: Words, high: frozenset[int]) -> tuple[list[str], bool]:
    """The encodings that the text may have, likeliest first, and whether that is settled.

    Encodings that give the same text count as one. When no reading is plausible, the least odd ones
    are given and nothing is settled.
    """
    readings = [
        reading
        for name in CANDIDATES
        if can_decode(name, high) and (reading := _reading(name, found.words)) is not None
    ]
    western = next((each for each in readings if each.encoding == "windows-1252"), None)
    if western is not None and all(map(only_signs, western.words)):
        return [western.encoding], True
    plausible = _cyrillic_rule([each for each in readings if each.plausible])
    survivors = _distinct(_latin_rules(plausible, readings, high))
    if survivors:
        return [each.encoding for each in _likeliest_first(survivors)], len(survivors) == 1
    guesses = _distinct(sorted(readings, key=lambda each: each.odd))[:_OFFERED]
    return [each.encoding for each in guesses], False


def can_decode(encoding: str, high: Iterable[int]) -> bool:
    """Whether every one of the bytes means something in the encoding."""
    try:
        bytes(sorted(high)).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def samples(found: Words, encodings: list[str]) -> dict[str, str]:
    """For each encoding up to three lines of the file in which they differ, as that encoding reads them."""
    differing = [
        line for line in found.lines if len({line.decode(name, "replace") for name in encodings}) > 1
    ] or found.lines
    return {
        name: "\n".join(_window(line).decode(name, "replace").strip() for line in differing[:3])
        for name in encodings
    }


def _reading(encoding: str, words: Iterable[bytes]) -> Attempt | None:
    try:
        decoded = tuple(word.decode(encoding) for word in words)
    except UnicodeDecodeError:
        return None
    return Attempt(encoding, decoded, sum(odd(word) for word in decoded))


def _cyrillic_rule(plausible: list[Attempt]) -> list[Attempt]:
    """The Cyrillic encodings share most small letters: what tells them apart is letters of one language."""
    explained_ones = [each for each in plausible if _is_explained(each)]
    if not any(each.encoding in _CYRILLIC for each in explained_ones):
        return plausible
    return [each for each in plausible if each.encoding not in _CYRILLIC or _is_explained(each)]


def _is_explained(reading: Attempt) -> bool:
    return explained(list(reading.words), reading.encoding)


def _latin_rules(plausible: list[Attempt], readings: list[Attempt], high: frozenset[int]) -> list[Attempt]:
    """The Latin encodings look alike, so word shape alone cannot part them.

    1254 is 1252 but for six letters. 1250 is believed when its own letters occur: where 1252 makes odd
    words, or makes letters that no one language has together.
    """
    by_name = {each.encoding: each for each in readings}
    western, central = by_name.get("windows-1252"), by_name.get("windows-1250")
    dropped = set()
    if western is not None and western.plausible:
        if not high & _TURKISH:
            dropped.add("windows-1254")
        if central is None or not _may_be_central(central, western):
            dropped.add("windows-1250")
    return [each for each in plausible if each.encoding not in dropped]


def _may_be_central(central: Attempt, western: Attempt) -> bool:
    if central.odd < western.odd:
        return True
    return _is_explained(central) and not _is_explained(western)


def _distinct(readings: list[Attempt]) -> list[Attempt]:
    return list({each.words: each for each in reversed(readings)}.values())[::-1]


def _likeliest_first(readings: list[Attempt]) -> list[Attempt]:
    return sorted(
        readings,
        key=lambda each: (
            not _is_explained(each),
            each.odd,
            CANDIDATES.index(each.encoding),
        ),
    )


def _window(line: bytes) -> bytes:
    """The part of a long line around its first byte over 127."""
    first = next((place for place, byte in enumerate(line) if byte > 127), 0)
    start = max(0, first - 40)
    return line[start : start + 120]
