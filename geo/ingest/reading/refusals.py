"""Refusals that several readers give, so that one kind of trouble is told in one sentence."""

from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.settings import MAX_COLUMNS

WORKER_SECONDS, WORKER_MB = "CONFLICTMAP_WORKER_SECONDS", "CONFLICTMAP_WORKER_MB"


def empty_file(name: str) -> InputRefused:
    """The refusal of a file without content."""
    return InputRefused(f"{shown(name)} is empty: export it again and check its size.", code="CSV-07")


def too_wide(name: str, width: int) -> InputRefused:
    """The refusal of a table with too many columns."""
    return InputRefused(
        f"{shown(name)} has {width:,} columns and {MAX_COLUMNS} are allowed: remove the empty ones.",
        code="CSV-05",
    )


def beyond_worker(name: str, job: str, what: str, *settings: str) -> InputRefused:
    """The refusal of a file for which the worker has not the means; ``settings`` would give it more."""
    remedy = "save it as CSV (UTF-8)" if job == "workbook" else "split or simplify it"
    more = f", or allow more ({' and '.join(settings)})" if settings else ""
    return InputRefused(f"{shown(name)} {what}: {remedy}{more}.", code="LIM-02")


def incomplete_layer(name: str, *, code: str) -> InputRefused:
    """The refusal of a layer that its library cannot read."""
    return InputRefused(f"{shown(name)} is damaged or incomplete: export it again.", code=code)
