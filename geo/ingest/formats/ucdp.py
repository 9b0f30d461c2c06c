"""UCDP GED and its monthly Candidate file (UCDP GED Codebook 25.1): spans, ranges and precisions are kept."""

from collections.abc import Mapping
from functools import partial

from geo.ingest.formats.format import Derived, Format

_TYPES = {"1": "battle", "2": "battle", "3": "mass_killing"}
_TIME_PRECISIONS = {"1": "1", "2": "2", "3": "2", "4": "3", "5": "4"}
"""date_prec: 1 day, 2 two to six days, 3 week, 4 month, 5 year."""
_GEO_PRECISIONS = {"1": "1", "2": "2", "3": "3", "4": "3", "5": "3", "6": "3", "7": "3"}
"""where_prec: 1 exact, 2 within 25 km, 3 and 4 units, 5 larger, 6 country, 7 sea or air."""


def _coded(codes: Mapping[str, str], text: str) -> str:
    """Our code for one of theirs; an unknown one stays, and is named when it is read."""
    return codes.get(text.strip(), text)


UCDP = Format(
    code="ucdp",
    signature=frozenset({"type_of_violence", "date_start", "date_end", "where_prec"}),
    columns={
        "id": "event_id",
        "date_start": "event_date",
        "date_end": "date_end",
        "side_a": "actor1",
        "side_b": "actor2",
        "dyad_name": "sub_type",
        "conflict_name": "sub_type",
        "low": "fatalities_low",
        "best": "fatalities_best",
        "high": "fatalities_high",
        "where_coordinates": "toponym",
        "where_prec": "where_prec",
        "latitude": "lat",
        "longitude": "lon",
        "country": "admin0",
        "adm_1": "admin1",
        "source_headline": "description",
        "source_office": "source_name",
        "source_article": "source_name",
    },
    derived={
        "event_type": Derived(("type_of_violence",), partial(_coded, _TYPES)),
        "time_precision": Derived(("date_prec",), partial(_coded, _TIME_PRECISIONS)),
        "geo_precision": Derived(("where_prec",), partial(_coded, _GEO_PRECISIONS)),
    },
    flags_figures=True,
)
