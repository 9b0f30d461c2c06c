"""Which known format a header is of."""

from collections.abc import Sequence

from geo.ingest.formats.acled import ACLED
from geo.ingest.formats.format import Format
from geo.ingest.formats.geoconfirmed import GEOCONFIRMED
from geo.ingest.formats.ucdp import UCDP

FORMATS = {format_.code: format_ for format_ in (ACLED, UCDP, GEOCONFIRMED)}


def known_format(header: Sequence[str]) -> Format | None:
    """The format whose signature the header holds; None for our own columns and for strangers."""
    cells = {cell.casefold() for cell in header}
    return next((f for f in FORMATS.values() if f.signature <= cells), None)
