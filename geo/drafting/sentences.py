"""Cuts a text into paragraphs, sentences, clauses and words, in one pass each; offsets count code points."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from geo.drafting.lists import word_set
from geo.geoparse.tokens import WRAPPED
from geo.geoparse.words import ABBREVIATIONS

LONGEST_SENTENCE = 2_000
"""A longer run is cut at a space, so that no sentence costs more than its share."""
# Each run of marks is looked at once: no input makes these patterns go back.
_BREAK = re.compile(r"\n")
_STOP = re.compile(r"(?<![.!?…])[.!?…]{1,10}[\"'”’»)\]]{0,3}(?=\s|$)")
_WORD = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LIST_MARKS = ("#", "- ", "* ", "• ", "– ")
_LONGEST_WORD = 40
_CLAUSE_MARKS = frozenset(",;:()—–|")
_CLAUSE_WORDS = word_set("but while whereas although though when as who which whose where because")


_OPENING = word_set("in near at on around outside")
_LONGEST_OPENING = 5


class Word(NamedTuple):
    """A word or number; ``clause`` counts the clauses of its sentence. Overlong words have no ``lower``."""

    start: int
    end: int
    lower: str
    is_capital: bool
    clause: int

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.lower[:1].isdigit()


@dataclass(frozen=True)
class Sentence:
    """A stretch of a text; ``paragraph`` counts the paragraphs from 0."""

    text: str
    start: int
    end: int
    paragraph: int

    @property
    def quote(self) -> str:
        """The sentence on one line."""
        return " ".join(self.text[self.start : self.end].split())

    @cached_property
    def words(self) -> list[Word]:
        """The words of the sentence in order."""
        return list(_words(self.text, self.start, self.end))


class Span(NamedTuple):
    """A stretch of a text, ``end`` is exclusive."""

    start: int
    end: int


def paragraphs(text: str) -> list[Span]:
    """The stretches between blank lines, headings and list items; where no line is blank, each short line."""
    found: list[Span] = []
    start = 0
    has_blank_lines = "\n\n" in text
    line_start = 0
    for match in _BREAK.finditer(text):
        if _ends_paragraph(text, line_start, match.start(), has_blank_lines=has_blank_lines):
            found.append(Span(start, match.start()))
            start = match.end()
        line_start = match.end()
    found.append(Span(start, len(text)))
    return [span for span in found if span.end > span.start]


def sentences(text: str, spans: Sequence[Span]) -> Iterator[Sentence]:
    """Every sentence of the paragraphs of a text, in text order."""
    for number, paragraph in enumerate(spans):
        start = paragraph.start
        for match in _STOP.finditer(text, paragraph.start, paragraph.end):
            if _ends_sentence(text, match.start(), match.end()):
                yield from _parts(text, start, match.end(), number)
                start = match.end()
        yield from _parts(text, start, paragraph.end, number)


def _ends_paragraph(text: str, line_start: int, end: int, *, has_blank_lines: bool) -> bool:
    if end == line_start or text[end + 1 : end + 2] == "\n" or _is_row(text, line_start, end):
        return True
    if not has_blank_lines and end - line_start not in WRAPPED:
        return True
    if text.startswith(_LIST_MARKS, end + 1) or text.startswith("#", line_start):
        return True
    line_end = text.find("\n", end + 1, end + 200)
    line_end = line_end if line_end >= 0 else min(len(text), end + 200)
    return not text[end + 1 : line_end].strip() or _is_row(text, end + 1, line_end)


def _is_row(text: str, start: int, end: int) -> bool:
    """Whether a line is the row of a table: two bars, or a tab between words."""
    return text.count("|", start, end) >= 2 or (
        text.find("\t", start, end) >= 0 and "\t" in text[start:end].strip()
    )


def _ends_sentence(text: str, stop: int, end: int) -> bool:
    """Whether a stop ends its sentence: not after an abbreviation, not before a small letter."""
    if text[end + 1 : end + 2].islower():
        return False
    if text[stop] != "." or end - stop > 1:
        return True
    word = text[max(0, stop - 12) : stop].lower().rpartition(" ")[2]
    return not (word in ABBREVIATIONS or (len(word) == 1 and word.isalpha()))


def _parts(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    """The stretch without space around it, in parts that are not too long."""
    while start < end:
        cut = end
        if end - start > LONGEST_SENTENCE:
            space = text.rfind(" ", start + LONGEST_SENTENCE // 2, start + LONGEST_SENTENCE)
            cut = space if space > 0 else start + LONGEST_SENTENCE
        part = text[start:cut]
        first = start + len(part) - len(part.lstrip())
        last = cut - (len(part) - len(part.rstrip()))
        if first < last:
            yield Sentence(text, first, last, paragraph)
        start = cut


def _words(text: str, start: int, end: int) -> Iterator[Word]:
    clause, before, opens = 0, start, False
    for count, match in enumerate(_WORD.finditer(text, start, end)):
        first, last = match.span()
        whole = match[0]
        lower = whole.lower() if last - first <= _LONGEST_WORD else ""
        opens = lower in _OPENING if count == 0 else opens
        if lower in _CLAUSE_WORDS or not _CLAUSE_MARKS.isdisjoint(text[before:first]):
            # "In Shusha, ..." and "On 5 May, ..." belong to the clause that they open.
            clause += not (opens and clause == 0 and count <= _LONGEST_OPENING)
            opens = False
        yield Word(first, last, lower, whole[0].isupper(), clause)
        before = last
