"""Deaths and injuries that a sentence states, each as a range; numbers of two sentences are never added."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from geo.drafting.lists import PASSIVE, word_set
from geo.drafting.model import Tally
from geo.drafting.numbers import Quantity, find_quantities
from geo.drafting.sentences import Sentence, Word

DEATHS, INJURIES, BOTH = "deaths", "injuries", "both"
_PARTICIPLES = {
    "killed": DEATHS, "dead": DEATHS, "died": DEATHS, "slain": DEATHS, "perished": DEATHS, "executed": DEATHS,
    "wounded": INJURIES, "injured": INJURIES, "hurt": INJURIES,
}  # fmt: skip
_ACTIVE = {
    "killed": DEATHS, "killing": DEATHS, "kills": DEATHS, "kill": DEATHS,
    "wounded": INJURIES, "wounding": INJURIES, "injured": INJURIES, "injuring": INJURIES,
}  # fmt: skip
_NOUNS = {
    "deaths": DEATHS, "death": DEATHS, "fatalities": DEATHS, "bodies": DEATHS, "lives": DEATHS, "toll": DEATHS,
    "injuries": INJURIES, "wounds": INJURIES, "casualties": BOTH, "losses": BOTH,
}  # fmt: skip
_WORDS = frozenset(_PARTICIPLES) | frozenset(_NOUNS) | frozenset(_ACTIVE)
_CIVILIANS = word_set(
    "civilian civilians villager villagers resident residents child children woman women teacher journalist "
    "journalists inhabitants refugees schoolchildren"
)
_SOLDIERS = word_set(
    "soldier soldiers serviceman servicemen troops fighter fighters militant militants officer officers peacekeeper "
    "peacekeepers personnel conscripts volunteers policeman policemen police guards gunmen rebels combatants"
)
_PEOPLE = (
    _CIVILIANS
    | _SOLDIERS
    | word_set(
        "sailors sailor attackers attacker pilots pilot passengers passenger workers worker students student"
    )
    | word_set("people person persons others other more man men boy girl boys girls victims members lives")
)
_HELPERS = word_set(
    "were was are is been be have has had being reportedly also and as shot later then confirmed reported found "
    "least at lost their seriously lightly badly being left went people"
)
_WHOLE_OF = word_set("including among")
_NOBODY = word_set("nobody none")
_AFTER_GAPS = frozenset(
    {"", "of", "to", ":", "rose to", "reached", "at", "the", "stood at", "climbed to", "rises to"}
)
_REACH = 8
"""Words between a number and the casualty word it counts."""


@dataclass(frozen=True, slots=True)
class Casualties:
    """What a sentence says of the dead or the injured at ``start``; ``kind`` is one of the three above."""

    kind: str
    tally: Tally
    start: int
    note: str = ""


def find_casualties(sentence: Sentence, *, taken: Container[int] = ()) -> list[Casualties]:
    """Every statement of a number, in text order; starts of words in ``taken`` belong to dates."""
    words = sentence.words
    marks = [index for index, word in enumerate(words) if word.lower in _WORDS]
    if not marks:
        return []
    reader = _Reader(sentence, find_quantities(sentence, taken=taken), frozenset(marks))
    return [stated for index in marks for stated in reader.at(index)]


class _Reader:
    """Joins the casualty words of one sentence with its numbers; no number is used twice."""

    def __init__(self, sentence: Sentence, quantities: Sequence[Quantity], marks: frozenset[int]) -> None:
        self.text, self.words = sentence.text, sentence.words
        self.by_first = {quantity.first: quantity for quantity in quantities}
        self.by_last = {quantity.last: quantity for quantity in quantities}
        self.marks = marks
        self.used: set[int] = set()

    def at(self, index: int) -> list[Casualties]:
        """What is stated by the casualty word at ``index``."""
        word = self.words[index].lower
        kind = _PARTICIPLES.get(word) or _NOUNS.get(word) or _ACTIVE[word]
        if self._is_none(index):
            kinds = (DEATHS, INJURIES) if kind == BOTH else (kind,)
            words = self._quote(max(0, index - 3), index + 1)
            return [Casualties(each, Tally(0, 0, "", words), self.words[index].start) for each in kinds]
        passive = index > 0 and self.words[index - 1].lower in PASSIVE
        counted = None
        if not passive and (word in _ACTIVE or word in _NOUNS):
            counted = self._after(index)
        if counted is None and word not in ("death", "toll"):
            counted = self._before(index)
        if counted is None:
            return []
        tally, note = counted
        if note.endswith("?"):
            return [Casualties(BOTH, tally, self.words[index].start, note)]
        if kind == BOTH:
            note = f"“{self._quote(index - 3, index + 1)}”: dead and wounded are counted together"
            return [Casualties(BOTH, tally, self.words[index].start, note)]
        return [Casualties(kind, tally, self.words[index].start, note)]

    def _is_none(self, index: int) -> bool:
        """As in "No casualties", "without injuries", "nobody was hurt", "no one was killed"."""
        before = [word.lower for word in self.words[max(0, index - 4) : index]]
        if before[-1:] in (["no"], ["without"], ["zero"]):
            return True
        subject = list(before)
        while subject and subject[-1] in _HELPERS:
            subject.pop()
        if len(subject) == len(before) or not subject:
            return False
        nobody = subject[-1] in _NOBODY or subject[-2:] == ["no", "one"]
        return nobody or (subject[-2:-1] == ["no"] and subject[-1] in _PEOPLE)

    def _after(self, index: int) -> tuple[Tally, str] | None:
        """The number right after: "killing 5", "the death toll rose to 192"."""
        for step in range(index + 1, min(index + 4, len(self.words))):
            if step in self.marks:
                return None
            quantity = self.by_first.get(step)
            article = self._article(step) if quantity is None else None
            if quantity is None and article is None:
                continue
            gap = self.text[self.words[index].end : self.words[step].start].strip().lower()
            if gap not in _AFTER_GAPS:
                return None
            if quantity is None:
                return (article, "") if article else None
            if quantity.first not in self.used:
                self.used.add(quantity.first)
                if quantity.question:
                    return self._open(quantity)
                return self._with_next(quantity)
        return None

    def _before(self, index: int) -> tuple[Tally, str] | None:
        """The number before: "192 people were killed", "3 soldiers and 2 civilians died", "5 dead"."""
        for last in range(index, max(0, index - _REACH) - 1, -1):
            if last < index and last in self.marks and last != index:
                return None
            quantity = self.by_last.get(last)
            if quantity is None:
                article = self._article(last)
                if article is not None and self._joins(last + 1, index):
                    return article, ""
                continue
            if quantity.first in self.used or not self._joins(last, index):
                return None
            self.used.add(quantity.first)
            if quantity.question:
                return self._open(quantity)
            return self._with_first(quantity, index)
        return None

    def _with_first(self, quantity: Quantity, index: int) -> tuple[Tally, str]:
        """Add what "3 soldiers and" puts before; "192 people, including 10 civilians" stays 192."""
        tally = self._tally(quantity, self._who(quantity.last, index))
        for first in range(quantity.first, max(0, quantity.first - 6), -1):
            earlier = self.by_last.get(first)
            if earlier is None or earlier.first in self.used:
                continue
            between = [word.lower for word in self.words[earlier.last : quantity.first]]
            if not set(between) & _PEOPLE or set(between) & set(_WORDS):
                break
            whole = self._tally(earlier, self._who(earlier.last, quantity.first))
            self.used.add(earlier.first)
            if set(between) & _WHOLE_OF:
                return whole, ""
            words = self._quote(earlier.first, index + 1)
            return Tally(
                _sum(whole.low, tally.low), _sum(whole.high, tally.high), "", words
            ), f"added: “{words}”"
        return tally, ""

    def _with_next(self, quantity: Quantity) -> tuple[Tally, str]:
        """Add what "and two attackers" puts behind "killed 17 sailors"."""
        tally = self._tally(quantity, self._who(quantity.last, quantity.last + 4))
        for step in range(quantity.last + 1, min(quantity.last + 4, len(self.words) - 1)):
            if self.words[step].lower != "and":
                continue
            second = self.by_first.get(step + 1)
            people = [word.lower for word in self.words[quantity.last : step]]
            if second is None or second.question or second.first in self.used or not set(people) & _PEOPLE:
                break
            after = self.words[second.last : second.last + 2]
            if not after or after[0].lower not in _PEOPLE or (after[1:] and self._goes_on(second.last + 1)):
                break
            self.used.add(second.first)
            words = self._quote(quantity.first, second.last + 1)
            who = self._who(quantity.last, second.last + 1)
            both = Tally(_sum(tally.low, second.low), _sum(tally.high, second.high), who, words)
            return both, f"added: “{words}”"
        return tally, ""

    def _goes_on(self, index: int) -> bool:
        """Whether a new statement follows its people: "two attackers were wounded"."""
        word = self.words[index].lower
        return word in PASSIVE or word in _PARTICIPLES

    def _open(self, quantity: Quantity) -> tuple[Tally, str]:
        """A number that cannot be read: it is only noted."""
        words = self._quote(quantity.first, quantity.last + 1)
        return Tally(None, None, "", words), f"“{words}” {quantity.question}"

    def _joins(self, first: int, index: int) -> bool:
        """Whether the words between say who: adjectives, then people, then helping verbs."""
        strange, seen_people, seen_helper = 0, False, False
        for word in self.words[first:index]:
            if word.lower in _PEOPLE:
                if seen_helper:
                    return False
                seen_people = True
            elif word.lower in _HELPERS:
                seen_helper = True
            elif seen_helper or seen_people:
                return False
            else:
                strange += 1
        return strange == 0 or (seen_people and strange <= 3)

    def _article(self, index: int) -> Tally | None:
        """As in "A soldier" is one; a number stands for itself."""
        if index >= len(self.words) or self.words[index].lower not in ("a", "an", "another"):
            return None
        for step in range(index + 1, min(index + 4, len(self.words))):
            if self.words[step].lower in _PEOPLE:
                return Tally(1, 1, _group(self.words[step].lower), self._quote(index, step + 1))
        return None

    def _who(self, first: int, last: int) -> str:
        groups = {_group(word.lower) for word in self.words[first:last]} - {""}
        return groups.pop() if len(groups) == 1 else ""

    def _tally(self, quantity: Quantity, who: str) -> Tally:
        return Tally(quantity.low, quantity.high, who, self._quote(quantity.first, quantity.last))

    def _quote(self, first: int, last: int) -> str:
        words: Sequence[Word] = self.words[max(0, first) : last]
        return " ".join(self.text[words[0].start : words[-1].end].split()) if words else ""


def joined(found: Sequence[Casualties], kind: str) -> tuple[Tally | None, tuple[str, ...]]:
    """One range for the dead or injured of several statements, and what to say of it; nothing is added up."""
    tallies = list(dict.fromkeys(stated.tally for stated in found if stated.kind == kind))
    notes = tuple(stated.note for stated in found if stated.kind in (kind, BOTH) and stated.note)
    if not tallies:
        return None, notes
    if len({(tally.low, tally.high) for tally in tallies}) == 1:
        return tallies[0], notes
    words = "; ".join(tally.words for tally in tallies[:5])
    lows, highs = [tally.low for tally in tallies], [tally.high for tally in tallies]
    wide = Tally(
        None if None in lows else min(low for low in lows if low is not None),
        None if None in highs else max(high for high in highs if high is not None),
        tallies[0].who if len({tally.who for tally in tallies}) == 1 else "",
        words,
    )
    return wide, (*notes, f"several numbers of {kind}, not added: {words}")


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def _group(word: str) -> str:
    return "civilians" if word in _CIVILIANS else "soldiers" if word in _SOLDIERS else ""
