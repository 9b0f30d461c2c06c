"""Words for an event that only refer to one: an anniversary, a drill, a rumour, a name of the past."""

from collections.abc import Sequence
from itertools import pairwise

from geo.drafting.days import MONTHS, TimeMention
from geo.drafting.lists import PASSIVE, word_set
from geo.drafting.sentences import Word

_REACH = 8
_REMEMBRANCE = word_set("anniversary anniversaries commemoration commemorations")
"""Only of these followed by "of" is what comes next remembered: "shelled at the commemoration" is news."""
_REMEMBERING = word_set("commemorate commemorates commemorating commemorated")
_REMEMBERED = word_set("commemorated marked remembered")
_DRILLS = word_set("drill drills exercise exercises simulation simulations simulated rehearsal mock")
_NO_DRILL = word_set("control restraint power powers caution their its his her")
_UNTRUE = word_set("rumour rumours rumor rumors rumoured rumored false fake hoax untrue unfounded")
_DISCUSSED = word_set("discussed discussing discuss debated")
_PASSIVE = PASSIVE | {"be"}
_OPENS = word_set("during in at as")
_HAPPENED = word_set("took began broke started ended raged lasted erupted fought happened occurred resumed")
_NAMED = word_set("battle battles offensive massacre massacres siege pogrom pogroms invasion blockade assault counteroffensive "
                  "counter-offensive fall liberation")  # fmt: skip
_BEFORE_YEAR = frozenset(MONTHS) | word_set("early mid late spring summer autumn winter")
_AFTER_NAME = word_set("on in during from between of")
PAST = "a mention of a past event, not a report of it"


def refers(
    words: Sequence[Word], first: int, last: int, event_type: str | None, times: Sequence[TimeMention]
) -> str:
    """Why the trigger at ``first`` up to ``last`` only refers to an event; empty if it tells of one."""
    clause = words[first].clause
    begin = next(
        (at + 1 for at in range(first - 1, max(-1, first - 60), -1) if words[at].clause != clause),
        max(0, first - 59),
    )
    stop = next(
        (at for at in range(last, min(len(words), last + 60)) if words[at].clause != clause),
        min(len(words), last + 60),
    )
    before = [word.lower for word in words[begin:first]]
    after = [word.lower for word in words[last:stop]]
    return (
        _remembered(before, after, event_type)
        or _practised(words, begin, before, after)
        or _untrue(words, stop, before, after)
        or _discussed(before, after)
        or _past(words, first, last, after, times)
    )


def _remembered(before: list[str], after: list[str], event_type: str | None) -> str:
    if event_type in ("protest", "riot"):
        return ""
    near = before[-_REACH:]
    at = max(
        (
            at
            for at, (one, two) in enumerate(pairwise([*near, ""]))
            if one in _REMEMBERING
            or (one in _REMEMBRANCE and two == "of")
            or (one in ("marked", "marks", "marking", "mark") and two == "the")
        ),
        default=-1,
    )
    # "On the anniversary of the massacre Shusha was shelled": what comes after the first is news.
    marked = at >= 0 and not (_PASSIVE | _NAMED) & {*near[at + 1 :]}
    passive = any(two in _REMEMBERED and one in _PASSIVE for one, two in pairwise(after[: _REACH + 1]))
    return "an event that is remembered, not reported" if marked or passive else ""


def _practised(words: Sequence[Word], begin: int, before: list[str], after: list[str]) -> str:
    opening = [word.lower for word in words[:begin]] if 0 < begin <= 12 and words[0].lower in _OPENS else []
    said = [*opening, *before, "", *after]
    drill = any(
        one in _DRILLS and not (one == "exercise" and two in _NO_DRILL)
        for one, two in zip(said, [*said[1:], ""], strict=True)
    )
    return "a drill, not an event" if drill else ""


def _untrue(words: Sequence[Word], stop: int, before: list[str], after: list[str]) -> str:
    following = words[stop : stop + _REACH]
    follows = [word.lower for word in following if word.clause == following[0].clause]
    said = [*before, "", *after, "", *follows]
    pairs = list(zip(said, [*said[1:], ""], strict=True))
    if any(one in _UNTRUE and two != "flag" for one, two in pairs):
        return "a rumour or a false report"
    unbelieved = any(
        one in ("nobody", "one", "few", "none") and two in ("believes", "believe", "believed")
        for one, two in pairwise(before)
    )
    return "the sentence says that it is not believed" if unbelieved else ""


def _discussed(before: list[str], after: list[str]) -> str:
    passive = any(one in _PASSIVE and two in _DISCUSSED for one, two in pairwise(after[: _REACH + 1]))
    return "a subject of discussion, not an event" if passive or _DISCUSSED & {*before[-5:]} else ""


def _past(
    words: Sequence[Word], first: int, last: int, after: list[str], times: Sequence[TimeMention]
) -> str:
    """Why "the offensive of 1992" and "the Battle of Shusha" name an event of the past."""
    if words[last - 1].lower not in _NAMED or after[:1] != ["of"]:
        return ""
    year = any(
        len(word) == 4 and word.isdigit() and set(after[1 : at + 1]) <= _BEFORE_YEAR
        for at, word in enumerate(after[1:3])
    )
    if year:
        return PAST
    is_name = words[first].is_capital and first > 0 and words[first - 1].lower == "the"
    if not (is_name and times) or _HAPPENED & {*after}:
        return ""
    end = last + 1
    while end < len(words) and (words[end].lower == "the" or words[end].is_capital):
        end += 1
    if end < len(words) and words[end].lower in _AFTER_NAME:
        end += 1
    beside = end < len(words) and any(time.start <= words[end].start < time.end for time in times)
    return "" if beside else PAST
