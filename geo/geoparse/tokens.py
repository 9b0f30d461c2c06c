"""Cuts a text into words and marks; offsets count Unicode code points."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from geo.geoparse import words

# One class, one repeat: no input makes this backtrack. Marks that follow a letter belong to it.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_TOKEN = re.compile(
    rf"(?:[^\W\d_]\.){{2,}}|[^\W\d_][\w{_MARKS}]*(?:['’ʻʼ‘][^\W\d_][\w{_MARKS}]*)*|\d[\d.,:/]*|[^\w\s]"
)
POSSESSIVE = ("'s", "’s", "ʼs", "'S", "’S")
_SENTENCE_END = frozenset(".!?…")
_QUOTES = frozenset("\"“”'‘’«»()[]")
# A line of this length was broken by an editor, so its end is not the end of a sentence.
WRAPPED = range(60, 141)
_LONGEST_WORD = 60


class Token(NamedTuple):
    """A word (it begins with a letter) or mark; ``breaks`` says that a paragraph or heading ended before it."""

    start: int
    end: int
    text: str
    lower: str
    is_capital: bool
    starts_sentence: bool
    breaks: bool
    is_word: bool


def tokenize(text: str) -> list[Token]:
    """Words, numbers and marks in order; a possessive ending is a token of its own."""
    tokens: list[Token] = []
    end, is_word = 0, False
    for start, stop in _pieces(text):
        # Most words follow another word after one space: neither a break nor the end of a sentence is there.
        gap = text[end:start]
        breaks = bool(tokens) and gap not in ("", " ") and _is_break(text, end, start)
        opens = breaks or (not is_word and _ends_sentence(tokens))
        word = text[start:stop]
        letter = word[0]
        is_word = letter.isalpha()
        tokens.append(
            Token(start, stop, word, word.lower(), is_word and _is_capital(word), opens, breaks, is_word)
        )
        end = stop
    return tokens


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        cut = end - 2 if end - start > 2 and text[end - 2 : end] in POSSESSIVE else end
        yield start, cut
        if cut < end:
            yield cut, end


def _is_capital(word: str) -> bool:
    """Whether it begins with a capital, or its script has none; a run of a hundred letters is no name."""
    letter = word[0]
    return (letter.isupper() or (not letter.isascii() and words.is_caseless(letter))) and len(
        word
    ) <= _LONGEST_WORD


def _is_break(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    if "\n" not in gap:
        return False
    line = end - (text.rfind("\n", max(0, end - 200), end) + 1 or max(0, end - 200))
    return gap.count("\n") > 1 or line not in WRAPPED


def _ends_sentence(before: list[Token]) -> bool:
    """Whether a sentence ended before the next token: a stop that follows no abbreviation."""
    if not before:
        return True
    index = len(before) - 1
    # Two closing marks are enough; more would make a run of brackets slow.
    while index > max(0, len(before) - 3) and before[index].text in _QUOTES:
        index -= 1
    if before[index].text not in _SENTENCE_END:
        return False
    last = before[index - 1] if index else None
    return last is None or not (last.lower in words.ABBREVIATIONS or _is_initial(last))


def _is_initial(token: Token) -> bool:
    return len(token.text) == 1 and token.is_capital
