"""From a cell's text to a typed value, or to the reason why not. Never a guess: all or nothing."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from geo import vocab
from geo.columns import FAMILIES, Column, id_column
from geo.interval import FIRST_YEAR, LAST_YEAR, parse_day
from geo.settings import MAX_DATE_CELL

_INTEGER = re.compile(r"[+-]?[0-9]{1,12}")
_REAL = re.compile(r"[+-]?[0-9]{1,6}(\.[0-9]{1,20})?")
_IDS = {id_column(family) for family in FAMILIES}
_CONTROLS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"
}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
"""What :data:`_CONTROLS` replaces, apart from the carriage return, which becomes a line end."""
_BY_WORD = {
    column: {word: term.code for term in terms for word in (term.code, term.label.casefold())}
    for column, terms in {
        "event_type": vocab.EVENT_TYPES,
        "confidence": vocab.CONFIDENCES,
        "kind": vocab.POST_KINDS,
        "status": vocab.ZONE_STATUSES,
    }.items()
}


@dataclass(frozen=True, slots=True)
class BadCell(Exception):
    """Why a cell cannot be taken."""

    code: str
    reason: str
    fix: str = ""


def typed_cell(column: Column, text: str) -> Any:
    """The value of a cell; ``""`` or None where it is empty.

    Raises
    ------
    BadCell
        The text is not what the column holds.
    """
    if column.type == "text":
        return _text(column, text)
    text = text.strip()
    if not text:
        return "" if column.type == "day" else None
    if column.type == "day":
        return _day(text)
    return _integer(text) if column.type == "int" else _real(text)


def has_controls(text: str) -> bool:
    """Whether a text holds control characters other than tab and line ends."""
    return _CONTROL.search(text) is not None


def _text(column: Column, text: str) -> str:
    if column.name in _IDS and not text.isprintable():
        raise BadCell("id_not_printable", "an id is one line of printable characters")
    words = _BY_WORD.get(column.name)
    if words is not None:
        return words.get(text.strip().casefold(), text.strip())
    # Terminals run escape sequences and browsers hide controls: they become a visible sign.
    return (
        unicodedata.normalize("NFC", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .translate(_CONTROLS)
        .strip()
    )


def _day(text: str) -> str:
    if len(text) > MAX_DATE_CELL:
        raise BadCell("date_too_long", f"a date has at most {MAX_DATE_CELL} characters")
    try:
        day = parse_day(text)
    except ValueError:
        raise BadCell(
            "bad_date", "not a day that exists, written YYYY-MM-DD", "write 4 March 2023 as 2023-03-04"
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(
            "date_out_of_range", f"the year is outside {FIRST_YEAR} to {LAST_YEAR}", "check the century"
        )
    return day.isoformat()


def _integer(text: str) -> int:
    if not _INTEGER.fullmatch(text):
        raise BadCell(
            "not_a_whole_number", "not a whole number", "write digits only; leave it empty if unknown"
        )
    return int(text)


def _real(text: str) -> float:
    if not _REAL.fullmatch(text):
        raise BadCell("not_a_number", "not a number of degrees", "write 39.8177 with a decimal point")
    return float(text)
