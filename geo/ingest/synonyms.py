"""What columns are called in the field: our names, their aliases, and common words."""

from collections.abc import Mapping

from geo.columns import FAMILIES, SHORT_NAMES
from geo.ingest.source import GEOMETRY

SYNONYMS: Mapping[str, Mapping[str, str]] = {
    "events": {
        "id": "event_id", "timestamp": "event_date", "begin": "event_date", "end": "date_end", "x": "lon",
        "y": "lat", "long": "lon", "name": "toponym", "city": "toponym", "village": "toponym", "town": "toponym",
        "killed": "fatalities_best", "deaths": "fatalities_best", "link": "source_url",
        "summary": "description", "comment": "description", "adm1": "admin1", "province": "admin1",
        "precision": "geo_precision",
    },
    "posts": {
        "id": "post_id", "since": "valid_from", "begin": "valid_from", "start": "valid_from", "from": "valid_from",
        "until": "valid_to", "end": "valid_to", "to": "valid_to", "description": "note", "latitude": "lat",
        "longitude": "lon", "title": "name", "type": "kind", "timestamp": "valid_from",
    },
    "zones": {
        "id": "row_id", "since": "valid_from", "begin": "valid_from", "start": "valid_from", "from": "valid_from",
        "until": "valid_to", "end": "valid_to", "to": "valid_to", "description": "note", "title": "name",
        "controller": "party", "holder": "party", "timestamp": "valid_from", "wkt": GEOMETRY,
    },
    "lines": {
        "id": "line_id", "since": "valid_from", "begin": "valid_from", "start": "valid_from", "from": "valid_from",
        "until": "valid_to", "end": "valid_to", "to": "valid_to", "description": "note", "title": "name",
        "timestamp": "valid_from", "wkt": GEOMETRY,
    },
}  # fmt: skip
"""Common names that are ours only where the family's own name is missing."""


def namings(family: str) -> list[dict[str, str]]:
    """Names of a family's columns, name by name, in the order in which they are tried."""
    columns = FAMILIES[family]
    return [
        {column.name: column.name for column in columns},
        {SHORT_NAMES[column.name]: column.name for column in columns if column.name in SHORT_NAMES},
        {alias: column.name for column in columns for alias in column.aliases},
        dict(SYNONYMS[family]),
    ]
