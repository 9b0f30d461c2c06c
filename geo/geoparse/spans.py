"""Proposes stretches of text that may be place names; deciding is left to ``accept``."""

from collections.abc import Iterator

from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.geoparse.lexicon import Lexicon, is_press_abbreviation
from geo.geoparse.span import Span
from geo.geoparse.tokens import POSSESSIVE, Token
from geo.geoparse.unlisted import unlisted_spans

_MOST_WORDS = 6
MOST_SPANS, MOST_CAPITALS = 9_000, 40_000
"""What a report of 450,000 letters has, twice over for capitals; a text that goes on is not read to its end."""
_STOPS = frozenset(',;:()"!?“”«»[]…')
# Small words that may end a name: "Lachin corridor", "Hakari bridge".
_LAST_WORDS = words.NATURE_WORDS | words.GENERIC_AFTER | {"road", "bridge", "line"}
_JOINED_WORDS = words.ADMIN_WORDS | words.NATURE_WORDS


def find_spans(text: str, tokens: list[Token], lexicon: Lexicon) -> tuple[list[Span], int]:
    """Every span that could be a name, overlapping ones included, in text order; and how many tokens were read.

    That is all of them but where a text has more names or capitals than any report (:data:`MOST_SPANS`).
    """
    found: dict[tuple[int, int], Span] = {}
    small = lexicon.lower_case_beginnings
    capitals = 0
    for index, token in enumerate(tokens):
        if token.is_capital:
            capitals += 1
            proposals = _capitalised(text, tokens, index, lexicon)
        elif token.lower in small or not token.text.isascii():
            proposals = _lower_case(text, tokens, index, lexicon)
        else:
            continue
        for span in proposals:
            found.setdefault((span.first, span.last), span)
        if len(found) >= MOST_SPANS or capitals >= MOST_CAPITALS:
            tokens = tokens[: index + 1]
            break
    extended = _extended(text, tokens, found, lexicon)
    for span in [*extended, *unlisted_spans(text, tokens, found, lexicon)]:
        found.setdefault((span.first, span.last), span)
    return [found[key] for key in sorted(found)], len(tokens)


def _capitalised(text: str, tokens: list[Token], first: int, lexicon: Lexicon) -> Iterator[Span]:
    """Names from the gazetteer that begin at a capital letter."""
    for last in _ends(tokens, first):
        end = tokens[last - 1]
        name = text[tokens[first].start : end.end]
        key = name_key(name)
        if key and not (lexicon.may_begin(key) or _is_possessed(tokens, last)):
            return
        if len(key) < 2:
            continue
        if lexicon.is_former_state(key):
            yield Span(first, last, key, "former_state")
        elif _may_end(end, key, lexicon) and lexicon.has_name(key):
            stop = _touching_stop(tokens, last)
            candidates = lexicon.written(name, key, has_stop=stop)
            if candidates:
                owned = stop and any(is_press_abbreviation(name, c) for c in candidates)
                yield Span(first, last + owned, key, "name", candidates)


def _is_possessed(tokens: list[Token], last: int) -> bool:
    """Whether 's follows, which the key joins to the word: "Estey's Bridge" begins with "esteys"."""
    return last < len(tokens) and tokens[last].text in POSSESSIVE


def _touching_stop(tokens: list[Token], last: int) -> bool:
    return last < len(tokens) and tokens[last].text == "." and tokens[last].start == tokens[last - 1].end


def _may_end(token: Token, key: str, lexicon: Lexicon) -> bool:
    return token.is_capital or token.lower in _LAST_WORDS or key in lexicon.lower_case_names


def _ends(tokens: list[Token], first: int) -> Iterator[int]:
    """Where a name that begins at ``first`` may end: up to six words, joined as names are."""
    count = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        if index > first and (
            token.breaks
            or token.text in _STOPS
            or (token.text == "." and not _abbreviates(tokens[index - 1]))
        ):
            return
        if token.is_word:
            count += 1
            if count > _MOST_WORDS or len(token.text) > 60:
                return
            yield index + 1
            if index > first and not (token.is_capital or token.lower in words.CONNECTORS):
                return


def _abbreviates(token: Token) -> bool:
    return token.lower in ("st", "ft", "mt", "ste") or token.text.endswith(".")


def _lower_case(text: str, tokens: list[Token], first: int, lexicon: Lexicon) -> Iterator[Span]:
    """Countries and lines in small letters, as hurried reports write them."""
    # İ and similar letters change under the key, so a word that is not ASCII may begin a name all the same.
    start = tokens[first]
    if not start.is_word:
        return
    for last in range(first + 1, min(first + 4, len(tokens) + 1)):
        end = tokens[last - 1]
        if not end.is_word or (last > first + 1 and end.breaks):
            return
        if last == first + 1 and last < len(tokens) and tokens[last].is_capital:
            former = name_key(text[start.start : tokens[last].end])
            if lexicon.is_former_state(former):
                yield Span(first, last + 1, former, "former_state")
        key = name_key(text[tokens[first].start : end.end])
        if key in lexicon.lower_case_names:
            candidates = tuple(
                c for c in lexicon.candidates(key) if c.place.kind in ("country", "line", "corridor")
            )
            yield Span(first, last, key, "lower_case", candidates)


def _extended(
    text: str, tokens: list[Token], found: dict[tuple[int, int], Span], lexicon: Lexicon
) -> list[Span]:
    """A capitalised generic word joins the name before it: "X County", "X River"."""
    spans = []
    for span in found.values():
        if span.kind == "name" and span.last < len(tokens):
            after = tokens[span.last]
            beside = text[tokens[span.last - 1].end : after.start] == " "
            if beside and after.is_capital and after.lower in _JOINED_WORDS:
                spans.append(_extension(text, tokens, span, lexicon))
    return spans


def _extension(text: str, tokens: list[Token], span: Span, lexicon: Lexicon) -> Span:
    name = text[tokens[span.first].start : tokens[span.last].end]
    admin = tokens[span.last].lower in words.ADMIN_WORDS
    # A county or river is not the town it is named after; the unit of that name is.
    areas = tuple(c for c in span.candidates if c.place.kind in ("admin1", "region", "country", "river"))
    candidates = areas if admin else ()
    return Span(
        span.first,
        span.last + 1,
        name_key(name),
        "extended",
        candidates or lexicon.candidates(name_key(name)),
    )
