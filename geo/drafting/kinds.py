"""Which words of a sentence tell of an event, of which type, and whether the sentence affirms it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from geo.drafting.days import TimeMention
from geo.drafting.lists import found_along, word_set
from geo.drafting.references import refers
from geo.drafting.sentences import Sentence, Word
from geo.drafting.triggers import NEVER_BEFORE, TRIGGERS, Trigger

_NEGATIONS = word_set(
    "no not never without neither nor denied denies deny denying refuted cannot nothing none"
)
_MAYBE = word_set(
    "could would might should may will shall if unless whether threatened threatens threatening threat threats plan "
    "plans planned planning expected expects warned warns warning fear fears feared possible potential potentially "
    "called calls calling urged urges demanded demands prevent prevented preventing prepare prepares preparing "
    "prepared offered offers offering invited intends vowed pledged hopes hoped wants seeks proposed ready about avoid halt"
)
_REACH = 6
"""Words before a trigger in which a denial or condition governs it."""
_BEFORE_TOWN = word_set("the town city village villages towns heights district of back over strategic")
_ARTICLES = frozenset({"the", "a", "an"})
_MODALS = word_set("could would might should will shall")
_TALKED_OF = frozenset({"ceasefire", "diplomatic", "handover", "political", "peacekeeping", "humanitarian"})
"""Types whose words are nouns that speak of what is to come as often as of what was."""
_BASE_FORMS = word_set(
    "bombard capture seize evacuate flee expel deport arrest detain attack strike hand deploy"
)
_AFTERMATH = word_set("ended stopped ceased halted subsided")


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger in a sentence: the words ``first`` up to, not including, ``last``, and what lowers it."""

    trigger: Trigger
    first: int
    last: int
    start: int
    end: int
    clause: int
    doubt: str = ""
    note: str = ""

    @property
    def event_type(self) -> str | None:
        """The proposed type; None where the words do not tell."""
        return self.trigger.event_type


def find_triggers(
    sentence: Sentence,
    capital_places: frozenset[int] = frozenset(),
    times: Sequence[TimeMention] = (),
) -> list[Found]:
    """The triggers of a sentence, the longest at each word; ``capital_places`` are starts of place names."""
    words = sentence.words
    found: list[Found] = []
    for first, trigger, last in found_along(len(words), lambda index: _longest(words, index, capital_places)):
        judged = _judged(sentence.text, words, trigger, first, last)
        reason = "" if judged.doubt else refers(words, first, last, trigger.event_type, times)
        found.append(replace(judged, doubt=reason) if reason else judged)
    return found


def _longest(words: Sequence[Word], index: int, places: frozenset[int]) -> tuple[Trigger, int] | None:
    word = words[index]
    # A name in the text is no verb: "Battle" opens a sentence, "Mine" may be a place.
    if word.start in places:
        return None
    for trigger in TRIGGERS.get(word.lower, ()):
        last = index + len(trigger.words)
        if last > len(words) or any(
            words[index + step].lower != wanted for step, wanted in enumerate(trigger.words)
        ):
            continue
        if _fits(trigger, words, index, last, places):
            return trigger, last
    return None


def _fits(trigger: Trigger, words: Sequence[Word], first: int, last: int, places: frozenset[int]) -> bool:
    following = words[last].lower if last < len(words) else ""
    if following in trigger.not_before or following in NEVER_BEFORE:
        return False
    if trigger.before_place:
        while last < len(words) and words[last].lower in _BEFORE_TOWN:
            last += 1
        return last < len(words) and words[last].start in places
    if trigger.beside:
        if first and words[first - 1].lower in _ARTICLES:  # "the closed stretch" is no news
            return False
        window = words[max(0, first - 10) : min(len(words), last + 8)]
        return any(word.lower in trigger.beside for word in window)
    return True


def _judged(text: str, words: Sequence[Word], trigger: Trigger, first: int, last: int) -> Found:
    clause = words[first].clause
    before = [word for word in words[max(0, first - _REACH) : first] if word.clause == clause]
    after = [word for word in words[last : last + _REACH] if word.clause == clause]
    doubt = (
        _doubt(text, before)
        or _aim(trigger, before)
        or _modal(text, after if trigger.event_type in _TALKED_OF else after[:1])
    )
    ended = any(word.lower in _AFTERMATH for word in after)
    note = "the sentence says that it ended" if ended else trigger.note
    return Found(trigger, first, last, words[first].start, words[last - 1].end, clause, doubt, note)


def _aim(trigger: Trigger, before: Sequence[Word]) -> str:
    """Why "moved to capture the town" does not say that it was captured."""
    aims = bool(before) and before[-1].lower == "to" and trigger.words[0] in _BASE_FORMS
    return f"an aim, not said to have happened: “to {trigger.words[0]}”" if aims else ""


def _modal(text: str, after: Sequence[Word]) -> str:
    """As in "The truce could collapse", "talks with them would open"."""
    for word in after:
        if word.lower in _MODALS:
            return f"not said to have happened: “{text[word.start : word.end]}”"
    return ""


def _doubt(text: str, before: Sequence[Word]) -> str:
    """Why the sentence does not say that it happened; empty if nothing speaks against it."""
    for word in reversed(before):
        lower = word.lower
        if lower in _NEGATIONS or lower.endswith(("n't", "n’t")):
            return f"denied: “{text[word.start : word.end]}”"
        if lower in _MAYBE and not (lower == "may" and word.is_capital):
            return f"not said to have happened: “{text[word.start : word.end]}”"
    return ""
