"""Frames of typed rows, checked with pandera at two borders: import and store.

``schema(family)`` is made from :mod:`geo.columns`; :func:`check_frame` turns what pandera finds into
one :class:`~geo.model.Issue` for each wrong cell, so that a wrong row is data and never an exception.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.columns import FAMILIES, Column
from geo.model import Issue

if TYPE_CHECKING:
    import pandera.pandas as pa

_DTYPES = {"text": "str", "day": "str", "int": "Int64", "real": "Float64", "geometry": "object"}


def empty_frame(family: str) -> pd.DataFrame:
    """A frame of the family without rows, with the right columns and types."""
    columns = FAMILIES[family]
    return pd.DataFrame({c.name: pd.Series([], dtype=_DTYPES[c.type]) for c in columns})


def as_frame(family: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Typed frame of rows given as dicts; a missing text is ``""``, a missing number is NA."""
    return pd.DataFrame(
        {c.name: typed_column(c, [row.get(c.name) for row in rows]) for c in FAMILIES[family]}
    )


def typed_column(column: Column, values: Sequence[Any]) -> pd.Series:
    """The values as a column of its type; a missing text is ``""``, a missing number is NA."""
    if column.type in {"text", "day"}:
        values = ["" if value is None else str(value) for value in values]
    return pd.Series(values, dtype=_DTYPES[column.type])


@lru_cache
def schema(family: str) -> "pa.DataFrameSchema":
    """The pandera schema of a family of rows."""
    import pandera.pandas as pa  # noqa: PLC0415  (a second of start-up that most processes never need)

    return pa.DataFrameSchema(
        {
            c.name: pa.Column(_DTYPES[c.type], _checks(pa, c), nullable=c.type != "text")
            for c in FAMILIES[family]
        },
        strict=True,
        ordered=True,
    )


def check_frame(family: str, frame: pd.DataFrame, *, lines: pd.Series) -> list[Issue]:
    """One issue for each cell that breaks the schema; ``lines`` gives each row's physical line.

    The frame's index must be unique and shared with ``lines``.
    """
    import pandera.errors  # noqa: PLC0415

    try:
        schema(family).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        return [
            Issue(
                line=int(lines.loc[case.index]),
                column=str(case.column),
                value=str(case.failure_case)[:200],
                code=str(case.check),
                reason=_reason(family, str(case.column), str(case.check)),
            )
            for case in cases.itertuples(index=False)
        ]
    return []


def _checks(pa: Any, column: Column) -> list["pa.Check"]:
    checks = []
    if column.required and column.type == "text":
        checks.append(pa.Check(lambda s: s.str.len() > 0, error="missing"))
    if column.required and column.type != "text":
        checks.append(pa.Check(lambda s: s.notna() & (s.astype(str) != ""), error="missing", ignore_na=False))
    if column.allowed:
        allowed = {int(code) for code in column.allowed} if column.type == "int" else {*column.allowed, ""}
        checks.append(pa.Check.isin(allowed, error="not_allowed"))
    if column.low is not None:
        checks.append(pa.Check.ge(column.low, error="too_low"))
    if column.high is not None:
        checks.append(pa.Check.le(column.high, error="too_high"))
    if column.type == "text":
        checks.append(pa.Check(lambda s: s.str.len() <= column.longest, error="too_long"))
    return checks


def _reason(family: str, name: str, check: str) -> str:
    column = next(c for c in FAMILIES[family] if c.name == name)
    return {
        "missing": f"{name} must be filled",
        "not_allowed": f"{name} must be one of {', '.join(column.allowed)}",
        "too_low": f"{name} must be at least {column.low}",
        "too_high": f"{name} must be at most {column.high}",
        "too_long": f"{name} may have at most {column.longest} characters",
    }.get(check, f"{name} breaks the rule {check}")
