"""Dates as the field writes them. The order of day and month belongs to the column: it is proved or asked.

Nothing is rolled over and no library's default decides. A month or a year becomes the span it stands for,
a time with an offset becomes the day at the place.
"""

import re
from calendar import monthrange
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from geo.ingest.badcell import BadCell
from geo.interval import FIRST_YEAR, LAST_YEAR
from geo.settings import MAX_DATE_CELL

Order = Literal["dmy", "mdy", "ymd", "each", ""]
_PLACES: dict[Order, tuple[int, int, int]] = {"dmy": (2, 1, 0), "mdy": (2, 0, 1), "ymd": (0, 1, 2)}
"""Where year, month and day stand in each order."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june", "jul july",
            "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
EXCEL_EPOCH = date(1899, 12, 30)
"""Day 0 of Excel's 1900 system, its leap-year mistake of 1900 included (so from 1 March 1900 on)."""
_SERIALS = range(10_000, 75_000)
"""Excel days from 1927 to 2105: numbers that a date column may hold and mean; four digits are a year."""
_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?\s?(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_SHAPES = tuple(
    (name, re.compile(pattern, re.ASCII))
    for name, pattern in (
        ("iso", r"(?P<y>\d{4})-(?P<b>\d\d)-(?P<a>\d\d)"),
        ("iso", rf"(?P<y>\d{{4}})-(?P<b>\d\d)-(?P<a>\d\d)[T ]{_TIME}"),
        ("ymd", r"(?P<y>\d{4})(?P<s>[/.])(?P<b>\d{1,2})(?P=s)(?P<a>\d{1,2})"),
        ("ymd", r"(?P<y>\d{4})-(?P<b>\d{1,2})-(?P<a>\d{1,2})"),
        ("ymd", r"(?P<y>\d{4})(?P<b>\d\d)(?P<a>\d\d)"),
        ("numeric", rf"(?P<a>\d{{1,2}})(?P<s>[/.\- ])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}})(?:[T ]{_TIME})?"),
        ("short", r"(?P<a>\d{1,2})(?P<s>[/.\-])(?P<b>\d{1,2})(?P=s)(?P<y>\d\d)"),
        ("named", r"(?P<a>\d{1,2})(?:st|nd|rd|th)?[ \-./](?P<m>[A-Za-z]{3,9})[ \-./,]{1,2}(?P<y>\d{4}|\d\d)"),
        ("named", r"(?P<m>[A-Za-z]{3,9})\.? (?P<a>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
        ("month", r"(?P<y>\d{4})[-/](?P<b>\d{1,2})"),
        ("month", r"(?P<b>\d{1,2})[/.](?P<y>\d{4})"),
        ("month", r"(?P<m>[A-Za-z]{3,9})\.?[ \-/](?P<y>\d{4})"),
        ("year", r"(?P<y>\d{4})"),
        ("serial", r"(?P<n>\d{5})(?:\.\d+)?"),
    )
)
_OTHER_CALENDARS = (range(1300, 1500), range(2400, 2700))
"""Years of the Solar Hijri and Hijri calendars, and of the Buddhist one."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How the dates of one column are read.

    ``order`` is dmy, mdy or ymd; "each" reads only what proves itself; "" says that nothing had to be decided.
    ``mixed`` reads what proves itself in its own order. ``excel`` takes numbers as Excel days; ``zone`` is that
    of the place; ``pivot`` is the first two-digit year that belongs to the 1900s.
    """

    order: Order = ""
    mixed: bool = False
    excel: bool = False
    zone: str = "UTC"
    pivot: int = 50


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day that a cell stands for, ISO; ``precision`` is 1 day, 3 month, 4 year.

    ``code`` names how it had to be read, empty for an ISO day.
    """

    first: str
    last: str
    precision: int = 1
    code: str = ""


@dataclass(slots=True)
class DateSurvey:
    """What a whole column's dates prove. ``ambiguous`` and ``short`` keep the first line of each text."""

    day_first: int = 0
    month_first: int = 0
    ambiguous: dict[str, int] = field(default_factory=dict)
    short: dict[str, int] = field(default_factory=dict)
    serial: dict[str, int] = field(default_factory=dict)

    def add(self, texts: Iterable[str], line_of: dict[str, int]) -> None:
        """Take in distinct texts; ``line_of`` gives the first line of each."""
        for text in texts:
            self._add(text.strip(), line_of.get(text, 0))

    def _add(self, text: str, line: int) -> None:
        kind, parts = shape_of(text)
        if kind == "numeric":
            first, second, year = int(parts["a"]), int(parts["b"]), int(parts["y"])
            if first > 12 >= second:
                self.day_first += _exists(year, second, first)
            elif second > 12 >= first:
                self.month_first += _exists(year, first, second)
            elif first != second and first <= 12:
                _remember(self.ambiguous, text, line)
        elif kind in {"short", "named"} and len(parts["y"]) == 2:
            _remember(self.short, text, line)
        elif kind == "serial":
            _remember(self.serial, text, line)


def needs_survey(text: str) -> bool:
    """Whether one cell alone cannot say how it is to be read."""
    kind, parts = shape_of(text.strip())
    return kind in {"numeric", "short", "serial"} or (kind == "named" and len(parts["y"]) == 2)


def shape_of(text: str) -> tuple[str, dict[str, str]]:
    """The kind of writing of a date and its parts; "" when it is none that is known."""
    if len(text) > MAX_DATE_CELL:
        return "", {}
    for kind, pattern in _SHAPES:
        if match := pattern.fullmatch(text):
            parts = {name: value for name, value in match.groupdict().items() if value is not None}
            if kind == "serial" and int(parts["n"]) not in _SERIALS:
                continue
            return kind, parts
    return "", {}


def read_span(text: str, reading: Reading) -> Span:
    """The days that a cell stands for.

    Raises
    ------
    BadCell
        It is no date, does not exist, or cannot be settled.
    """
    kind, parts = shape_of(text)
    if kind == "serial":
        return _serial(parts, reading)
    if kind == "year":
        year = _checked_year(int(parts["y"]))
        return Span(f"{year:04}-01-01", f"{year:04}-12-31", 4, "DAT-10")
    if kind == "month":
        return _month(parts)
    if not kind:
        raise _not_a_date(text)
    day, code = _day(kind, parts, reading)
    if "hour" in parts:
        day, code = _with_time(day, parts, reading, code)
    _checked_year(day.year)
    return Span(day.isoformat(), day.isoformat(), 1, code)


def _day(kind: str, parts: dict[str, str], reading: Reading) -> tuple[date, str]:
    if kind == "iso":
        return _existing(int(parts["y"]), int(parts["b"]), int(parts["a"])), ""
    if kind == "ymd":
        return _existing(int(parts["y"]), int(parts["b"]), int(parts["a"])), "DAT-11"
    if kind == "named":
        month = MONTHS.get(parts["m"].lower())
        if month is None:
            raise BadCell("DAT-04", "the month is not one that is known", "write it as YYYY-MM-DD")
        return _existing(_year(parts["y"], reading), month, int(parts["a"])), "DAT-11"
    if kind == "short":
        return _short(parts, reading)
    day, month = _ordered(int(parts["a"]), int(parts["b"]), reading)
    return _existing(int(parts["y"]), month, day), "DAT-01"


def _ordered(first: int, second: int, reading: Reading) -> tuple[int, int]:
    """Day and month out of two numbers."""
    alone = reading.mixed or reading.order not in {"dmy", "mdy"}
    if first == second or (alone and first > 12):
        return first, second
    if alone and second > 12:
        return second, first
    if reading.order == "dmy":
        return first, second
    if reading.order == "mdy":
        return second, first
    raise BadCell("DAT-01", "day and month cannot be told apart", "write it as YYYY-MM-DD, or say the order")


def _short(parts: dict[str, str], reading: Reading) -> tuple[date, str]:
    """A day whose year has two digits; while the order is open, the first reading that gives a day."""
    numbers = parts["a"], parts["b"], parts["y"]
    if reading.order not in _PLACES:
        raise BadCell("DAT-06", "order and century cannot be told", "write it as YYYY-MM-DD")
    orders = [reading.order, *(_PLACES if reading.mixed else ())]
    for order in orders:
        year, month, day = (numbers[place] for place in _PLACES[order])
        with suppress(BadCell):
            return _existing(_year(year, reading), int(month), int(day)), "DAT-06"
    raise BadCell("DAT-04", "not a day that exists in that order", "write it as YYYY-MM-DD")


def _year(text: str, reading: Reading) -> int:
    number = int(text)
    if len(text) != 2:
        return number
    return number + (1900 if number >= reading.pivot else 2000)


def _month(parts: dict[str, str]) -> Span:
    year = _checked_year(int(parts["y"]))
    month = MONTHS.get(parts["m"].lower(), 0) if "m" in parts else int(parts["b"])
    if not 1 <= month <= 12:
        raise BadCell("DAT-04", "not a month that exists", "write it as YYYY-MM")
    last = monthrange(year, month)[1]
    return Span(f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last}", 3, "DAT-10")


def _serial(parts: dict[str, str], reading: Reading) -> Span:
    if not reading.excel:
        raise BadCell("DAT-03", "a number, perhaps an Excel day", "format the column as a date")
    day = (EXCEL_EPOCH + timedelta(days=int(parts["n"]))).isoformat()
    return Span(day, day, 1, "DAT-03")


def _with_time(day: date, parts: dict[str, str], reading: Reading, code: str) -> tuple[date, str]:
    """The day at the place. A time without an offset is taken as local; midnight says nothing."""
    hour, minute, second = (int(parts.get(name, 0)) for name in ("hour", "minute", "second"))
    if (hour, minute, second) == (0, 0, 0) and "zone" not in parts:
        return day, code
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and (minute or second)):
        raise BadCell("DAT-04", "not a time that exists", "write the day as YYYY-MM-DD")
    moment = datetime.combine(day, datetime.min.time()) + timedelta(hours=hour, minutes=minute)
    if "zone" in parts:
        moment = moment.replace(tzinfo=_offset(parts["zone"])).astimezone(ZoneInfo(reading.zone))
    return moment.date(), "DAT-08"


def _offset(text: str) -> timezone:
    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    if minutes > 14 * 60:
        raise BadCell("DAT-04", "not an offset that exists", "write the day as YYYY-MM-DD")
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _existing(year: int, month: int, day: int) -> date:
    _checked_year(year)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadCell("DAT-04", "not a day that exists", "write 4 March 2023 as 2023-03-04") from None


def _exists(year: int, month: int, day: int) -> bool:
    """Whether there is such a day: one that does not exist proves no order."""
    try:
        return bool(_existing(year, month, day))
    except BadCell:
        return False


def _checked_year(year: int) -> int:
    if any(year in years for years in _OTHER_CALENDARS):
        raise BadCell("DAT-07", f"the year {year} is of another calendar", "convert it to the Gregorian one")
    if not (FIRST_YEAR <= year <= LAST_YEAR):
        if year == 0:
            raise BadCell("DAT-04", "not a day that exists", "leave it empty or write YYYY-MM-DD")
        raise BadCell("DAT-05", f"the year is outside {FIRST_YEAR} to {LAST_YEAR}", "check the century")
    return year


def _not_a_date(text: str) -> BadCell:
    if len(text) > MAX_DATE_CELL:
        return BadCell("DAT-04", f"a date has at most {MAX_DATE_CELL} characters", "write YYYY-MM-DD")
    if any(char.isnumeric() and not char.isascii() for char in text) or not text.isascii():
        return BadCell("DAT-07", "not digits 0 to 9, perhaps another calendar", "write YYYY-MM-DD")
    return BadCell("DAT-04", "not a day that exists, in any form that is known", "write YYYY-MM-DD")


def _remember(kept: dict[str, int], text: str, line: int, most: int = 1000) -> None:
    """Keep the first line of a text; a hostile column must not fill the memory."""
    if text in kept:
        kept[text] = min(kept[text], line)
    elif len(kept) < most:
        kept[text] = line
