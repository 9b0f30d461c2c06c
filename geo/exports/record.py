"""What travels with every export: whose data it is, how to cite it, and how it was chosen."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import pandas as pd

from geo.situation import Situation

RECORD_ENDING = ".record.json"
"""What is added to the name of a file that cannot hold its own record."""
MOST_SOURCES = 200
"""Names that a record lists; the number of the others stands behind them."""
_LICENCES = (
    (
        "acled",
        "ACLED: terms of use of ACLED; attribution required, no redistribution of raw data without permission",
    ),
    ("ucdp", "UCDP GED: CC BY 4.0, Uppsala Conflict Data Program"),
    ("geoconfirmed", "GeoConfirmed: attribution to GeoConfirmed and its volunteers"),
)


@dataclass(frozen=True, slots=True)
class ExportRecord:
    """The record of an export; ``filters`` says which rows were wanted, ``sources`` who reported them."""

    title: str
    family: str
    rows: int
    made_at: str
    as_of: str
    revision: int
    filters: Mapping[str, str]
    sources: tuple[str, ...]
    licences: tuple[str, ...]
    citation: str
    disclaimer: str
    losses: tuple[str, ...] = ()

    def json(self) -> str:
        """The record as JSON text."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    def text(self) -> str:
        """The record as lines for people."""
        facts: dict[str, Any] = asdict(self)
        lines = [
            f"{name}: {value}" for name, value in facts.items() if isinstance(value, str | int) and value
        ]
        lines += [f"licence: {licence}" for licence in self.licences]
        lines += [f"filter: {name}={value}" for name, value in self.filters.items()]
        lines += [f"lost in this format: {loss}" for loss in self.losses]
        return "\n".join([*lines, *(f"source: {source}" for source in self.sources)]) + "\n"


@dataclass(frozen=True, slots=True)
class Making:
    """When and of which rows an export is made; ``formats`` are the import formats that they came from."""

    made_at: datetime
    as_of: str
    revision: int
    filters: Mapping[str, str]
    formats: frozenset[str]


def export_record(situation: Situation, family: str, rows: pd.DataFrame, *, making: Making) -> ExportRecord:
    """The record of these rows."""
    column = "source_name" if family == "events" else "source"
    named = sorted({part.strip() for cell in rows[column] for part in str(cell).split(";")} - {""})
    extra = (f"and {len(named) - MOST_SOURCES} more",) if len(named) > MOST_SOURCES else ()
    licences = [licence for name, licence in _LICENCES if name in making.formats]
    return ExportRecord(
        title=situation.title,
        family=family,
        rows=len(rows),
        made_at=making.made_at.isoformat(timespec="seconds"),
        as_of=making.as_of,
        revision=making.revision,
        filters=dict(making.filters),
        sources=(*named[:MOST_SOURCES], *extra),
        licences=(*licences, *situation.credits),
        citation=(
            f"{situation.producer}, {situation.title}: {len(rows)} {family}, store revision {making.revision}, "
            f"accessed {making.made_at:%Y-%m-%d}"
        ),
        disclaimer=situation.disclaimer,
    )
