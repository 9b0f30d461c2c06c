"""From the words for a time to days: by the day of the report, or to a question where that is not known."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from geo.drafting.calendars import days_in, month_end
from geo.drafting.days import (
    DAY,
    MONTH,
    WEEK,
    YEAR,
    TimeMention,
    ago,
    days_after,
    is_decade,
    weekday,
)
from geo.drafting.model import When
from geo.drafting.sentences import Span

CLEAR_YEAR_DAYS = 270
"""A day without year is the last one before the report if that is no longer ago; else the next may be meant."""
_HEAD = 90
_HEADING = re.compile(r"[#>*_\s]*(?:\(?[^\W\d_][\w.'’()/-]*,?\s+){0,10}[(\[]?")
_LABEL = re.compile(r"[#>*_\s]*(?:date|published|posted|updated|issued)(?: on)?:?\**\s*", re.IGNORECASE)
_AFTER_DATE = re.compile(r"[)\]]?\s{0,2}(?:[-–—:(.]|\*|$)")
_SAME_DAY, _BESIDE_ANOTHER = (
    re.compile(r"(?:on )?the same day"),
    re.compile(r"(?:previous|following|next) day|^the day (?:before$|after)|(?:earlier|later|after|before)$"),
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A day at the head of a paragraph; it holds from there to the next one."""

    start: int
    end: int
    paragraph: int
    day: date
    words: str


def datelines(text: str, spans: Sequence[Span], mentions: Sequence[TimeMention]) -> list[Dateline]:
    """The days that stand at the head of a paragraph as "PLACE, 20 September 2023 -" does, in text order."""
    starts = [mention.start for mention in mentions]
    found = []
    for number, span in enumerate(spans):
        at = bisect_right(starts, span.start - 1)
        if at < len(mentions) and mentions[at].start - span.start <= _HEAD:
            mention = mentions[at]
            if mention.kind == "full" and mention.precision == DAY and _heads(text, span, mention):
                assert mention.first is not None  # noqa: S101 - a full mention has its days
                found.append(Dateline(span.start, mention.end, number, mention.first, mention.words))
    return found


def _heads(text: str, span: Span, mention: TimeMention) -> bool:
    before = text[span.start : mention.start]
    if mention.first != mention.last or not _AFTER_DATE.match(
        text[mention.end : min(span.end, mention.end + 4)]
    ):
        return False
    if _LABEL.fullmatch(before):
        return True
    words = re.findall(r"[^\W\d_]+", before)
    return bool(_HEADING.fullmatch(before) or not before.strip("#>*_ \n(")) and all(
        word[0].isupper() or not word[0].isascii() for word in words
    )


def day_of(mention: TimeMention, reference: date | None, earlier: When | None) -> When:
    """The days that are meant. ``reference`` is the day of the report, ``earlier`` the time named before."""
    words = " ".join(mention.words.split())
    if mention.kind == "full":
        return When(mention.first, mention.last, mention.precision, words)
    if mention.question:
        return When(None, None, mention.precision, words, mention.question)
    if _SAME_DAY.fullmatch(words.lower()) and earlier is not None and earlier.first is not None:
        return When(
            earlier.first,
            earlier.last,
            earlier.precision,
            words,
            note=f"“{words}” is read as {earlier.first}",
        )
    if question := _question(words, reference):
        return When(None, None, mention.precision, words, question)
    assert reference is not None  # noqa: S101 - else it would have been asked for
    if mention.parts is not None:
        return _with_year(mention.parts, mention.precision, words, reference)
    return _relative(words, reference)


def _question(words: str, reference: date | None) -> str:
    """What must be asked about the words of a time; empty if the day of the report settles it."""
    lower = words.lower()
    if is_decade(words):
        return f"“{words}” is wider than a year: when was it?"
    if _SAME_DAY.fullmatch(lower) or _BESIDE_ANOTHER.search(lower):
        return f"“{words}” depends on the sentence before: which day is it?"
    return f"“{words}” needs the day of the report." if reference is None else ""


def day_before_other(mention: TimeMention, other: When) -> When | None:
    """The day of what "a day after" names, where the sentence gives the day of what came after; None for other words."""
    days = days_after(mention.words)
    if days is None or other.first is None or other.precision != DAY:
        return None
    day = other.first - timedelta(days=days)
    return When(day, day, DAY, mention.words, note=f"“{mention.words}” it was {other.first}")


def _with_year(parts: tuple[int, int, int, int], precision: int, words: str, reference: date) -> When:
    """The last such days that began by the day of the report, if they are not long ago."""
    for year in (reference.year, reference.year - 1):
        try:
            first, last = days_in(year, year + (parts[:2] > parts[2:]), parts)
        except ValueError:  # 29 February of another year
            continue
        if first <= reference and (reference - first).days <= CLEAR_YEAR_DAYS:
            return When(first, last, precision, words, note=f"the year {year} is taken from the report's day")
        if first <= reference:
            break
    return When(None, None, precision, words, f"“{words}” has no year: which one is it?")


def _relative(words: str, today: date) -> When:
    lower = words.lower()
    note = f"“{words}” is counted from {today.isoformat()}"
    if counted := ago(lower):
        first, last, precision = _ago(*counted, today)
        return When(first, last, precision, words, note=note)
    if named := weekday(words):
        return _weekday(named, words, today, note)
    first, last, precision = _SINGLE[lower.removeprefix("the ")](today)
    return When(first, last, precision, words, note=note)


def _weekday(named: tuple[int, str], words: str, today: date, note: str) -> When:
    number, which = named
    if which == "next":
        return When(None, None, DAY, words, f"“{words}” is after the report: has it happened?")
    back = (today.weekday() - number) % 7
    if which == "last" and back == 0:
        back = 7
    day = today - timedelta(days=back)
    return When(day, day, DAY, words, note=note)


def _ago(number: int, unit: str, today: date) -> tuple[date, date, int]:
    if unit == "day":
        day = today - timedelta(days=number)
        return day, day, DAY
    if unit == "week":
        return _week_of(today - timedelta(weeks=number))
    if unit == "month":
        return _month_before(today, number)
    year = max(1, today.year - number)
    return date(year, 1, 1), date(year, 12, 31), YEAR


def _week_of(day: date) -> tuple[date, date, int]:
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6), WEEK


def _month_before(today: date, number: int) -> tuple[date, date, int]:
    count = max(12, today.year * 12 + today.month - 1 - number)
    year, month = divmod(count, 12)
    return date(year, month + 1, 1), month_end(year, month + 1), MONTH


def _back(days: int) -> tuple[int, int]:
    return days, days


_SINGLE = {
    word: (lambda today, back=back: (today - timedelta(days=back[0]), today - timedelta(days=back[1]), DAY))
    for word, back in {
        "yesterday": _back(1),
        "today": _back(0),
        "tonight": _back(0),
        "this morning": _back(0),
        "this afternoon": _back(0),
        "this evening": _back(0),
        "earlier today": _back(0),
        "day before yesterday": _back(2),
        "overnight": (1, 0),
        "last night": (1, 0),
    }.items()
} | {
    "last week": lambda today: _week_of(today - timedelta(weeks=1)),
    "this week": _week_of,
    "last month": lambda today: _month_before(today, 1),
    "this month": lambda today: _month_before(today, 0),
    "last year": lambda today: _ago(1, "year", today),
    "this year": lambda today: _ago(0, "year", today),
}
"""Words for a time that need the day of the report, and how they are counted from it."""
