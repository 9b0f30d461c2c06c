"""What stands around a span, in words that the rules use."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from geo.geoparse import words
from geo.geoparse.lexicon import BIG_KINDS, Lexicon, largest_population
from geo.geoparse.span import Span
from geo.geoparse.tokens import Token

# GeoNames' figures for our own places are often those of a year of war.
OWN_POPULATION = {"city": 100_000, "town": 60_000, "village": 12_000, "site": 60_000}
_HYPHENS = frozenset("-‐‑‒–—")


@dataclass(frozen=True, slots=True)
class Habits:
    """How the text uses its words: in small letters; how often with a capital, as surnames, after a preposition."""

    lower_case: frozenset[str] = frozenset()
    capitals: Counter[str] = field(default_factory=Counter)
    surnames: Counter[str] = field(default_factory=Counter)
    located: Counter[str] = field(default_factory=Counter)
    after_capital: Counter[str] = field(default_factory=Counter)
    before_capital: Counter[str] = field(default_factory=Counter)


def read_habits(tokens: list[Token]) -> Habits:
    """One pass over the tokens."""
    lower_case = {token.lower for token in tokens if token.is_word and not token.is_capital}
    capitals = Counter(token.lower for token in tokens if token.is_capital)
    surnames: Counter[str] = Counter()
    located: Counter[str] = Counter()
    after_capital: Counter[str] = Counter()
    before_capital: Counter[str] = Counter()
    for before, token in pairwise(tokens):
        if token.is_capital and not token.breaks:
            if before.is_capital:
                after_capital[token.lower] += 1
                before_capital[before.lower] += 1
            if before.lower in words.LOCATIVE:
                located[token.lower] += 1
            if _introduces_surname(before):
                surnames[token.lower] += 1
    return Habits(frozenset(lower_case), capitals, surnames, located, after_capital, before_capital)


def _introduces_surname(before: Token) -> bool:
    if before.lower in words.TITLES:
        return True
    is_name = before.lower in words.given_names() or (len(before.text) <= 2 and before.text.endswith("."))
    return before.is_capital and is_name


class Around:
    """A span in its text, with the two tokens on either side within its paragraph."""

    def __init__(
        self,
        text: str,
        tokens: list[Token],
        span: Span,
        habits: Habits,
        lexicon: Lexicon,
        spans_at: Mapping[int, list[Span]],
    ) -> None:
        self.text, self.tokens, self.span = text, tokens, span
        self.habits, self.lexicon, self.spans_at = habits, lexicon, spans_at
        self.first, self.last = tokens[span.first], tokens[span.last - 1]
        self.name = text[self.first.start : self.last.end]
        """The span as written."""
        self.is_single = span.last - span.first == 1
        self._before = _tokens_before(tokens, span.first)
        self._after = _tokens_after(tokens, span.last)
        kinds = {c.place.kind for c in span.candidates}
        self.is_big = not kinds.isdisjoint(BIG_KINDS)
        """Whether a country, first-level unit, region, sea, ... bears the name."""
        self.is_country = "country" in kinds
        self.is_main_name = any("main_name" in c.terms for c in span.candidates)
        self.population = largest_population(span.candidates, OWN_POPULATION)
        """Inhabitants of the largest settlement of the name."""

    def before(self, steps: int = 1) -> Token | None:
        """The token one or two steps before the span; None across the beginning of a paragraph."""
        return self._before[steps - 1]

    def after(self, steps: int = 1) -> Token | None:
        """The token one or two steps after the span; None across the end of a paragraph."""
        return self._after[steps - 1]

    def word_before(self, steps: int = 1) -> str:
        """The lower-case word before; empty if there is none."""
        token = self._before[steps - 1]
        return token.lower.rstrip(".") if token else ""

    def word_after(self, steps: int = 1) -> str:
        """The lower-case word after; empty if there is none."""
        token = self._after[steps - 1]
        return token.lower if token else ""

    @property
    def is_located(self) -> bool:
        """Whether a locative preposition stands before it, or before its article or compass word."""
        if self.word_before() in words.LOCATIVE:
            return True
        qualifier = self.word_before() in words.DIRECTIONS or self.word_before() in ("the", "of", "a")
        return qualifier and self.word_before(2) in words.LOCATIVE

    @property
    def has_container(self) -> bool:
        """Whether ", Country" or ", Province" follows."""
        return self.word_after() in (",", "(") and any(
            c.place.kind in ("country", "admin1")
            for span in self.spans_at.get(self.span.last + 1, ())
            for c in span.candidates
        )

    @property
    def is_covered(self) -> bool:
        """Whether a longer span that begins up to three words before it holds all of it."""
        here = self.span
        return any(
            span.last >= here.last and (span.first, span.last) != (here.first, here.last)
            for first in range(max(0, here.first - 3), here.first + 1)
            for span in self.spans_at.get(first, ())
        )

    @property
    def holds_name(self) -> bool:
        """Whether a listed name lies within it."""
        return any(
            span.kind == "name" and span.last <= self.span.last and span is not self.span
            for first in range(self.span.first, self.span.last)
            for span in self.spans_at.get(first, ())
        )

    @property
    def has_evidence(self) -> bool:
        """Whether the position itself says that this is a place."""
        return self.is_located or self.has_container or self.has_generic_before or self.is_dateline

    @property
    def has_generic_before(self) -> bool:
        """Whether "village of" or "town" stands before it."""
        of = self.word_before() == "of" and self.word_before(2) in words.GENERIC_BEFORE
        return of or self.word_before() in words.GENERIC_BEFORE

    @property
    def is_called_settlement(self) -> bool:
        """Whether "village of", "town of" ... stands before it."""
        return self.word_before() == "of" and self.word_before(2) in words.GENERIC_BEFORE

    @property
    def has_generic_after(self) -> bool:
        """Whether "region", "district", "airport" ... stands after it."""
        return self.word_after() in words.GENERIC_AFTER

    @property
    def is_dateline(self) -> bool:
        """Whether a paragraph opens with it and a date, agency or dash follows."""
        opens = self.first.breaks or self.span.first == 0
        return (
            opens
            and self.name.isupper()
            and len(self.name) > 3
            and self.word_after() in (",", "-", "–", "—", "(", ":")
        )

    @property
    def joins_before(self) -> bool:
        """Whether a hyphen ties it to the word before."""
        token = self.before()
        return (
            token is not None
            and token.text in _HYPHENS
            and token.end == self.first.start
            and self._glued(self.span.first - 1, -1)
        )

    @property
    def joins_after(self) -> bool:
        """Whether a hyphen ties it to the word after."""
        token = self.after()
        return (
            token is not None
            and token.text in _HYPHENS
            and token.start == self.last.end
            and self._glued(self.span.last, 1)
        )

    def _glued(self, index: int, step: int) -> bool:
        other = index + step
        if not 0 <= other < len(self.tokens):
            return False
        gap = (
            self.tokens[other].start - self.tokens[index].end
            if step > 0
            else self.tokens[index].start - self.tokens[other].end
        )
        return gap == 0 and self.tokens[other].is_word


def _tokens_before(tokens: list[Token], first: int) -> tuple[Token | None, Token | None]:
    if first == 0 or tokens[first].breaks:
        return None, None
    one = tokens[first - 1]
    return one, None if first == 1 or one.breaks else tokens[first - 2]


def _tokens_after(tokens: list[Token], last: int) -> tuple[Token | None, Token | None]:
    if last >= len(tokens) or tokens[last].breaks:
        return None, None
    beyond = last + 1 < len(tokens) and not tokens[last + 1].breaks
    return tokens[last], tokens[last + 1] if beyond else None
