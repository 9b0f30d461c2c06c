"""Who is counted: words for people, and lists of them such as "17 sailors, two attackers and a child"."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

from geo.drafting.lists import word_set
from geo.drafting.numbers import Quantity
from geo.drafting.sentences import Sentence

CIVILIANS = word_set(
    "civilian civilians villager villagers resident residents child children woman women teacher journalist "
    "journalists inhabitants refugees schoolchildren"
)
SOLDIERS = word_set(
    "soldier soldiers serviceman servicemen troops fighter fighters militant militants officer officers peacekeeper "
    "peacekeepers personnel conscripts volunteers policeman policemen police guards gunmen rebels combatants"
)
PEOPLE = (
    CIVILIANS
    | SOLDIERS
    | word_set(
        "sailors sailor attackers attacker pilots pilot passengers passenger workers worker students student"
    )
    | word_set("people person persons others other more man men boy girl boys girls victims members lives")
)
ARTICLES = ("a", "an", "another")
_JOINTS = (",", "and", ",and")
_LONGEST = 12
"""Words of one part of a list."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a list: the words ``first`` up to, not including, ``last``, and how many people it counts."""

    first: int
    last: int
    low: int | None
    high: int | None


class Lists:
    """The lists of people of one sentence."""

    def __init__(self, sentence: Sentence, quantities: Iterable[Quantity]) -> None:
        self._text, self._words = sentence.text, sentence.words
        self._quantities = {quantity.first: quantity for quantity in quantities}
        self._inside = {i for q in self._quantities.values() for i in range(q.first + 1, q.last)}

    def ending_at(self, first: int, used: Container[int]) -> list[Part]:
        """The parts of a list whose last part begins at this word; at most that one where there is no list.

        A part whose first word is ``used`` belongs to another statement.
        """
        parts = [part] if (part := self._part(first)) else []
        while parts and (earlier := self._before(parts[0].first)) and earlier.first not in used:
            parts.insert(0, earlier)
        return parts if len(parts) < 2 or self._gap(parts, len(parts) - 1).endswith("and") else parts[-1:]

    def beginning_at(self, first: int, verbs: Container[str]) -> list[Part]:
        """The parts of a list whose first part begins at this word; at most that one where there is no list.

        What is the subject of a verb that follows is no part: "killed two men, and a boy was wounded".
        """
        parts = [part] if (part := self._part(first)) else []
        while parts and (later := self._after(parts[-1].last)):
            parts.append(later)
        end = parts[-1].last if parts else len(self._words)
        if end < len(self._words) and self._words[end].lower in verbs:
            commas = [at for at in range(1, len(parts)) if "," in self._gap(parts, at)]
            parts = parts[: commas[-1] if commas else 1]
        return parts if len(parts) < 2 or self._gap(parts, len(parts) - 1).endswith("and") else parts[:1]

    def counted(self, parts: Sequence[Part]) -> tuple[int | None, int | None]:
        """How many people a list names, from the fewest to the most.

        "Two civilians, a man and a woman, were killed" names two; without the last comma they may be two or four.
        """
        low, high = total_of(part.low for part in parts), total_of(part.high for part in parts)
        named_again = total_of(part.low for part in parts[1:]) == parts[0].low
        closed = self._text[self._words[parts[-1].last - 1].end :].lstrip().startswith(",")
        # A list that goes on with "and" names others; one that goes on with a comma may explain what it counted.
        if self._gap(parts, 1) != "," or not (named_again or closed):
            return low, high
        return parts[0].low, parts[0].high if named_again and closed else high

    def who(self, parts: Sequence[Part]) -> str:
        """The group that all parts belong to; empty where they differ or one does not say."""
        groups = {group_of(self._words[part.last - 1].lower) for part in parts}
        return groups.pop() if len(groups) == 1 else ""

    def _before(self, first: int) -> Part | None:
        end = first - (first > 0 and self._words[first - 1].lower == "and")
        for start in range(end - 1, max(-1, end - _LONGEST), -1):
            part = self._part(start)
            if part and part.last == end and self._between(end, first) in _JOINTS:
                return part
        return None

    def _after(self, last: int) -> Part | None:
        start = last + (last < len(self._words) and self._words[last].lower == "and")
        part = self._part(start)
        return part if part and self._between(last, start) in _JOINTS else None

    def _gap(self, parts: Sequence[Part], at: int) -> str:
        return self._between(parts[at - 1].last, parts[at].first)

    def _between(self, last: int, first: int) -> str:
        """What joins two parts, without spaces."""
        gap = self._text[self._words[last - 1].end : self._words[first].start]
        return "".join(gap.lower().split())

    def _part(self, first: int) -> Part | None:
        """A number and the people that it counts: "two armed young men", "a boy"."""
        quantity = self._quantities.get(first)
        if quantity is not None:
            if quantity.question:
                return None
            last, low, high, adjectives = quantity.last, quantity.low, quantity.high, 2
        elif first < len(self._words) and self._words[first].lower in ARTICLES and first not in self._inside:
            last, low, high, adjectives = first + 1, 1, 1, 1
        else:
            return None
        people = [word.lower in PEOPLE for word in self._words[last : last + _LONGEST]]
        if True not in people[: adjectives + 1]:
            return None
        begun = people.index(True)
        ended = people.index(False, begun) if False in people[begun:] else len(people)
        return Part(first, last + ended, low, high)


def group_of(word: str) -> str:
    """``civilians``, ``soldiers``, or nothing that is said."""
    return "civilians" if word in CIVILIANS else "soldiers" if word in SOLDIERS else ""


def total_of(numbers: Iterable[int | None]) -> int | None:
    """The sum of numbers; None where one is open."""
    total = 0
    for number in numbers:
        if number is None:
            return None
        total += number
    return total
