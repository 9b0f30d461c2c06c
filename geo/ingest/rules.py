"""Rules across the columns of a row: each names the rows that break it."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from geo.ingest.rows import Rows
from geo.model import Issue

SPANS = {
    "events": ("event_date", "date_end"),
    "posts": ("valid_from", "valid_to"),
    "zones": ("valid_from", "valid_to"),
    "lines": ("valid_from", "valid_to"),
}
"""First and last column of a family's time; ``valid_to`` is exclusive, so it must lie later."""


def apply_rules(rows: Rows, family: str, *, flags_figures: bool) -> None:
    """Take out the rows that contradict themselves; blank what stands for nothing."""
    if "lat" in rows.columns:
        _blank_zero(rows)
        rows.reject(_half_coordinates(rows))
    rows.reject(_reversed_spans(rows, *SPANS[family]))
    if family == "events":
        _note_future(rows)
        contradictory = _figures_out_of_order(rows)
        if flags_figures:
            rows.remarks += contradictory.values()
            _count(rows, "VAL-05", len(contradictory))
        else:
            rows.reject(contradictory)


def _count(rows: Rows, code: str, count: int) -> None:
    if count:
        rows.counts[code] += count


def _note_future(rows: Rows) -> None:
    """An event that has not happened yet is a slip of a century, or a plan: it is taken, and said."""
    tomorrow = (datetime.now(UTC).date() + timedelta(days=1)).isoformat()
    days = rows.columns["event_date"]
    if max(days, default="") <= tomorrow:
        return
    later = [position for position, day in enumerate(days) if day > tomorrow]
    reason, fix = "the day lies in the future", "check the year"
    rows.remarks += [rows.issue(p, "event_date", days[p], "DAT-05", reason, fix) for p in later]
    _count(rows, "DAT-05", len(later))


def _blank_zero(rows: Rows) -> None:
    """0, 0 is a placeholder of many tools, and an empty sea."""
    lat, lon = rows.columns["lat"], rows.columns["lon"]
    if 0 not in lat:
        return
    for position, (north, east) in enumerate(zip(lat, lon, strict=True)):
        if north == 0 and east == 0:
            lat[position] = lon[position] = None
            rows.counts["GEO-03"] += 1
            rows.examples.setdefault("GEO-03", "0, 0")
            rows.remarks.append(rows.issue(position, "lat", "0, 0", "GEO-03", "0, 0 was taken as missing"))


def _half_coordinates(rows: Rows) -> dict[int, Issue]:
    if None not in rows.columns["lat"] and None not in rows.columns["lon"]:
        return {}
    pairs = zip(rows.columns["lat"], rows.columns["lon"], strict=True)
    return {
        position: rows.issue(
            position, "lat", "", "GEO-03", "lat and lon must both be filled or both be empty", "fill both"
        )
        for position, (north, east) in enumerate(pairs)
        if (north is None) != (east is None)
    }


def _reversed_spans(rows: Rows, start: str, end: str) -> dict[int, Issue]:
    if not any(rows.columns[end]):
        return {}
    is_wrong: Callable[[Any, Any], bool] = (
        (lambda first, last: last <= first) if end == "valid_to" else (lambda first, last: last < first)
    )
    pairs = zip(rows.columns[start], rows.columns[end], strict=True)
    return {
        position: rows.issue(
            position, end, last, "DAT-09", f"{end} is before {start}", "swap or mend the dates"
        )
        for position, (first, last) in enumerate(pairs)
        if first and last and is_wrong(first, last)
    }


def _figures_out_of_order(rows: Rows) -> dict[int, Issue]:
    low, best, high = (rows.columns[f"fatalities_{bound}"] for bound in ("low", "best", "high"))
    if set(low) <= {None} and set(high) <= {None}:
        return {}  # most sources give one figure, and one figure cannot contradict itself
    return {
        position: rows.issue(
            position,
            "fatalities_best",
            f"{figures}",
            "VAL-05",
            "low <= best <= high does not hold",
            "mend them",
        )
        for position, figures in enumerate(zip(low, best, high, strict=True))
        if not in_order(figures)
    }


def in_order(figures: Sequence[int | None]) -> bool:
    """Whether the figures that are stated rise, or stay, from low over best to high."""
    stated = [figure for figure in figures if figure is not None]
    return all(lower <= higher for lower, higher in pairwise(stated))
