"""Explicit days in a text, as proposals; relative words such as "Wednesday" are left to the reader."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
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
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
# Day and month are only read in orders that cannot be mistaken: 03/04/2023 is not among them.
_PATTERNS = (
    re.compile(
        r"(?<![\d/.-])(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-])"
    ),
    re.compile(
        rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<name>{_MONTH})\.?,? (?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?P<name>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})(?!\d)",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day at a position in a text; offsets count code points, ``end`` is exclusive."""

    start: int
    end: int
    day: date


def report_days(text: str) -> list[date]:
    """The days that a text states in full, each once, in order of first mention."""
    return list(dict.fromkeys(mention.day for mention in day_mentions(text)))


def day_mentions(text: str) -> list[DayMention]:
    """Every day stated in full, with its position, in text order."""
    found = {
        (mention.start, mention.end): mention for pattern in _PATTERNS for mention in _read(pattern, text)
    }
    return [found[span] for span in sorted(found)]


def _read(pattern: re.Pattern[str], text: str) -> Iterator[DayMention]:
    for match in pattern.finditer(text):
        parts = match.groupdict()
        month = int(parts["month"]) if parts.get("month") else _MONTHS[parts["name"].lower()]
        try:
            day = date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            continue  # 31 June and the like are not days
        yield DayMention(match.start(), match.end(), day)
