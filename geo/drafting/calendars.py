"""Months and years as first and last days."""

from calendar import monthrange
from datetime import date


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def days_in(year: int, last_year: int, parts: tuple[int, int, int, int]) -> tuple[date, date]:
    """First and last day of month and day parts in given years; day 0 is the whole month."""
    month, day, last_month, last_day = parts
    first = date(year, month, day or 1)
    return first, date(last_year, last_month, last_day) if last_day else month_end(last_year, last_month)
