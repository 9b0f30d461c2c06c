"""A span in numbers, for the scorer that was trained; what each number says is its name in :data:`FEATURES`."""

import math

from geo.geoparse import words
from geo.geoparse.accept import Verdict
from geo.geoparse.objections import is_other_name
from geo.geoparse.surroundings import Around

Numbers = tuple[float, ...]
_KINDS = ("lower_case", "extended", "unknown", "former_state", "sound")
_HYPHENS = "-‐‑‒–—/@#"
_UNLISTED = -3.0
"""The prior of a name that nobody lists: below that of the smallest village."""
_AREA_KINDS = frozenset({"region", "continent", "sea", "river", "corridor", "line"})


def features_of(around: Around, ruled: Verdict) -> Numbers:
    """The numbers of one span, in the order of :data:`FEATURES`; the last is what the rules say."""
    return (
        *_shape(around),
        *_before(around),
        *_after(around),
        *_known(around),
        *_in_document(around),
        ruled.strength,
    )


def _shape(a: Around) -> Numbers:
    """How it is written, and whether its words are everyday words or names of persons."""
    tokens = [t for t in a.tokens[a.span.first : a.span.last] if t.is_word]
    capitals = [t.lower for t in tokens if t.is_capital] or [a.first.lower]
    plain = [words.plainness(word) for word in capitals]
    return (
        len(tokens),
        len(a.name),
        a.name.isupper() and len(a.name) > 1,
        a.first.starts_sentence,
        plain[0],
        min(plain),
        max(plain[1:], default=-1.0),
        a.is_single and a.first.lower in words.common_words(),
        a.is_single and a.first.lower in words.sometimes_words(),
        words.given_name_rank(capitals[0]),
        words.surname_rank(capitals[-1]),
        a.is_single and a.first.lower.endswith(words.SURNAME_ENDINGS),
        any(word in words.ORGANISATION for word in capitals[1:]),
        any(word in words.GENERIC_AFTER for word in capitals),
        any(word in words.LOCAL_ENDINGS for word in capitals[1:]),
        a.is_single and a.first.lower in words.MONTHS_AND_DAYS,
        *(a.span.kind == kind for kind in _KINDS),
    )


def _before(a: Around) -> Numbers:
    """What stands before it."""
    one, two = a.word_before(), a.word_before(2)
    token, second = a.before(), a.before(2)
    capital = is_other_name(a, token)
    return (
        one in words.LOCATIVE,
        a.is_located,
        one == "of",
        one == "of" and (two in words.BEARINGS or two in words.GENERIC_BEFORE or two in words.HEARTS),
        one == "the",
        one == ",",
        one == "," and second is not None and second.is_capital,
        one in words.TITLES,
        two in words.TITLES and capital,
        one in words.DIRECTIONS,
        capital and token is not None and not token.starts_sentence,
        capital and one in words.given_names(),
        words.given_name_rank(one) if capital else 0.0,
        one in ("and", "or", "&"),
        a.text[a.first.start - 1 : a.first.start] in _HYPHENS and a.first.start > 0,
        one[:1].isdigit(),
        token is not None and token.is_word and not token.is_capital,
        a.has_generic_before,
        one in words.SPEAKING,
    )


def _after(a: Around) -> Numbers:
    """What stands after it."""
    one = a.word_after()
    token, second = a.after(), a.after(2)
    capital = is_other_name(a, token)
    return (
        capital,
        capital and one in words.ORGANISATION,
        capital and a.word_after(2) in words.ORGANISATION,
        words.surname_rank(one) if capital else 0.0,
        one in ("'s", "’s"),
        a.has_container,
        one == "," and second is not None and second.is_capital,
        one in words.SPEAKING,
        one == "(",
        one in ("and", "or", "to"),
        a.text[a.last.end : a.last.end + 1] in _HYPHENS and a.last.end < len(a.text),
        one[:1].isdigit(),
        one in words.STATE_NOUNS,
        a.has_generic_after,
        one == "." or token is None,
        one == "," and second is not None and second.text.isdigit() and len(second.text) < 3,
    )


def _known(a: Around) -> Numbers:
    """What the gazetteer knows of it."""
    kinds = {c.place.kind for c in a.span.candidates}
    return (
        math.log10(a.population + 1),
        math.log1p(len(a.span.candidates)),
        a.is_main_name,
        a.is_country,
        "admin1" in kinds or "admin2" in kinds,
        not kinds.isdisjoint(_AREA_KINDS),
        any("own_place" in c.terms for c in a.span.candidates),
        a.lexicon.is_demonym(a.span.key),
        max((c.score for c in a.span.candidates), default=_UNLISTED),
    )


def _in_document(a: Around) -> Numbers:
    """How the rest of the text uses it."""
    word = a.last.lower
    return (
        a.is_single and a.first.lower in a.habits.lower_case,
        min(3, a.habits.surnames[word]) if a.is_single else 0,
        math.log1p(a.habits.capitals[a.first.lower]),
        min(4, a.habits.located[a.first.lower]),
        a.habits.after_capital[a.first.lower] / max(1, a.habits.capitals[a.first.lower]),
        a.habits.before_capital[word] / max(1, a.habits.capitals[word]),
        a.is_covered,
        a.holds_name,
    )


FEATURES = (
    # _shape
    "words", "letters", "all_capitals", "opens_sentence", "plain_first", "plain_least", "plain_others", "common_word",
    "sometimes_word", "given_name", "surname", "surname_ending", "holds_organisation", "holds_generic", "holds_local",
    "month", *(f"kind_{kind}" for kind in _KINDS),
    # _before
    "after_locative", "located", "after_of", "after_bearing_of", "after_the", "after_comma", "after_name_comma",
    "after_title", "after_title_and_name", "after_direction", "after_capital", "after_given_name",
    "after_given_name_rank", "after_and", "after_hyphen", "after_number", "after_small_letters", "after_generic", "after_speaking",
    # _after
    "before_capital", "before_organisation", "before_second_organisation", "before_surname", "before_possessive",
    "before_container", "before_comma_capital", "before_speaking", "before_bracket", "before_and", "before_hyphen",
    "before_number", "before_state_noun", "before_generic", "before_stop", "before_age",
    # _known
    "population", "readings", "main_name", "country", "unit", "area", "own_place", "people", "prior",
    # _in_document
    "small_in_text", "surname_in_text", "times_in_text", "located_in_text", "follows_capitals", "leads_capitals", "covered", "holds_name",
    "rules",
)  # fmt: skip
"""What each number says, in the order of :func:`features_of`; yes is 1."""
