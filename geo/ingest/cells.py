"""From a cell's text to a typed value, or to the reason why not. Never a guess: all or nothing."""

import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo import vocab
from geo.columns import FAMILIES, Column, id_column
from geo.ingest.badcell import BadCell
from geo.ingest.coordinates import read_degrees
from geo.ingest.shape_cells import OTHER_KINDS

_INTEGER = re.compile(r"[+-]?[0-9]{1,12}(?:\.0+)?", re.ASCII)
_IDS = {id_column(family) for family in FAMILIES}
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What :data:`_CONTROLS` replaces, apart from the carriage return, which becomes a line end."""
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: they show letters in another order than they are stored."""
_MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""All bidirectional controls; in a name even a mark changes what is matched."""
LONGEST_WORD = 500
"""Characters of a word for a kind or type; one that is not ours must fit into the finer type."""
LONG_TEXTS = {"description", "note"}
_BY_WORD = {
    column: {word: term.code for term in terms for word in (term.code, term.label.casefold())}
    for column, terms in {
        "event_type": vocab.EVENT_TYPES,
        "confidence": vocab.CONFIDENCES,
        "kind": (*vocab.POST_KINDS, *vocab.ZONE_KINDS),
        "status": vocab.ZONE_STATUSES,
    }.items()
}

VOCABULARY_COLUMNS = frozenset(_BY_WORD)
"""Columns whose words are codes of a vocabulary, or labels that stand for one."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A typed value; ``code`` names how it had to be read, empty where it was plain."""

    value: Any
    code: str = ""


def read_cell(column: Column, text: str, *, keep_bidi: bool = False) -> Cell:
    """The value of a cell of text, whole numbers or degrees; "" or None where it is empty.

    Raises
    ------
    BadCell
        The text is not what the column holds.
    """
    if column.type == "text":
        return _text(column, text, keep_bidi=keep_bidi)
    text = text.strip()
    if not text:
        return _empty(column)
    if column.type == "real":
        if text in OTHER_KINDS:
            raise BadCell("GJS-04", f"a {text}, where a Point is wanted", "split the layer by kind")
        degrees = read_degrees(text, column.name)
        return Cell(degrees.value, degrees.code)
    return Cell(_integer(column, text))


def is_plain(texts: str) -> bool:
    """Whether joined texts hold nothing that :func:`read_cell` would have to look at, letter by letter."""
    if not texts.isascii():
        return False
    letters = np.frombuffer(texts.encode("ascii"), dtype=np.uint8)
    # Printable ASCII is what lies from the blank to the tilde; letter by letter, Python takes ten times as long.
    return not len(letters) or bool(letters.min() >= ord(" ") and letters.max() <= ord("~"))


def _text(column: Column, text: str, *, keep_bidi: bool) -> Cell:
    if column.name in _IDS and not text.strip().isprintable():
        raise BadCell("VAL-06", "an id is one line of printable characters", "write it on one line")
    text, code = _made_visible(text, column, keep_bidi=keep_bidi)
    text = text.strip()
    if column.name in _BY_WORD:
        return Cell(_word(column, text), code)
    if not text:
        return _empty(column)
    if len(text) > column.longest:
        raise BadCell("CSV-06", f"{len(text):,} characters, {column.longest:,} are allowed", "shorten it")
    return Cell(text, code)


def _word(column: Column, text: str) -> str:
    """The code that a word stands for; a type of event that is not ours is no mistake, and settled later."""
    word = _BY_WORD[column.name].get(text.casefold(), text)
    if len(word) > LONGEST_WORD:
        raise BadCell("CSV-06", f"{len(word):,} characters, {LONGEST_WORD:,} are allowed", "shorten it")
    if word and word not in column.allowed and column.name != "event_type":
        raise BadCell(
            "VAL-02", f"{column.name} is one of {', '.join(column.allowed)}", "use one of these words"
        )
    return word


def _made_visible(text: str, column: Column, *, keep_bidi: bool) -> tuple[str, str]:
    """Terminals run escape sequences, browsers hide controls and turn text: none of it goes unseen."""
    turned = (_TURNING if column.name in LONG_TEXTS else _MARKS).search(text)
    if turned and not keep_bidi:
        text = _MARKS.sub("", text)
    code = "TXT-03" if _CONTROL.search(text) else ""
    if code or "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return text, "TXT-01" if turned else code


def _empty(column: Column) -> Cell:
    if column.required:
        raise BadCell("VAL-01", f"{column.name} must be filled", "fill the cell")
    return Cell("" if column.type in {"text", "day"} else None)


def _integer(column: Column, text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadCell("VAL-03", "not a whole number", "write digits only; leave it empty if unknown")
    number = int(text.partition(".")[0])
    if column.allowed and str(number) not in column.allowed:
        raise BadCell("VAL-02", f"{column.name} is one of {', '.join(column.allowed)}", "see docs/data.md")
    if (column.low is not None and number < column.low) or (column.high is not None and number > column.high):
        limits = (
            f"{column.low:,.0f} to {column.high:,.0f}" if column.high is not None else f"{column.low} or more"
        )
        raise BadCell("VAL-04", f"{column.name} is {limits}", "check the number")
    return number
