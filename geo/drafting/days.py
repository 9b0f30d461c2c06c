"""Words for days in a text, with their position: in full, without a year, as a span, or relative."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice, zip_longest
from typing import Literal

from geo.drafting.calendars import days_in
from geo.drafting.lists import listed

DAY, WEEK, MONTH, YEAR = 1, 2, 3, 4
"""Codes of time_precision."""
MOST_OF_A_FORM = 5_000
"""Times of one form that are read; a report with more is a table."""
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH_NAMES = [name.capitalize() for name in MONTHS if len(name) > 4 or name in ("may", "june", "july")]
WEEKDAYS = {
    name: number
    for number, name in enumerate(listed("monday tuesday wednesday thursday friday saturday sunday"))
}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_SPACE = r"\s{1,3}"
_DASH = rf"(?:\s?[-–—]\s?|{_SPACE}(?:to|until|till|through){_SPACE})"
_AND = rf"{_SPACE}and{_SPACE}"
_OF = rf"(?:of{_SPACE})?"


def _day(name: str) -> str:
    return rf"(?P<{name}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:/]|,\d)"


def _year(name: str) -> str:
    return rf"(?:,?{_SPACE}(?P<{name}>\d{{4}})(?!\d))?"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NUMBERS = {
    word: n
    for n, word in enumerate(listed("one two three four five six seven eight nine ten eleven twelve"), 1)
} | {"a": 1}
_SINGLE_WORDS = (
    "yesterday|today|tonight|overnight|last night|this morning|this afternoon|this evening|earlier today|"
    "the day before yesterday|last week|this week|last month|this month|last year|this year|"
    "(?:the )?(?:previous|following|next) day|the day before|the day after|(?:on )?the same day"
)
_SINGLE = _compiled(rf"\b(?P<word>{_SINGLE_WORDS.replace(' ', _SPACE)})\b")
_AGO = _compiled(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)}){_SPACE}(?P<unit>day|week|month|year)s?{_SPACE}(?P<way>ago|earlier|later|after|before)\b"
)
_DECADE = _compiled(r"\b(?:(?:early|mid|late)[\s-]{1,2})?(?:1[89]|20)\d0s\b")
_WEEKDAY = re.compile(rf"\b(?:(?P<which>[Ll]ast|[Nn]ext){_SPACE})?(?P<name>{'|'.join(WEEKDAYS).title()})\b")
# Day and month are only read in orders that cannot be mistaken: 03/04/2023 is asked about.
_PATTERNS = {
    "iso": _compiled(
        r"(?<![\d/.-])(?P<y>\d{4})(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?![\d/-])"
    ),
    "figures": _compiled(
        r"(?<![\d/.-])(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>\d{4})(?![\d/-])"
        r"|(?<![\d/.-])\d{1,2}/\d{1,2}/\d{2}(?![\d/-])"
    ),
    "day_first": _compiled(
        rf"(?P<between>\bbetween{_SPACE})?(?<![\d.,:/-]){_day('d')}(?:(?:{_DASH}|{_AND}){_day('to')})?"
        rf"{_SPACE}{_OF}(?P<m>{_MONTH})\b\.?{_year('y')}"
        rf"(?:(?(between)(?:{_DASH}|{_AND})|{_DASH}){_day('d2')}{_SPACE}{_OF}(?P<m2>{_MONTH})\b\.?{_year('y2')})?"
    ),
    "month_first": _compiled(
        rf"\b(?P<m>{_MONTH})\b\.?{_SPACE}{_day('d')}(?:{_DASH}{_day('to')}|{_year('y')}"
        rf"(?:{_DASH}(?P<m2>{_MONTH})\b\.?{_SPACE}{_day('d2')})?){_year('y2')}"
    ),
    "month_year": _compiled(rf"\b(?P<m>{_MONTH})\b\.?,?{_SPACE}{_OF}(?P<y>\d{{4}})(?!\d)"),
    "month": re.compile(
        rf"\b(?:[Ii]n|[Dd]uring|[Ss]ince|[Ll]ate|[Ee]arly|[Mm]id|[Ll]ast)[ \n-](?P<m>{_MONTH.title()})\b"
        rf"(?![.,]?{_SPACE}(?:of{_SPACE})?(?:\d{{4}}|(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)(?![\d:/]|,\d))"
    ),
    "year": re.compile(rf"\b(?:[Ii]n|[Dd]uring|[Ss]ince){_SPACE}(?P<y>1[89]\d\d|20\d\d)(?![\d/-])"),
    "part_of_year": _compiled(
        rf"\b(?:early|mid|late|spring|summer|autumn|(?P<winter>winter))(?:-|{_SPACE}){_OF}(?P<y>1[89]\d\d|20\d\d)(?![\d/s-])"
    ),
}
_PARTS_OF_DAY = frozenset(
    {"overnight", "last night", "this morning", "this afternoon", "this evening", "tonight"}
)
Kind = Literal["full", "no_year", "relative", "impossible"]


@dataclass(frozen=True, slots=True)
class TimeMention:
    """Words for a time at a position. ``full`` has its days; the others need the day of the report.

    ``impossible`` ones are written as a day and cannot be read as one; ``question`` says why.

    ``parts`` are (month, day, month, day) of a time without year; day 0 stands for the whole month.
    """

    start: int
    end: int
    words: str
    kind: Kind
    precision: int
    first: date | None = None
    last: date | None = None
    parts: tuple[int, int, int, int] | None = None
    question: str = ""


def report_days(text: str) -> list[date]:
    """The days that a text states in full, each once, in order of first mention."""
    stated = [m for m in time_mentions(text) if m.kind == "full" and m.precision == DAY]
    return list(dict.fromkeys(day for m in stated for day in (m.first, m.last) if day is not None))


def time_mentions(text: str) -> list[TimeMention]:
    """Every word for a time, in text order; of two that overlap the first and longer one counts."""
    found = [mention for name in _PATTERNS for mention in _read(name, text)]
    found += _relative(text)
    chosen: list[TimeMention] = []
    for mention in sorted(found, key=lambda m: (m.start, -m.end)):
        if not chosen or mention.start >= chosen[-1].end:
            chosen.append(mention)
    return _without_weekday_before_day(chosen, text)


def ago(words: str) -> tuple[int, str] | None:
    """Number and unit of "three days ago"; None for all else, "three days later" too."""
    match = _AGO.fullmatch(words)
    if match is None or match["way"].lower() != "ago":
        return None
    number = match["n"].lower()
    return (int(number) if number.isdigit() else _NUMBERS[number]), match["unit"].lower()


def days_after(words: str) -> int | None:
    """Number of days of "two days after"."""
    match = _AGO.fullmatch(words)
    if match is None or match["way"].lower() != "after" or match["unit"].lower() != "day":
        return None
    number = match["n"].lower()
    return int(number) if number.isdigit() else _NUMBERS[number]


def is_decade(words: str) -> bool:
    """Whether the words are those of "the early 1990s"."""
    return bool(_DECADE.fullmatch(words))


def is_part_of_day(mention: TimeMention) -> bool:
    """Whether the words tell an hour rather than a day, as "overnight" does beside a date."""
    return " ".join(mention.words.lower().split()) in _PARTS_OF_DAY


def weekday(words: str) -> tuple[int, str] | None:
    """Number of a weekday and ``last``, ``next`` or nothing before it."""
    match = _WEEKDAY.fullmatch(words)
    return (WEEKDAYS[match["name"].lower()], (match["which"] or "").lower()) if match else None


def _read(name: str, text: str) -> Iterator[TimeMention]:
    for match in islice(_PATTERNS[name].finditer(text), MOST_OF_A_FORM):
        try:
            yield _READERS[name](match)
        except ValueError:  # 31 June and the like are not days; nor is their month meant
            if not _is_verb(match):
                yield _unread(match, "is no day of the calendar: which day was it?")


def _is_verb(match: re.Match[str]) -> bool:
    """Whether "40 may have died", "march 50 km" or "in May 40 people" only look like a day of a month."""
    named = match.groupdict()
    if "d" in named and "y2" in named and not (named["y"] or named["y2"]) and int(named["d"]) > 31:
        return True
    return str(match.groupdict().get("m") or "").lower() in ("may", "march") and match["m"].islower()


def _unread(match: re.Match[str], why: str) -> TimeMention:
    words = " ".join(match[0].split()).rstrip(".")
    return TimeMention(match.start(), match.end(), words, "impossible", DAY, question=f"“{words}” {why}")


def _relative(text: str) -> Iterator[TimeMention]:
    for pattern in (_SINGLE, _AGO, _DECADE, _WEEKDAY):
        for match in islice(pattern.finditer(text), MOST_OF_A_FORM):
            yield TimeMention(match.start(), match.end(), match[0], "relative", DAY)


def _without_weekday_before_day(mentions: list[TimeMention], text: str) -> list[TimeMention]:
    """In "Monday, 12 December" the weekday says nothing of its own."""
    return [
        m
        for m, following in zip_longest(mentions, mentions[1:])
        if not (
            following is not None
            and following.kind != "relative"
            and weekday(m.words)
            and text[m.end : following.start].strip(" ,(\n") == ""
        )
    ]


def _numbers(match: re.Match[str]) -> TimeMention:
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return _mention(match, (month, day, month, day), year, year)


def _figures(match: re.Match[str]) -> TimeMention:
    """A day as 15/06/2021: read where only one order of day and month is possible."""
    if match["y"] is None:
        return _unread(match, "has no year in full: which day was it?")
    year, first, second = int(match["y"]), int(match["a"]), int(match["b"])
    days = {date(year, m, d) for d, m in ((first, second), (second, first)) if _is_day(year, m, d)}
    if not days:
        raise ValueError("no such day")
    if len(days) > 1:
        said = " or ".join(f"{d} {_MONTH_NAMES[m - 1]}" for d, m in ((first, second), (second, first)))
        return _unread(match, f"may be {said}: which day was it?")
    day = days.pop()
    return _mention(match, (day.month, day.day, day.month, day.day), year, year)


def _is_day(year: int, month: int, day: int) -> bool:
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _days(match: re.Match[str]) -> TimeMention:
    month = MONTHS[match["m"].lower()]
    last_month = MONTHS[match["m2"].lower()] if match["m2"] else month
    last_day = match["d2"] or match["to"] or match["d"]
    parts = (month, int(match["d"]), last_month, int(last_day))
    years = [int(year) for year in (match["y"], match["y2"]) if year]
    if not years:
        return _mention(match, parts, None, None)
    first = int(match["y"]) if match["y"] else years[-1] - (parts[:2] > parts[2:])
    return _mention(match, parts, first, years[-1])


def _month(match: re.Match[str]) -> TimeMention:
    month = MONTHS[match["m"].lower()]
    named = match.groupdict().get("y")
    year = int(named) if named else None
    return _mention(match, (month, 0, month, 0), year, year)


def _whole_year(match: re.Match[str]) -> TimeMention:
    if match.groupdict().get("winter"):
        return _unread(match, "may lie in two years: when was it?")
    year = int(match["y"])
    return TimeMention(
        match.start(), match.end(), match[0], "full", YEAR, date(year, 1, 1), date(year, 12, 31)
    )


def _mention(
    match: re.Match[str], parts: tuple[int, int, int, int], year: int | None, last_year: int | None
) -> TimeMention:
    precision = DAY if parts[1] else MONTH
    words = " ".join(match[0].split())
    if year is None or last_year is None:
        days_in(2000, 2000, parts)  # a leap year: is there such a day at all?
        return TimeMention(match.start(), match.end(), words, "no_year", precision, parts=parts)
    first, last = days_in(year, last_year, parts)
    if first > last:
        raise ValueError("a span that ends before it begins")
    return TimeMention(match.start(), match.end(), words, "full", precision, first, last)


_READERS: dict[str, Callable[[re.Match[str]], TimeMention]] = {
    "iso": _numbers,
    "figures": _figures,
    "day_first": _days,
    "month_first": _days,
    "month_year": _month,
    "month": _month,
    "year": _whole_year,
    "part_of_year": _whole_year,
}
