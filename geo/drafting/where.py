"""Which of the places of a sentence an event happened at, or why none is."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from geo.drafting.lists import word_set
from geo.drafting.sentences import Sentence, Word
from geo.model import Resolution

TOO_LARGE = frozenset({"country", "continent"})
"""Kinds of places that do not say where something happened."""
_PEOPLE_OF = word_set(
    "authorities officials forces army government armenians azerbaijanis troops parliament delegation residents "
    "ministry police time based defence defense leaders military soldiers"
)
_SPEAKERS = word_set("officials authorities government leaders diplomats ministry parliament sources")
_SPEAKING = word_set("said says announced denied claimed told stated declared called accused")
OPEN = "the place is not settled"
_JOINS = re.compile(
    r"\s*(?:,|and|, and|or|as well as|& )\s*(?:the )?(?:(?:villages?|towns?|cities|districts?) of )?\s*"
)
_LONGEST_JOIN = 40
_MOST_JOINED = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A place name in a sentence: which word it begins with, its clause, and why it is no place of an event."""

    resolution: Resolution
    word: int
    clause: int
    start: int
    end: int
    objection: str = ""

    @property
    def usable(self) -> bool:
        """Whether an event may be put there."""
        return not self.objection


@dataclass(frozen=True, slots=True)
class Chosen:
    """The places of an event; several where the sentence joins them. ``how`` explains a weaker choice."""

    spots: tuple[Named, ...]
    how: str = ""
    weight: float = 1.0
    reason: str = ""


def spots_in(sentence: Sentence, resolutions: Sequence[Resolution]) -> list[Named]:
    """The place names of a sentence in order, each with what speaks against it."""
    words = sentence.words
    starts = [word.start for word in words]
    return [_named(words, bisect_left(starts, r.mention.start), r) for r in resolutions]


def place_of(spots: Sequence[Named], start: int, clause: int, text: str) -> Chosen:
    """The place of a trigger at ``start``: the nearest after it in its clause, before it there, then elsewhere.

    An open name that stands nearer than any settled one leaves the event without a place.
    """
    candidates = [spot for spot in spots if spot.usable or spot.objection == OPEN]
    if not candidates:
        return Chosen((), reason=spots[0].objection if spots else "the sentence names no place")
    tiers = (
        ([s for s in candidates if s.start >= start and s.clause == clause], "", 1.0),
        (
            [s for s in candidates if s.start < start and s.clause == clause],
            "the place stands before the verb",
            0.9,
        ),
        (
            [s for s in candidates if s.start >= start],
            "the place stands in another part of the sentence",
            0.8,
        ),
        (candidates, "the place stands in another part of the sentence", 0.7),
    )
    tier, how, weight = next(each for each in tiers if each[0])
    nearest = min(tier, key=lambda spot: abs(spot.start - start))
    if not nearest.usable:
        return Chosen((), reason=f"“{nearest.resolution.mention.name}” is not settled")
    return Chosen(_joined(nearest, spots, text, before_verb=nearest.start < start), how, weight)


def _joined(
    nearest: Named, spots: Sequence[Named], text: str, *, before_verb: bool = False
) -> tuple[Named, ...]:
    """The place and those that follow it as "A, B and C"; before a verb those that it ends."""
    at = spots.index(nearest)
    listed = _ending_with(nearest, spots[:at], text) if before_verb else [nearest]
    for spot in spots[at + 1 :]:
        gap = text[listed[-1].end : spot.start]
        if len(gap) > _LONGEST_JOIN or not _JOINS.fullmatch(gap) or len(listed) >= _MOST_JOINED:
            break
        if spot.usable and not _holds(spot, listed[-1]):
            listed.append(spot)
        else:
            break
    unique = {spot.resolution.place.place_id: spot for spot in reversed(listed) if spot.resolution.place}
    return tuple(reversed(unique.values()))


def _ending_with(last: Named, earlier: Sequence[Named], text: str) -> list[Named]:
    """The list "A, B and C" that ends with a place; a comma alone joins nothing ("In A, B was shelled")."""
    listed = [last]
    for spot in reversed(earlier):
        gap = text[spot.end : listed[0].start]
        if len(gap) > _LONGEST_JOIN or not _JOINS.fullmatch(gap) or len(listed) >= _MOST_JOINED:
            break
        if not spot.usable or _holds(listed[0], spot) or (len(listed) == 1 and not re.search("[a-z&]", gap)):
            break
        listed.insert(0, spot)
    return listed


def _holds(whole: Named, part: Named) -> bool:
    """Whether "Shusha, Karabakh" says of the first that it lies in the second."""
    return whole.resolution.geo_precision == 3 and part.resolution.geo_precision < 3


def _named(words: Sequence[Word], index: int, resolution: Resolution) -> Named:
    mention = resolution.mention
    clause = words[index].clause if index < len(words) else -1
    objection = _objection(words, index, resolution)
    return Named(resolution, index, clause, mention.start, mention.end, objection)


def _objection(words: Sequence[Word], index: int, resolution: Resolution) -> str:
    place = resolution.place
    if place is not None and place.kind in TOO_LARGE:
        return "a country alone does not say where"
    before = [word.lower for word in words[max(0, index - 2) : index]]
    if "not" in before or before[-1:] == ["except"]:
        return "the sentence denies the place"
    after_index = next(
        (i for i in range(index, min(index + 6, len(words))) if words[i].start >= resolution.mention.end),
        len(words),
    )
    after = words[after_index].lower if after_index < len(words) else ""
    if after in _PEOPLE_OF:
        return "the name speaks of people, not of a place"
    if len(before) == 2 and before[0] in _SPEAKERS and before[1] in ("in", "from", "of"):
        return "the place is where somebody spoke"
    if after in _SPEAKING and not before[-1:]:
        return "the name stands for a government"
    return "" if place is not None else OPEN
