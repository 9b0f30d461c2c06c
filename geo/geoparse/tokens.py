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
_POSSESSIVE = ("'s", "’s", "ʼs", "'S", "’S")
_SENTENCE_END = frozenset(".!?…")
_QUOTES = frozenset("\"“”'‘’«»()[]")
# A line of this length was broken by an editor, so its end is not the end of a sentence.
_WRAPPED = range(60, 141)
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
    for start, end in _pieces(text):
        previous = tokens[-1] if tokens else None
        breaks = previous is not None and _is_break(text, previous.end, start)
        tokens.append(_token(text, start, end, tokens, breaks))
    return tokens


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        cut = end - 2 if end - start > 2 and text[end - 2 : end] in _POSSESSIVE else end
        yield start, cut
        if cut < end:
            yield cut, end


def _token(text: str, start: int, end: int, before: list[Token], breaks: bool) -> Token:
    word = text[start:end]
    # A run of a thousand letters is no name; as a small letter it starts none.
    letter = word[0]
    capital = (
        letter.isupper() or (not letter.isascii() and words.is_caseless(letter))
    ) and end - start <= _LONGEST_WORD
    return Token(
        start, end, word, word.lower(), capital, breaks or _ends_sentence(before), breaks, letter.isalpha()
    )


def _is_break(text: str, end: int, start: int) -> bool:
    gap = text[end:start]
    if "\n" not in gap:
        return False
    line = end - (text.rfind("\n", max(0, end - 200), end) + 1 or max(0, end - 200))
    return gap.count("\n") > 1 or line not in _WRAPPED


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
