"""Mentions on their way to a place: what was recognised or given, and what the text says beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.errors import InputRefused
from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.geoparse.accept import Verdict
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.resolve import Named
from geo.geoparse.surroundings import Around
from geo.model import Mention

_CONTAINER_GAP = re.compile(
    r"\s*,\s*|\s*\(\s*|,? in (?:the )?(?:\w{1,30} )?|,? (?:province|region|district|governorate|state) (?:of|in) "
)
_DISTANCE_TO = re.compile(
    r"\b\d[\d.,]*\s?(?:km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)\b[^.;\n]{0,40}$", re.IGNORECASE
)
# "Becker, Clay and Otter Tail counties": the word at the end of the list says what each of them is.
_LIST_OF_UNITS = re.compile(
    r"(?:(?:,? and |,? or |, )[A-Z][\w.'’-]{0,30}(?: [A-Z][\w.'’-]{0,30})?){1,12} "
    r"(?P<units>counties|parishes|districts|provinces|regions|governorates|oblasts)\b"
)
_ONE_OF = {"counties": "county", "parishes": "parish"}
_LONGEST_LIST = 320


@dataclass(slots=True)
class Sought:
    """A mention with the belief that it is a place (0 to 1), how it was reached and what stands beside it."""

    mention: Mention
    named: Named
    belief: float
    method: str
    is_near: bool = False


def sought_in(text: str, verdict: Verdict, around: Around) -> Sought:
    """The mention of an accepted span."""
    span = verdict.span
    start, end = around.first.start, around.last.end
    ends_in_area = not around.is_single and around.last.lower in words.AREA_WORDS
    wants_area = around.word_after() in words.AREA_WORDS or ends_in_area
    named = Named(span.key, span.candidates, wants_area=wants_area)
    as_listed_unit(text, end, named, around.lexicon)
    return Sought(
        Mention(start, end, around.name), named, verdict.strength, span.kind, _is_near(text, start, around)
    )


def sought_at(text: str, given: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[Sought]:
    """The mentions of given spans, in text order.

    Raises
    ------
    InputRefused
        A span lies outside the text.
    """
    sought = []
    for start, end in sorted(given):
        if not 0 <= start < end <= len(text):
            raise InputRefused(
                f"The toponym {start}:{end} lies outside the text of {len(text)} characters.", code="span"
            )
        candidates, how = lexicon.any_form(text[start:end])
        named = Named(name_key(text[start:end]), candidates, wants_area=how == "area")
        as_listed_unit(text, end, named, lexicon)
        sought.append(Sought(Mention(start, end, text[start:end]), named, 1.0, how))
    return sought


def as_listed_unit(text: str, end: int, named: Named, lexicon: Lexicon) -> None:
    """Read "Clay" in "Becker, Clay and Otter Tail counties" as the county where one is listed."""
    if text[end : end + 1] not in (",", " "):
        return
    match = _LIST_OF_UNITS.match(text, end, end + _LONGEST_LIST)
    if match is None:
        return
    named.wants_area = True
    one = _ONE_OF.get(match["units"])
    if one and (units := lexicon.candidates(f"{named.key} {one}")):
        named.candidates = units
        named.key = f"{named.key} {one}"


def _is_near(text: str, start: int, around: Around) -> bool:
    """After "near" or "12 km north of" the event was not in the place itself."""
    if around.word_before() in words.NEAR:
        return True
    of = around.word_before() in ("of", "from") and around.word_before(2) in words.BEARINGS
    return of or (
        around.word_before() in ("of", "from") and bool(_DISTANCE_TO.search(text, max(0, start - 80), start))
    )


def link_containers(text: str, sought: Sequence[Sought]) -> None:
    """Note for "X, Y", "X (Y)" and "X in Y" which mention is the whole of which."""
    for index, item in enumerate(sought):
        for other in range(index + 1, min(index + 3, len(sought))):
            gap = text[item.mention.end : sought[other].mention.start]
            if len(gap) > 40:
                break
            if _CONTAINER_GAP.fullmatch(gap) and "\n\n" not in gap:
                item.named.container = other
                sought[other].named.contains.append(index)
                break
