"""Days and half-open intervals: a thing holds from ``valid_from`` up to, not including, ``valid_to``.

Days are whole numbers counted from 1970-01-01, negative before it, so that dates of any century
sort, compare and travel to the browser as plain integers.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

EPOCH = date(1970, 1, 1)
FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years beyond these are slips of a key, and would stretch the time bar."""
FIRST_DAY, LAST_DAY = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
OPEN_END = 2**31 - 1
"""Day number that stands for "no end yet"."""

Days = npt.NDArray[np.int32]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The date of a day number; the inverse of :func:`day_number`."""
    return EPOCH + timedelta(days=int(number))


def parse_day(text: str) -> date:
    """Read an ISO 8601 day (``YYYY-MM-DD``) and nothing else.

    Raises
    ------
    ValueError
        The text is not exactly one ISO day, or the day does not exist.
    """
    if len(text) != 10 or not text.isascii() or text[4] != "-" or text[7] != "-":
        raise ValueError(f"{text[:40]!r} is not a day written YYYY-MM-DD")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a day that exists") from None


def minute_text(instant: str) -> str:
    """``2026-08-11 14:03 UTC`` out of an ISO 8601 instant in UTC."""
    return f"{instant[:16].replace('T', ' ')} UTC"


def plausible_day(text: str) -> date:
    """An ISO day of the years that links, files and commands may name.

    Raises
    ------
    ValueError
        It is no day, or outside :data:`FIRST_YEAR` to :data:`LAST_YEAR`.
    """
    day = parse_day(text)
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(f"{text!r} is outside {FIRST_YEAR} to {LAST_YEAR}")
    return day


def day_numbers(texts: Iterable[str | None], *, missing: int) -> Days:
    """Day numbers of ISO days; ``missing`` where there is none."""
    return np.array(
        [missing if not text else day_number(date.fromisoformat(text)) for text in texts],
        dtype=np.int32,
    )


def holds_on(day: int, *, start: Any, end: Any) -> Any:
    """Whether ``[start, end)`` contains the day; works on numbers and on arrays of them."""
    return (start <= day) & (day < end)


def overlaps_window(first: int, last: int, *, start: Any, end: Any) -> Any:
    """Whether the closed span ``[start, end]`` meets the closed window ``[first, last]``."""
    return (start <= last) & (first <= end)
