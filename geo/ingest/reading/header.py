"""Which row names the columns, if one does, and where HXL hashtags stand: the same for text files and sheets."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.ingest.reading.answers import answer_to
from geo.ingest.reading.headings import known_among
from geo.ingest.reading.labels import shown
from geo.ingest.reading.valuekinds import TELLING, column_kinds, kind_of
from geo.model import Option, Question

SEARCHED = 25
"""Rows among which the header is looked for, and again rows below it for hashtags."""
NO_HEADER = "none"
_HASHTAG = re.compile(r"#[a-z][a-z0-9_+ -]*", re.IGNORECASE)
_NUMBER = re.compile(r"[-+(]?[\d.,:/ %°-]+\)?")
Line = tuple[int, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Header:
    """The header, stripped; ``tags_line`` is where the hashtags stand, 0 if nowhere.

    Of a file without one ``line`` is 0, the cells are ``column 1``, ``column 2`` and ``samples`` are the first rows.
    """

    line: int
    cells: tuple[str, ...]
    tags: tuple[str, ...] = ()
    tags_line: int = 0
    questions: tuple[Question, ...] = ()
    samples: tuple[tuple[str, ...], ...] = ()


def header_of(rows: Sequence[Line], *, name: str, answers: Mapping[str, str]) -> Header:
    """The header among the first rows that are not blank; asks when it is not the first of them, or none is one.

    Raises
    ------
    SettingError
        The answer ``header`` is neither the line of one of the rows nor ``none``.
    """
    searched = rows[:SEARCHED]
    best = _best(searched)
    nameless = not best and _is_nameless(searched)
    question = _question(searched, best, name, nameless=nameless)
    answer = answer_to(question, answers)
    open_questions = (question,) if answer is None and (best or nameless) else ()
    if (answer or question.proposed) == NO_HEADER:
        return _no_header(searched, open_questions)
    if answer is not None:
        best = next(place for place, (line, _) in enumerate(searched) if str(line) == answer)
    line, cells = searched[best]
    tags_line, tags = _tags(rows[best : best + 1 + SEARCHED], len(cells))
    return Header(line, tuple(cell.strip() for cell in cells), tags, tags_line, open_questions)


def _best(rows: Sequence[Line]) -> int:
    """The place of the header: the first row, unless a later one is clearly meant."""
    width = _usual_width(rows)
    named = [0 if _all_tags(cells) else known_among(list(cells)) for _, cells in rows]
    top = max(range(len(rows)), key=lambda place: named[place])
    if named[top] >= 2 and named[top] > named[0] and _all_words(rows[top][1]):
        return top
    if named[0] or _filled(rows[0][1]) * 2 >= width:
        return 0
    return next(
        (
            place
            for place, (_, cells) in enumerate(rows)
            if _filled(cells) * 10 >= width * 7 and _all_words(cells) and not _all_tags(cells)
        ),
        0,
    )


def _is_nameless(rows: Sequence[Line]) -> bool:
    """Whether the first row is one of many: it has days or degrees where the rows below it have such, too."""
    (_, first), *below = rows
    if known_among(list(first)) > 1:
        return False
    kinds = [kind_of(cell) for cell in first]
    if not below:
        return sum(kind in TELLING for kind in kinds) > 1
    alike = column_kinds([cells for _, cells in below], len(first))
    return any(kind in TELLING and kind == other for kind, other in zip(kinds, alike, strict=True))


def _no_header(rows: Sequence[Line], questions: tuple[Question, ...]) -> Header:
    cells = tuple(f"column {number}" for number in range(1, _usual_width(rows) + 1))
    return Header(0, cells, questions=questions, samples=tuple(tuple(row) for _, row in rows))


def _usual_width(rows: Sequence[Line]) -> int:
    widths = Counter(len(cells) for _, cells in rows if len(cells) > 1)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 1


def _filled(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _all_words(cells: Sequence[str]) -> bool:
    return not any(_NUMBER.fullmatch(cell.strip()) for cell in cells if cell.strip())


def _question(rows: Sequence[Line], best: int, name: str, *, nameless: bool) -> Question:
    lines = (
        Option(str(line), shown(" | ".join(cell.strip() for cell in cells if cell.strip()), longest=120))
        for line, cells in rows
    )
    none = Option(NO_HEADER, "this file has no header: name the columns by what they hold")
    line = rows[best][0]
    text = (
        f"In {shown(name)} line {line} looks like the rows below it: does no line name the columns?"
        if nameless
        else f"In {shown(name)} other lines stand above the columns' names: is line {line} the one that names them?"
    )
    options = (none, *lines) if nameless else (*lines, none)
    return Question("header", "CSV-08", text, options, proposed=NO_HEADER if nameless else str(line))


def _tags(rows: Sequence[Line], width: int) -> tuple[int, tuple[str, ...]]:
    """The line of the hashtags and the hashtags; the header itself may be made of them."""
    for line, cells in rows:
        if _all_tags(cells) and len(cells) == width:
            return line, tuple(cell.strip() for cell in cells)
    return 0, ()


def _all_tags(cells: Sequence[str]) -> bool:
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(_HASHTAG.fullmatch(cell) for cell in filled)
