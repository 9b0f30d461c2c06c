"""Which stretches of a text are names of places? Proposes spans, has them judged, and chooses among those that overlap."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from geo.geoparse.accept import Verdict, judge
from geo.geoparse.choose import choose
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.span import Span
from geo.geoparse.spans import find_spans
from geo.geoparse.suggest import suggested_spans
from geo.geoparse.surroundings import Around, read_habits
from geo.geoparse.tokens import tokenize


class Scorer(Protocol):
    """Says of every span of a text how sure it is that a place is meant."""

    def verdicts(self, arounds: Sequence[Around]) -> list[Verdict]:
        """One verdict for each span, in the same order."""


class Rules:
    """The scorer that explains itself: the first rule that objects is the reason."""

    def verdicts(self, arounds: Sequence[Around]) -> list[Verdict]:
        """One verdict for each span, in the same order."""
        return [judge(around) for around in arounds]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The spans taken for places, without overlap, in text order; ``read`` is the position up to which the text was read."""

    places: list[tuple[Verdict, Around]]
    read: int


def spans_around(
    text: str, lexicon: Lexicon, suggested: Iterable[tuple[int, int]] = ()
) -> tuple[list[Around], int]:
    """Every span that could be a name of a place, with what stands around it; and up to where the text was read.

    ``suggested`` are stretches that somebody else takes for places; where we found the same one, ours stands.
    """
    tokens = tokenize(text)
    spans, read = find_spans(text, tokens, lexicon)
    ours = {(span.first, span.last) for span in spans if span.kind != "unknown"}
    further = [s for s in suggested_spans(text, tokens, suggested, lexicon) if (s.first, s.last) not in ours]
    spans = sorted([*spans, *further], key=lambda span: (span.first, span.last)) if further else spans
    habits = read_habits(tokens)
    starting: dict[int, list[Span]] = {}
    for span in spans:
        starting.setdefault(span.first, []).append(span)
    arounds = [Around(text, tokens, span, habits, lexicon, starting) for span in spans]
    return arounds, len(text) if read == len(tokens) else tokens[read].start


def recognised(
    text: str, lexicon: Lexicon, scorer: Scorer, suggested: Iterable[tuple[int, int]] = ()
) -> Recognised:
    """The places of a text as the scorer sees them."""
    arounds, read = spans_around(text, lexicon, suggested)
    by_span = {id(around.span): around for around in arounds}
    chosen = choose(scorer.verdicts(arounds))
    return Recognised([(verdict, by_span[id(verdict.span)]) for verdict in chosen], read)
