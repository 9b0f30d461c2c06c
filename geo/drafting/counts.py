"""Deaths and injuries that a sentence states, each as a range; numbers of two sentences are never added."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from geo.drafting.lists import PASSIVE, word_set
from geo.drafting.model import Tally
from geo.drafting.numbers import Quantity, find_quantities
from geo.drafting.people import ARTICLES, PEOPLE, Lists, Part, group_of, total_of
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
_VERBS = PASSIVE | frozenset(_PARTICIPLES)
_WORDS = frozenset(_PARTICIPLES) | frozenset(_NOUNS) | frozenset(_ACTIVE)
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
        self.lists = Lists(sentence, quantities)
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
        return nobody or (subject[-2:-1] == ["no"] and subject[-1] in PEOPLE)

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
                return self._with_next(article, step) if article else None
            if quantity.first not in self.used:
                self.used.add(quantity.first)
                if quantity.question:
                    return self._open(quantity)
                return self._with_next(
                    self._tally(quantity, self._who(quantity.last, quantity.last + 4)), step
                )
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
                    return self._whole(article, last, index)
                continue
            if quantity.first in self.used or not self._joins(last, index):
                return None
            self.used.add(quantity.first)
            if quantity.question:
                return self._open(quantity)
            return self._whole(self._tally(quantity, self._who(quantity.last, index)), quantity.first, index)
        return None

    def _whole(self, tally: Tally, first: int, index: int) -> tuple[Tally, str]:
        """Add what "17 sailors, two attackers and" puts before; "192 people, including 10 civilians" stays 192."""
        parts = self.lists.ending_at(first, self.used)
        start = parts[0].first if parts else first
        is_part = start > 0 and self.words[start - 1].lower in _WHOLE_OF
        if len(parts) > 1 and not is_part:
            return self._added(parts, index + 1)
        for last in range(start, max(0, start - 6), -1):
            earlier = self.by_last.get(last)
            if earlier is None or earlier.first in self.used:
                continue
            between = {word.lower for word in self.words[earlier.last : start]}
            if not between & PEOPLE or between & _WORDS:
                break
            whole = self._tally(earlier, self._who(earlier.last, start))
            if between & _WHOLE_OF:
                self.used.add(earlier.first)
                return whole, ""
            if first not in self.by_first:  # "three men stood by when a boy was killed"
                break
            self.used.add(earlier.first)
            words = self._quote(earlier.first, index + 1)
            both = Tally(total_of((whole.low, tally.low)), total_of((whole.high, tally.high)), "", words)
            return both, f"added: “{words}”"
        return tally, ""

    def _with_next(self, tally: Tally, first: int) -> tuple[Tally, str]:
        """Add what "two attackers and a child" puts behind "killed 17 sailors"."""
        parts = self.lists.beginning_at(first, _VERBS)
        if len(parts) < 2 or self.used & {part.first for part in parts[1:]}:
            return tally, ""
        return self._added(parts, parts[-1].last)

    def _added(self, parts: Sequence[Part], last: int) -> tuple[Tally, str]:
        """The people of a list, quoted up to a word."""
        self.used.update(part.first for part in parts)
        low, high = self.lists.counted(parts)
        words = self._quote(parts[0].first, last)
        note = "" if (low, high) == (parts[0].low, parts[0].high) else f"added: “{words}”"
        if note and low == parts[0].low:
            note = f"added, unless some are named twice: “{words}”"
        return Tally(low, high, self.lists.who(parts), words), note

    def _open(self, quantity: Quantity) -> tuple[Tally, str]:
        """A number that cannot be read: it is only noted."""
        words = self._quote(quantity.first, quantity.last + 1)
        return Tally(None, None, "", words), f"“{words}” {quantity.question}"

    def _joins(self, first: int, index: int) -> bool:
        """Whether the words between say who: adjectives, then people, then helping verbs."""
        strange, seen_people, seen_helper = 0, False, False
        for word in self.words[first:index]:
            if word.lower in PEOPLE:
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
        if index >= len(self.words) or self.words[index].lower not in ARTICLES:
            return None
        for step in range(index + 1, min(index + 4, len(self.words))):
            if self.words[step].lower in PEOPLE:
                return Tally(1, 1, group_of(self.words[step].lower), self._quote(index, step + 1))
        return None

    def _who(self, first: int, last: int) -> str:
        groups = {group_of(word.lower) for word in self.words[first:last]} - {""}
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
