"""What speaks against a listed name being a place: a person, a people, an everyday word, a part of another name, ..."""

from collections.abc import Callable

from geo.geoparse import words
from geo.geoparse.surroundings import Around
from geo.geoparse.tokens import Token

Rule = Callable[[Around], bool]
A_PERSON = "a person"
NAMED_AFTER = "a newspaper or university"
ADDRESSED = "an honorific before it"
_US = frozenset({"us", "uk", "eu", "un"})
_ORG_NEIGHBOURS = words.ORGANISATION - words.ADMIN_WORDS
_MILLION = 1_000_000
# "Moscow State University": the word between a town and its institution.
_MIDDLE = frozenset(
    {"state", "national", "medical", "technical", "international", "public", "central", "high", "daily"}
)
_FOLLOWERS = words.ADMIN_WORDS | words.NATURE_WORDS
_PLAIN = words.FUNCTION_WORDS | words.CONNECTORS
_LISTING = {",", "and", "or"} | words.DIRECTIONS


def _is_people(a: Around) -> bool:
    return a.lexicon.is_demonym(a.span.key) and not a.is_big and a.population < 100_000


def _is_date(a: Around) -> bool:
    return a.is_single and a.first.lower in words.MONTHS_AND_DAYS


def _is_short(a: Around) -> bool:
    """Two letters are a state only after a comma; other short capitals are acronyms unless the list has them so."""
    length = len(a.span.key.replace(" ", ""))
    if a.span.key in _US:
        return not a.name.replace(".", "").isupper()
    if length <= 2:
        return not (a.word_before() == "," and a.is_big)
    if not a.name.isupper() or not a.name.isascii() or a.is_dateline:
        return False
    stored = any(c.matched_name.isupper() for c in a.span.candidates)
    if length <= 3:
        return not (stored and a.is_big)
    return length <= 5 and not a.is_big and a.population < 500_000


def _is_press_abbreviation(a: Around) -> bool:
    """An abbreviation such as "La." or "Miss." is a state only with its stop, after a comma or a preposition."""
    only = all(c.matched_name.endswith(".") and c.place.kind == "admin1" for c in a.span.candidates)
    return only and not (a.name.endswith(".") and (a.word_before() == "," or a.is_located))


def _is_word(a: Around) -> bool:
    """An everyday word, or one that this text also writes in small letters."""
    if not a.is_single or a.is_country or a.is_called_settlement:
        return False
    word = a.first.lower
    if word in words.DIRECTIONS:
        return True
    if word in words.common_words():
        return not a.has_container
    if word in words.sometimes_words() or word in a.habits.lower_case:
        return not (a.is_located or a.has_container)
    return False


def _is_phrase_of_words(a: Around) -> bool:
    """Two everyday words that somewhere are a village ("Cold Spring", "The Park")."""
    tokens = a.tokens[a.span.first : a.span.last]
    plain = all(t.lower in words.common_words() or t.lower in _PLAIN for t in tokens if t.is_word)
    return not a.is_single and plain and not a.is_big and not a.has_evidence


def _has_honorific(a: Around) -> bool:
    before = a.before()
    title = a.word_before(2) if before is not None and before.text == "." else a.word_before()
    return a.is_single and title in words.HONORIFICS


def _has_title(a: Around) -> bool:
    if a.is_country and a.word_before() not in ("mr", "mrs", "ms", "dr"):
        return False
    second = a.before()
    return a.word_before() in words.TITLES or (
        a.word_before(2) in words.TITLES
        and second is not None
        and second.is_capital
        and second.is_word
        and not a.is_country
    )


def _is_person(a: Around) -> bool:
    """A first name before it, or seen as a surname elsewhere in the text."""
    if a.is_located or (a.is_country and not _is_called_by_first_name(a) and not _is_speaking_namesake(a)):
        return False
    return _is_called_by_first_name(a) or (
        a.is_single and a.first.lower in a.habits.surnames and not a.has_container
    )


def _is_speaking_namesake(a: Around) -> bool:
    """A text that knows a Michael Jordan says "Jordan told reporters"."""
    return a.first.lower in a.habits.surnames and a.word_after() in words.SPEAKING


def _is_called_by_first_name(a: Around) -> bool:
    before = a.before()
    if before is None or not before.is_capital or not before.is_word:
        return False
    initial = before.text.endswith(".") and len(before.text) <= 4
    return (before.lower in words.given_names() or initial) and before.lower not in words.DIRECTIONS


def _is_first_name(a: Around) -> bool:
    """A first name before another capitalised word that makes no place with it."""
    after = a.after()
    followed = after is not None and after.is_word and after.is_capital and after.lower not in _FOLLOWERS
    is_name = a.is_single and a.first.lower in words.given_names()
    if is_name and a.word_after() in words.SPEAKING and a.population < _MILLION and not a.is_located:
        return True
    return is_name and followed and a.word_before() != ","


def _is_surname(a: Around) -> bool:
    """A surname of public life or of the region's pattern, standing alone."""
    if not a.is_single or a.is_big or a.has_evidence or a.first.lower in a.habits.located:
        return False
    return words.looks_like_surname(a.first.lower) and a.population < 200_000


def is_organisation(a: Around) -> bool:
    """Whether what follows makes it a part of an organisation's name, such as "University" or "State University"."""
    return _ends_in(a, _ORG_NEIGHBOURS)


def _is_named_after(a: Around) -> bool:
    return _ends_in(a, words.NAMED_AFTER)


def _ends_in(a: Around, last_words: frozenset[str]) -> bool:
    """Whether one of these words follows with a capital, at once or behind a word such as "State"."""
    after = a.after()
    if after is None or not after.is_capital or a.text[a.last.end : after.start] != " ":
        return False
    second = a.after(2)
    between = after.lower in _MIDDLE and second is not None and second.is_capital
    return after.lower in last_words or (between and a.word_after(2) in last_words)


def _is_part_of_a_name(a: Around) -> bool:
    """A small place between other capitalised words."""
    if a.is_big or a.is_located or words.is_caseless(a.name[0]):
        return False
    before, after = a.before(), a.after()
    continues = before is not None and not before.starts_sentence and before.lower not in words.DIRECTIONS
    return (continues and is_other_name(a, before)) or (
        after is not None and after.lower not in words.ADMIN_WORDS and is_other_name(a, after)
    )


def is_other_name(a: Around, beside: Token | None) -> bool:
    """A capitalised word that is neither a people ("the Baku Armenians") nor one of our places or a country."""
    if beside is None or not beside.is_word or not beside.is_capital or a.lexicon.is_demonym(beside.lower):
        return False
    return not any(
        "own_place" in c.terms or c.place.kind == "country" for c in a.lexicon.candidates(beside.lower)
    )


def _is_hyphenated(a: Around) -> bool:
    """One side of "Jean-Paul"; "Moscow-backed" and "Armenia-Azerbaijan" are names of places."""
    strong = a.is_big or a.population >= 100_000
    if a.joins_before:
        return not strong
    if a.joins_after:
        return not strong or (
            a.word_after(2) not in words.HELD_BY and not a.is_big and a.first.lower in words.given_names()
        )
    return False


def _is_alias_of_small_place(a: Around) -> bool:
    return (
        not a.is_main_name
        and not a.is_big
        and a.population < 50_000
        and not (a.is_located or a.has_container)
    )


def _opens_sentence(a: Around) -> bool:
    """At the beginning of a sentence any word has a capital."""
    small = not a.is_big and a.population < 30_000
    return (
        a.first.starts_sentence
        and a.is_single
        and small
        and not a.has_container
        and a.first.lower not in a.habits.located
    )


def _is_small_without_evidence(a: Around) -> bool:
    if a.is_big or a.population >= 10_000 or a.first.lower in a.habits.located:
        return False
    listed = a.word_before() in _LISTING
    return not (a.has_evidence or listed)


def _is_caseless_word(a: Around) -> bool:
    """Scripts without capitals give no sign of a name, so only well-known places count."""
    if not words.is_caseless(a.name[0]):
        return False
    known = a.is_big or a.population >= 50_000
    return len(a.span.key) < 3 or not known


def _touches_hidden(a: Around) -> bool:
    """A control or direction mark beside it: the name goes on in a way that the reader cannot see."""
    beside = a.text[max(0, a.first.start - 1) : a.first.start] + a.text[a.last.end : a.last.end + 1]
    return any(not c.isprintable() and not c.isspace() for c in beside)


RULES: tuple[tuple[str, Rule], ...] = (
    ("a people, not a place", _is_people),
    ("beside a hidden character", _touches_hidden),
    ("a month or day", _is_date),
    ("an acronym", _is_short),
    ("an abbreviation without its state", _is_press_abbreviation),
    ("an everyday word", _is_word),
    ("everyday words", _is_phrase_of_words),
    (ADDRESSED, _has_honorific),
    ("a title before it", _has_title),
    (A_PERSON, _is_person),
    ("a first name", _is_first_name),
    ("a surname", _is_surname),
    (NAMED_AFTER, _is_named_after),
    ("an organisation", is_organisation),
    ("part of another name", _is_part_of_a_name),
    ("part of a hyphenated word", _is_hyphenated),
    ("another name of a small place", _is_alias_of_small_place),
    ("opens a sentence", _opens_sentence),
    ("a small place without evidence", _is_small_without_evidence),
    ("a script without capitals", _is_caseless_word),
)
"""In the order in which they are asked; each may be left out to measure what it is worth."""
