"""Rules across the columns of a row, and across the rows of a file: each names what breaks it."""

import pandas as pd

from geo.columns import id_column
from geo.model import Issue

SPANS = {"events": ("event_date", "date_end"), "posts": ("valid_from", "valid_to")}
"""First and last column of a family's time; a post's end is exclusive, so it must lie later."""


def broken_rules(family: str, frame: pd.DataFrame, lines: pd.Series) -> list[Issue]:
    """One issue for each rule that a row breaks; ``lines`` gives each row's physical line."""
    issues = _reversed_spans(family, frame, lines) + _repeated_ids(family, frame, lines)
    if "lat" in frame:
        issues += _half_coordinates(frame, lines)
    if family == "events":
        issues += _figures_out_of_order(frame, lines)
    return issues


def without_zero_coordinates(frame: pd.DataFrame, lines: pd.Series) -> tuple[pd.DataFrame, list[Issue]]:
    """The rows with 0, 0 blanked, a placeholder of many tools, and a remark for each."""
    if "lat" not in frame:
        return frame, []
    zero = _is(frame["lat"] == 0) & _is(frame["lon"] == 0)
    remarks = [
        Issue(line, "lat", "0, 0", "zero_coordinates", "0, 0 was taken as missing") for line in lines[zero]
    ]
    if not remarks:
        return frame, []
    return frame.assign(lat=frame["lat"].mask(zero), lon=frame["lon"].mask(zero)), remarks


def _reversed_spans(family: str, frame: pd.DataFrame, lines: pd.Series) -> list[Issue]:
    if family not in SPANS:
        return []
    start, end = SPANS[family]
    is_before = frame[end] <= frame[start] if end == "valid_to" else frame[end] < frame[start]
    wrong = (frame[end] != "") & is_before
    return [
        Issue(line, end, value, "ends_before_start", f"{end} is before {start}", "swap or mend the dates")
        for line, value in zip(lines[wrong], frame.loc[wrong, end], strict=True)
    ]


def _figures_out_of_order(frame: pd.DataFrame, lines: pd.Series) -> list[Issue]:
    low, best, high = (frame[f"fatalities_{bound}"] for bound in ("low", "best", "high"))
    wrong = _is((low > best) | (best > high) | (low > high))
    reason = "low <= best <= high does not hold"
    return [
        Issue(line, "fatalities_best", "", "figures_out_of_order", reason, "mend the figures")
        for line in lines[wrong]
    ]


def _half_coordinates(frame: pd.DataFrame, lines: pd.Series) -> list[Issue]:
    half = frame["lat"].isna() != frame["lon"].isna()
    reason = "lat and lon must both be filled or both be empty"
    return [Issue(line, "lat", "", "half_a_coordinate", reason) for line in lines[half]]


def _repeated_ids(family: str, frame: pd.DataFrame, lines: pd.Series) -> list[Issue]:
    """An id that stands twice with different content; an exact repeat is harmless and stays."""
    key = id_column(family)
    distinct = frame.drop_duplicates()
    clashing = set(distinct.loc[distinct[key].duplicated(keep="first"), key])
    first_lines = lines.groupby(frame[key].to_numpy()).min() if len(frame) else pd.Series(dtype="int64")
    return [
        Issue(
            line,
            key,
            str(value)[:200],
            "repeated_id",
            f"the id stands in line {first_lines[value]} with other content",
            "give each row its own id",
        )
        for line, value in zip(lines, frame[key], strict=True)
        if value in clashing and line != first_lines[value]
    ]


def _is(mask: pd.Series) -> pd.Series:
    """A mask in which unknown counts as no."""
    return mask.fillna(value=False).astype(bool)
