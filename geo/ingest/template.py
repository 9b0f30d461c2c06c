"""An empty table in our own columns, to be filled in."""

import csv
import io

from geo.columns import FAMILIES


def template(family: str) -> str:
    """The header line of a family as CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([column.name for column in FAMILIES[family]])
    return out.getvalue()
