"""Refusals that several readers give, so that one kind of trouble is told in one sentence."""

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.settings import MAX_COLUMNS


def empty_file(name: str) -> InputRefused:
    """The refusal of a file without content."""
    return InputRefused(f"{shown(name)} is empty: export it again and check its size.", code="CSV-07")


def too_wide(name: str, width: int) -> InputRefused:
    """The refusal of a table with too many columns."""
    return InputRefused(
        f"{shown(name)} has {width:,} columns and {MAX_COLUMNS} are allowed: remove the empty ones.",
        code="CSV-05",
    )


def incomplete_layer(name: str, *, code: str) -> InputRefused:
    """The refusal of a layer that its library cannot read."""
    return InputRefused(f"{shown(name)} is damaged or incomplete: export it again.", code=code)
