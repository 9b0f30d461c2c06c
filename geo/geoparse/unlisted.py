"""Proposes names that no list has: the villages, streets and posts that reports of a war are full of."""

from collections.abc import Iterable, Mapping

from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.span import Span
from geo.geoparse.tokens import Token

_HYPHENS = frozenset("-‐‑‒–—")
# Words that have a capital only because a sentence begins with them: "Near Deir al Zwordan".
_OPENERS = (
    words.FUNCTION_WORDS | words.LOCATIVE | {"the", "a", "an", "this", "these", "his", "her", "their", "our"}
)
# Small words inside names that nobody lists: "Sidi al Barrani", "Deir ez Zor".
_PARTICLES = frozenset({"al", "el", "de", "of", "ez", "az", "ar", "as", "ad", "la", "kwa", "du", "del"})


def _countries_spoken_of(spans: Iterable[Span], tokens: list[Token], lexicon: Lexicon) -> frozenset[str]:
    """The countries that the text names by their own name, a unit of theirs or their people."""
    named = (
        c.place.admin0 for span in spans for c in span.candidates[:1] if c.place.kind in ("country", "admin1")
    )
    peoples = (lexicon.country_of_people(token.lower) for token in tokens if token.is_capital)
    return frozenset(named) | frozenset(peoples) - {""}


def unlisted_spans(
    text: str, tokens: list[Token], found: Mapping[tuple[int, int], Span], lexicon: Lexicon
) -> list[Span]:
    """Capitalised runs that nobody lists under this spelling, where the context or the sound says place."""
    countries = _countries_spoken_of(found.values(), tokens, lexicon)
    made = []
    last = 0
    for index, token in enumerate(tokens):
        if index < last or not token.is_capital or (token.starts_sentence and token.lower in _OPENERS):
            continue
        last = _run_end(text, tokens, index)
        # The last word of a long run may be a generic one, or belong to the next name.
        for end in {last, last - 1} if last - index > 2 else {last}:
            key = name_key(text[token.start : tokens[end - 1].end])
            if _joins_names(tokens, index, end, found) or (index, end) in found:
                continue
            if _may_be_place(tokens[end - 1], key, lexicon):
                made += _proposed(tokens, Span(index, end, key, "unknown"), lexicon, countries)
    return made


def _joins_names(tokens: list[Token], first: int, last: int, found: Mapping[tuple[int, int], Span]) -> bool:
    """Whether it is nothing but listed names with hyphens between them: "Armenia-Azerbaijan"."""
    parts = [index for index in range(first, last) if tokens[index].is_word]
    return len(parts) < last - first and all((part, part + 1) in found for part in parts)


def _may_be_place(last: Token, key: str, lexicon: Lexicon) -> bool:
    return len(key) >= 3 and last.is_capital and not lexicon.is_demonym(key)


def _proposed(tokens: list[Token], span: Span, lexicon: Lexicon, countries: frozenset[str]) -> list[Span]:
    """The span with the places that sound like it, or as it is where the context says place, or nothing."""
    first, last = tokens[span.first].lower, tokens[span.last - 1].lower
    # A sound alone joins too much: the text must speak of the country, and the word must not be a person's name.
    if not (words.surname_rank(last) or words.given_name_rank(first) or words.plainness(first)):
        alike = tuple(c for c in lexicon.sounding(span.key) if c.place.admin0 in countries)
        if alike:
            return [Span(span.first, span.last, span.key, "sound", alike)]
    return [span] if _has_place_context(tokens, span.first, span.last) else []


def _has_place_context(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a preposition, a generic noun or a list beside the run, or a generic noun in it, speaks of a place."""
    if any(
        t.lower in words.GENERIC_AFTER or t.lower in words.LOCAL_ENDINGS for t in tokens[first + 1 : last]
    ):
        return True
    if last < len(tokens) and tokens[last].lower in words.GENERIC_AFTER:
        return True
    if first == 0 or tokens[first].breaks:
        return False
    before, second = tokens[first - 1], tokens[first - 2] if first > 1 else None
    if (
        before.lower in words.LOCATIVE
        or before.lower in words.GENERIC_BEFORE
        or before.lower in words.DIRECTIONS
    ):
        return True
    if second is None:
        return False
    of = before.lower == "of" and (
        second.lower in words.GENERIC_BEFORE or second.lower in words.BEARINGS or second.lower in words.HEARTS
    )
    return of or (before.lower in (",", "and") and second.is_capital)


def _run_end(text: str, tokens: list[Token], first: int) -> int:
    """Where a run of capitalised words (joined by one space or hyphen) ends; ``first`` if none begins."""
    last = first
    while last < len(tokens) and last - first < 5:
        token = tokens[last]
        beside = last == first or (not token.breaks and text[tokens[last - 1].end : token.start] in (" ", ""))
        hyphen = (
            last > first
            and (token.text in _HYPHENS or token.lower in _PARTICLES)
            and last + 1 < len(tokens)
            and tokens[last + 1].is_capital
        )
        if not (beside and (hyphen or (token.is_word and token.is_capital))):
            break
        last += 1
    return last
