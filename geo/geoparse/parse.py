"""The way from text to resolutions: tokens, spans, verdicts, choice, ranking, status."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.errors import InputRefused
from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import mixed_scripts, name_key
from geo.gazetteer.prior import SETTLEMENTS
from geo.geoparse import weights, words
from geo.geoparse.accept import Verdict, judge
from geo.geoparse.choose import choose
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.resolve import Named, km_between, resolve_all
from geo.geoparse.spans import Span, find_spans
from geo.geoparse.surroundings import Around, read_habits
from geo.geoparse.tokens import Token, tokenize
from geo.model import Candidate, Mention, Place, Resolution

MOST_MENTIONS = 5_000
MOST_ALTERNATIVES = 5
_CONTAINER_GAP = re.compile(
    r"\s*,\s*|\s*\(\s*|,? in (?:the )?(?:\w{1,30} )?|,? (?:province|region|district|governorate|state) (?:of|in) "
)
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_DISTANCE_TO = re.compile(
    r"\b\d[\d.,]*\s?(?:km|kilomet(?:re|er)s?|miles?|m|met(?:re|er)s?)\b[^.;\n]{0,40}$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that the reader must know about a text: a code and one sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ParsedText:
    """The places of a text in its order; ``found`` counts the mentions before the cap."""

    resolutions: tuple[Resolution, ...]
    found: int
    notices: tuple[Notice, ...] = ()

    @property
    def is_capped(self) -> bool:
        """Whether mentions were left out because there were too many."""
        return self.found > len(self.resolutions)


def parse(
    text: str,
    gazetteer: Gazetteer,
    *,
    context: Sequence[str] = (),
    given: Sequence[tuple[int, int]] | None = None,
) -> list[Resolution]:
    """The toponyms of a text in its order, each resolved or left open; they do not overlap.

    ``context`` lists ISO country codes that the text is known to be about. ``given`` holds spans in code
    points; then exactly these are resolved and none is sought.

    Raises
    ------
    InputRefused
        A given span lies outside the text.
    """
    return list(parse_text(text, gazetteer, context=context, given=given).resolutions)


def parse_text(
    text: str,
    gazetteer: Gazetteer,
    *,
    context: Sequence[str] = (),
    given: Sequence[tuple[int, int]] | None = None,
    most_mentions: int = MOST_MENTIONS,
) -> ParsedText:
    """As :func:`parse`, with what the reader must be told: a cap, hidden or mixed characters."""
    lexicon = Lexicon(gazetteer)
    sought = _recognised(text, lexicon) if given is None else _given(text, given, lexicon)
    kept = sought[:most_mentions]
    _link_containers(text, kept)
    resolve_all([item.named for item in kept], context=context)
    resolutions = tuple(_resolution(item) for item in kept)
    return ParsedText(resolutions, len(sought), tuple(_notices(text, len(sought), most_mentions)))


@dataclass(slots=True)
class _Sought:
    """A mention with the belief that it is a place, how it was reached and what stands beside it."""

    mention: Mention
    named: Named
    belief: float
    method: str
    is_near: bool = False


def _recognised(text: str, lexicon: Lexicon) -> list[_Sought]:
    tokens = tokenize(text)
    habits = read_habits(tokens)
    spans = find_spans(text, tokens, lexicon)
    starting: dict[int, list[Span]] = {}
    for span in spans:
        starting.setdefault(span.first, []).append(span)
    arounds = [Around(text, tokens, span, habits, lexicon, starting) for span in spans]
    by_span = {id(around.span): around for around in arounds}
    chosen = choose([judge(around) for around in arounds])
    return [_sought(text, tokens, verdict, by_span[id(verdict.span)]) for verdict in chosen]


def _sought(text: str, tokens: list[Token], verdict: Verdict, around: Around) -> _Sought:
    span = verdict.span
    start, end = tokens[span.first].start, tokens[span.last - 1].end
    wants_area = around.word_after() in words.AREA_WORDS or (
        span.kind == "extended" and tokens[span.last - 1].lower in words.AREA_WORDS
    )
    named = Named(span.key, span.candidates, wants_area=wants_area)
    mention = Mention(start, end, text[start:end])
    return _Sought(mention, named, verdict.strength, span.kind, _is_near(text, start, around))


def _is_near(text: str, start: int, around: Around) -> bool:
    """After "near" or "12 km north of" the event was not in the place itself."""
    if around.word_before() in words.NEAR:
        return True
    of = around.word_before() in ("of", "from") and around.word_before(2) in words.BEARINGS
    return of or (
        around.word_before() in ("of", "from") and bool(_DISTANCE_TO.search(text, max(0, start - 80), start))
    )


def _given(text: str, given: Sequence[tuple[int, int]], lexicon: Lexicon) -> list[_Sought]:
    sought = []
    for start, end in sorted(given):
        if not 0 <= start < end <= len(text):
            raise InputRefused(
                f"The toponym {start}:{end} lies outside the text of {len(text)} characters.", code="span"
            )
        candidates, how = lexicon.any_form(text[start:end])
        named = Named(name_key(text[start:end]), candidates, wants_area=how == "area")
        sought.append(_Sought(Mention(start, end, text[start:end]), named, 1.0, how))
    return sought


def _link_containers(text: str, sought: Sequence[_Sought]) -> None:
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


def _resolution(item: _Sought) -> Resolution:
    """The status of one mention: resolved, open between several readings, or unknown."""
    ranked = item.named.ranked
    alternatives = tuple(ranked[:MOST_ALTERNATIVES])
    if not ranked:
        return Resolution(item.mention, "not_found", None, item.method, 0.0, 3)
    best = ranked[0]
    margin = _margin(ranked)
    confidence = round(item.belief / (1 + math.exp(-weights.STEEPNESS * margin)), 2)
    precision = geo_precision(best.place, is_near=item.is_near)
    if item.named.wants_area and best.place.kind in SETTLEMENTS:
        # Only its town is known; a district drawn as a pin on its capital would be wrong.
        return Resolution(
            item.mention, "review", None, "area of a town", min(confidence, 0.5), 3, alternatives
        )
    if margin < weights.REVIEW_MARGIN:
        return Resolution(
            item.mention, "review", None, "several readings", confidence, precision, alternatives
        )
    return Resolution(item.mention, "resolved", best.place, item.method, confidence, precision, alternatives)


def geo_precision(place: Place, *, is_near: bool = False) -> int:
    """ACLED's code of an event there: 1 town, 2 near a town, 3 an area."""
    if place.kind in (*SETTLEMENTS, "site"):
        return 2 if is_near else 1
    return 3


def _margin(ranked: Sequence[Candidate]) -> float:
    """How far the best reading leads over the next that would put the mark somewhere else."""
    best = ranked[0]
    rivals = [c for c in ranked[1:] if not _same_spot(best.place, c.place)]
    if rivals:
        return best.score - rivals[0].score
    return weights.ALONE_MARGIN + max(-1.0, min(best.score, 2.0))


def _same_spot(a: Place, b: Place) -> bool:
    """Whether the second is so close, or so much the first one's own unit, that both tell the same story."""
    if a.kind in SETTLEMENTS and b.kind in SETTLEMENTS:
        return km_between(a, b) < weights.SAME_SPOT_KM
    inside = a.admin0 == b.admin0 and a.admin1 == b.admin1 and a.admin1 != ""
    return inside and {a.kind, b.kind} & {"admin1"} != set()


def _notices(text: str, found: int, most: int) -> list[Notice]:
    notices = []
    if not text.strip():
        notices.append(Notice("no_text", "There is no text."))
    if found > most:
        notices.append(
            Notice("capped", f"{found:,} place names were found; only the first {most:,} are shown.")
        )
    if "\0" in text:
        notices.append(Notice("nul", "The text contains NUL characters; names are not joined across them."))
    if not _BIDI.isdisjoint(text):
        notices.append(
            Notice("bidi", "Invisible direction marks change the order in which this text is shown.")
        )
    if mixed := mixed_scripts(text):
        notices.append(
            Notice("mixed_scripts", f"Words mix letters of different alphabets: {', '.join(mixed[:5])}.")
        )
    return notices
