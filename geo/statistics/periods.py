"""Days, weeks, months and years as half-open periods; weeks begin on Monday (ISO 8601)."""

from typing import Literal

import numpy as np
import numpy.typing as npt

from geo.interval import Days, day_of

Unit = Literal["day", "week", "month", "year"]
UNITS: tuple[Unit, ...] = ("day", "week", "month", "year")
"""From fine to coarse."""
_MONDAY = -3
"""Day number of a Monday: 1970-01-01 was a Thursday."""
_CALENDAR: dict[str, Literal["M", "Y"]] = {"month": "M", "year": "Y"}
Ordinals = npt.NDArray[np.int64]


def ordinals(days: npt.ArrayLike, unit: Unit) -> Ordinals:
    """Number of the period in which each day number lies; neighbouring periods have neighbouring numbers."""
    numbers = np.asarray(days, np.int64)
    if unit == "day":
        return numbers
    if unit == "week":
        return (numbers - _MONDAY) // 7
    # astype truncates towards the past for calendar units, days before 1970 included.
    return numbers.astype("datetime64[D]").astype(f"datetime64[{_CALENDAR[unit]}]").astype(np.int64)


def first_days(periods: npt.ArrayLike, unit: Unit) -> Days:
    """First day number of each period; that of the next period is its exclusive end."""
    numbers = np.asarray(periods, np.int64)
    if unit == "week":
        numbers = numbers * 7 + _MONDAY
    elif unit != "day":
        numbers = numbers.astype(f"datetime64[{_CALENDAR[unit]}]").astype("datetime64[D]").astype(np.int64)
    return numbers.astype(np.int32)


def fitting_unit(first: int, last: int, *, most: int, finest: Unit = "day") -> Unit:
    """The finest unit, from ``finest`` on, that cuts the closed span of days into few enough periods."""
    for unit in UNITS[UNITS.index(finest) :]:
        begin, end = ordinals([first, last], unit).tolist()
        if end - begin < most:
            return unit
    return UNITS[-1]


def period_words(first_day: int, unit: Unit) -> str:
    """``9 Nov 2020``, ``week of 9 Nov 2020``, ``Nov 2020`` or ``2020``, for the period's first day."""
    day = day_of(first_day)
    words = f"{day.day} {day:%b} {day.year}"
    return {"day": words, "week": f"week of {words}", "month": f"{day:%b} {day.year}", "year": f"{day.year}"}[
        unit
    ]
