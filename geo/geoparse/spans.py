"""Proposes stretches of text that may be place names; deciding is left to ``accept``."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from geo.gazetteer.normalise import name_key
from geo.geoparse import words
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.tokens import Token
from geo.model import Candidate

SpanKind = Literal["name", "lower_case", "extended", "unknown", "former_state"]
_MOST_WORDS = 6
_STOPS = frozenset(',;:()"!?“”«»[]…')
_HYPHENS = frozenset("-‐‑‒–—")
# Small words that may end a name: "Lachin corridor", "Hakari bridge".
_LAST_WORDS = words.NATURE_WORDS | words.GENERIC_AFTER | {"road", "bridge", "line"}
_JOINED_WORDS = words.ADMIN_WORDS | words.NATURE_WORDS


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens ``first`` up to, not including, ``last``, their name key and what the gazetteer knows of it."""

    first: int
    last: int
    key: str
    kind: SpanKind
    candidates: tuple[Candidate, ...] = ()


def find_spans(text: str, tokens: list[Token], lexicon: Lexicon) -> list[Span]:
    """Every span that could be a name, overlapping ones included, in text order."""
    found: dict[tuple[int, int], Span] = {}
    for index, token in enumerate(tokens):
        proposals = (
            _capitalised(text, tokens, index, lexicon)
            if token.is_capital
            else _lower_case(text, tokens, index, lexicon)
        )
        for span in proposals:
            found.setdefault((span.first, span.last), span)
    for span in [*_extended(text, tokens, found, lexicon), *_unknown(text, tokens, found, lexicon)]:
        found.setdefault((span.first, span.last), span)
    return [found[key] for key in sorted(found)]


def _capitalised(text: str, tokens: list[Token], first: int, lexicon: Lexicon) -> Iterator[Span]:
    """Names from the gazetteer that begin at a capital letter."""
    for last in _ends(tokens, first):
        end = tokens[last - 1]
        name = text[tokens[first].start : end.end]
        key = name_key(name)
        if len(key) < 2:
            continue
        if lexicon.is_former_state(key):
            yield Span(first, last, key, "former_state")
        elif _may_end(end, key, lexicon) and lexicon.has_name(key):
            candidates = lexicon.written(name, key)
            if candidates:
                yield Span(first, last, key, "name", candidates)


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
    # İ and similar letters change under the key, so only words that stay themselves are looked up fast.
    start = tokens[first]
    if not start.is_word or (start.text.isascii() and not lexicon.may_begin_lower_case(start.lower)):
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


def _unknown(
    text: str, tokens: list[Token], found: dict[tuple[int, int], Span], lexicon: Lexicon
) -> Iterator[Span]:
    """Capitalised runs that the context calls a place ("the village of X") although nobody lists them."""
    index = 0
    while index < len(tokens):
        last = _run_end(text, tokens, index)
        if last > index:
            key = name_key(text[tokens[index].start : tokens[last - 1].end])
            known = any(
                (first, end) in found for first in range(index, last) for end in range(first + 1, last + 1)
            )
            if len(key) >= 3 and not known and not lexicon.is_demonym(key):
                yield Span(index, last, key, "unknown")
        index = max(last, index + 1)


def _run_end(text: str, tokens: list[Token], first: int) -> int:
    """Where a run of capitalised words (joined by one space or hyphen) ends; ``first`` if none begins."""
    last = first
    while last < len(tokens) and last - first < 5:
        token = tokens[last]
        beside = last == first or (not token.breaks and text[tokens[last - 1].end : token.start] in (" ", ""))
        hyphen = (
            last > first and token.text in _HYPHENS and last + 1 < len(tokens) and tokens[last + 1].is_capital
        )
        if not (beside and (hyphen or (token.is_word and token.is_capital))):
            break
        last += 1
    return last
