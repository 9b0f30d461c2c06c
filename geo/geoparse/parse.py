"""The way from text to resolutions: tokens, spans, verdicts, choice, ranking, status."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.normalise import mixed_scripts
from geo.geoparse.approximate import with_spots
from geo.geoparse.decide import decided
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.recognise import Scorer, recognised
from geo.geoparse.resolve import NOBODY, Extent, Reader, resolve_all
from geo.geoparse.sought import Sought, link_containers, sought_at, sought_in
from geo.geoparse.suggest import Suggester
from geo.geoparse.trees import trained_scorer
from geo.model import Resolution

MOST_MENTIONS = 5_000
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


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
    extent: Extent | None = None,
    given: Sequence[tuple[int, int]] | None = None,
    most_mentions: int = MOST_MENTIONS,
    scorer: Scorer | None = None,
    suggest: Suggester | None = None,
) -> ParsedText:
    """As :func:`parse`, with what the reader must be told: a cap, hidden or mixed characters.

    ``extent`` is the map that the reader has open; ``suggest`` proposes names besides ours (see :mod:`geo.geoparse.suggest`).
    """
    lexicon = Lexicon(gazetteer)
    if given is None:
        suggested = suggest(text) if suggest else ()
        sought, read = sought_by(text, lexicon, scorer or trained_scorer(), suggested)
    else:
        sought, read = sought_at(text, given, lexicon), len(text)
    kept = sought[:most_mentions]
    rank(text, kept, lexicon, Reader(frozenset(map(str.upper, context)), extent))
    resolutions = tuple(with_spots(text, [decided(item) for item in kept]))
    capped = _caps(len(sought), most_mentions, read, len(text))
    return ParsedText(resolutions, len(sought), (*capped, *_notices(text)))


def sought_by(
    text: str, lexicon: Lexicon, scorer: Scorer, suggested: Iterable[tuple[int, int]] = ()
) -> tuple[list[Sought], int]:
    """The mentions that a scorer takes for places, and up to where the text was read."""
    seen = recognised(text, lexicon, scorer, suggested)
    return [sought_in(text, verdict, around) for verdict, around in seen.places], seen.read


def rank(text: str, sought: Sequence[Sought], lexicon: Lexicon, reader: Reader = NOBODY) -> None:
    """Put the readings of every mention in order, in place."""
    link_containers(text, sought)
    resolve_all([item.named for item in sought], reader=reader, peoples=lexicon.peoples_in(text))


def _caps(found: int, most: int, read: int, length: int) -> list[Notice]:
    if read < length:
        return [
            Notice(
                "capped",
                f"Only the first {read:,} of {length:,} characters were read, and {min(found, most):,} place names are shown: "
                "split a text of so many names.",
            )
        ]
    if found > most:
        return [Notice("capped", f"{found:,} place names were found; only the first {most:,} are shown.")]
    return []


def _notices(text: str) -> list[Notice]:
    notices = []
    if not text.strip():
        notices.append(Notice("no_text", "There is no text."))
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
