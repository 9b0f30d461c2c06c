"""Numbers in words and figures as ranges: "at least 192", "30-40", "two dozen", "up to twelve"."""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from geo.drafting.lists import listed, word_set
from geo.drafting.sentences import Sentence, Word

LARGEST = 10_000_000
"""A larger number in one sentence is no number of people."""
_UNITS = {
    word: number
    for number, word in enumerate(
        listed(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(listed("twenty thirty forty fifty sixty seventy eighty ninety"), 2)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "dozen": 12}
_HALF_DOZENS = (("half", "a", "dozen"), ("half", "dozen"), ("half-dozen",))
VAGUE: dict[str, tuple[int | None, int | None]] = {
    "dozens": (24, 99),
    "scores": (40, 99),
    "hundreds": (200, 999),
    "thousands": (2_000, 9_999),
    "several": (3, None),
    "few": (3, None),
    "couple": (2, 2),
    "tens": (20, 99),
}
"""What plural words mean: at least two of the unit, and fewer than the next word would be used for."""
_AT_LEAST, _MORE, _AT_MOST, _FEWER, _ABOUT = range(5)
_QUALIFIERS: dict[tuple[str, ...], int] = {
    tuple(words.split()): kind
    for kind, listed in {
        _AT_LEAST: "at least|no fewer than|no less than|not less than|a minimum of|minimum of",
        _MORE: "more than|over|above|upwards of|in excess of|well over",
        _AT_MOST: "up to|as many as|at most|no more than|a maximum of|nearly|almost",
        _FEWER: "fewer than|less than|under|below",
        _ABOUT: "about|around|some|approximately|roughly|an estimated",
    }.items()
    for words in listed.split("|")
}
_POINTED = re.compile(r"\d{1,3}\.\d{3}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_NOT_PEOPLE = word_set(
    "km kilometres kilometers metres meters miles mm percent per hours hour minutes days day weeks week months month "
    "years year am pm tonnes tons dollars million billion st nd rd th points degrees "
    "sheep goats cattle cows horses livestock animals houses homes buildings tanks vehicles drones"
)
_ARTICLES = frozenset({"a", "an"})


_Value = tuple[int | None, int | None, int]
"""Low and high of a number, and the index of the word after it."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence: the words ``first`` up to, not including, ``last``, qualifiers included."""

    first: int
    last: int
    start: int
    end: int
    low: int | None
    high: int | None
    question: str = ""


def find_quantities(sentence: Sentence, *, taken: Container[int] = ()) -> list[Quantity]:
    """The numbers of a sentence in order; starts of words in ``taken`` belong to dates."""
    words, text = sentence.words, sentence.text
    found: list[Quantity] = []
    index = 0
    while index < len(words):
        if words[index].start not in taken and (unread := _unread(text, words, index)):
            found.append(unread)
            index = unread.last
            continue
        read = None if words[index].start in taken else _value_at(words, index)
        if read is None:
            index += 1
            continue
        low, high, last = read
        low, high, last = _with_second(text, words, index, (low, high, last), taken)
        first, low, high = _qualified(words, index, low, high)
        if not _counts_something_else(text, words, index, last):
            found.append(Quantity(first, last, words[first].start, words[last - 1].end, low, high))
        index = last
    return found


def _unread(text: str, words: Sequence[Word], index: int) -> Quantity | None:
    """A number that is written and not read: "1.500" (1,500 or 1.5), "one and a half dozen"."""
    lower, last = words[index].lower, index + 1
    question = ""
    if _POINTED.fullmatch(lower):
        question = f"may be {lower.replace('.', ',')} or {lower.rstrip('0').rstrip('.')}"
    elif words[index].is_number or _small(lower) is not None:
        if [word.lower for word in words[last : last + 3]] == ["and", "a", "half"]:
            last += 3
            question = "is not read as a number"
        while question and last < len(words) and words[last].lower in _SCALES:
            last += 1
    if not question or _counts_something_else(text, words, index, last):
        return None
    start, end = words[index].start, words[last - 1].end
    return Quantity(index, last, start, end, None, None, f"{question}: how many were meant?")


def _value_at(words: Sequence[Word], index: int) -> _Value | None:
    """Low, high and the next word of the number that begins here."""
    lower = words[index].lower
    if words[index].is_number:
        number = _figure(lower)
        return None if number is None else _scaled(words, index + 1, number)
    if lower in VAGUE:
        return _vague(words, index)
    for half in _HALF_DOZENS:
        if tuple(word.lower for word in words[index : index + len(half)]) == half:
            return 6, 6, index + len(half)
    if lower in _SCALES:
        return _scaled(words, index, 1)
    if lower in _ARTICLES and index + 1 < len(words) and words[index + 1].lower in _SCALES:
        return _scaled(words, index + 1, 1)
    number = _small(lower)
    return None if number is None else _scaled(words, index + 1, number)


def _figure(word: str) -> int | None:
    """A number in figures, with commas between thousands or none."""
    if len(word) > 11 or not _GROUPED.fullmatch(word):
        return None
    number = int(word.replace(",", ""))
    return number if number <= LARGEST else None


def _vague(words: Sequence[Word], index: int) -> _Value:
    """A word such as "dozens"; "tens of thousands" and "several hundred" are read as a whole."""
    lower, after = words[index].lower, [word.lower for word in words[index + 1 : index + 3]]
    if lower == "tens" and after == ["of", "thousands"]:
        return 20_000, 99_999, index + 3
    if lower == "several" and after and after[0] in _SCALES:
        unit = _SCALES[after[0]]
        return 3 * unit, 99 if unit == 12 else 10 * unit - 1, index + 2
    return (*VAGUE[lower], index + 1)


def _small(word: str) -> int | None:
    """A number word up to ninety-nine."""
    tens, _, unit = word.partition("-")
    if tens in _TENS:
        return _TENS[tens] + _UNITS.get(unit, 0) if not unit or 0 < _UNITS.get(unit, 0) < 10 else None
    return _UNITS.get(word)


def _scaled(words: Sequence[Word], index: int, number: int) -> tuple[int, int, int]:
    """The number with "hundred", "thousand", "dozen" and what follows them: "two hundred and five"."""
    total = 0
    while index < len(words) and words[index].lower in _SCALES:
        number *= _SCALES[words[index].lower]
        index += 1
        step = index + (index + 1 < len(words) and words[index].lower == "and")
        rest = _small(words[step].lower) if step < len(words) else None
        if rest is None or number % 100:
            break
        total, number, index = total + number, rest, step + 1
    return (total + number, total + number, index) if total + number <= LARGEST else (LARGEST, LARGEST, index)


def _with_second(
    text: str,
    words: Sequence[Word],
    first: int,
    read: _Value,
    taken: Container[int],
) -> _Value:
    """The second number of "30-40", "30 to 40", "two or three" and "between 30 and 40"."""
    low, high, last = read
    if last >= len(words) or low is None or low != high:
        return read
    gap = text[words[last - 1].end : words[last].start].strip()
    joins = words[last].lower
    between = first > 0 and words[first - 1].lower == "between"
    step = (
        last + 1
        if joins in ("to", "or") or (between and joins == "and")
        else last
        if gap in ("-", "–", "—")
        else 0
    )
    if not step or step >= len(words) or words[step].start in taken:
        return read
    second = _value_at(words, step)
    if second is None or second[0] is None or second[0] != second[1] or second[0] <= low:
        return read
    return low, second[1], second[2]


def _qualified(
    words: Sequence[Word], index: int, low: int | None, high: int | None
) -> tuple[int, int | None, int | None]:
    """The number after "at least", "up to" and the like stands before it."""
    if index and words[index - 1].lower == "between":
        return index - 1, low, high
    for length in range(min(3, index), 0, -1):
        kind = _QUALIFIERS.get(tuple(word.lower for word in words[index - length : index]))
        if kind is not None:
            return (index - length, *_bounded(kind, low, high))
    if index and words[index - 1].lower in _ARTICLES:
        return index - 1, low, high
    return index, low, high


def _bounded(kind: int, low: int | None, high: int | None) -> tuple[int | None, int | None]:
    if kind == _AT_LEAST:
        return low, None
    if kind == _MORE:
        return (None if low is None else low + 1), None
    if kind == _AT_MOST:
        return None, high
    if kind == _FEWER:
        return None, (None if high is None else max(0, high - 1))
    return low, high


def _counts_something_else(text: str, words: Sequence[Word], first: int, last: int) -> bool:
    """A distance, an age, an hour, a calibre, a share, a year or the name of a unit ("366th")."""
    end = words[last - 1].end
    if text[end : end + 1] in ("%", "°", "-", "/") or text[max(0, words[first].start - 1)] in "$€£#":
        return True
    if last < len(words) and (words[last].lower in _NOT_PEOPLE or words[last].start == end):
        return True
    return (
        words[first].is_number
        and first > 0
        and words[first - 1].lower in ("aged", "age", "at", "no", "article")
    )
