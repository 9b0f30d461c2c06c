"""The columns of every family of rows, once: schemas, store tables, templates and docs are made from these.

Words for ``type``: ``text``, ``day`` (ISO 8601), ``int``, ``real``, ``geometry`` (EPSG:4326, GeoJSON in
the store). A family's first column is its id.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from geo import vocab

MOST_PEOPLE = 100_000_000
"""A larger number of people in one row is a slip; sums of smaller ones cannot overflow."""
ColumnType = Literal["text", "day", "int", "real", "geometry"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what it holds, whether it must be filled, and which values it may take."""

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    allowed: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    aliases: tuple[str, ...] = ()
    longest: int = 10_000


EVENTS = (
    Column("event_id", "text", "Stable id of the event in its source", required=True, longest=200),
    Column("event_date", "day", "First day on which it may have happened", required=True, aliases=("date",)),
    Column("date_end", "day", "Last day on which it may have happened; empty = the same day"),
    Column(
        "time_precision", "int", "1 day, 2 week, 3 month, 4 year", allowed=vocab.codes(vocab.TIME_PRECISIONS)
    ),
    Column(
        "event_type",
        "text",
        "What happened, by our types",
        required=True,
        allowed=vocab.codes(vocab.EVENT_TYPES),
        aliases=("type",),
    ),
    Column("sub_type", "text", "The source's own, finer type", aliases=("sub_event_type",), longest=500),
    Column("actor1", "text", "Who acted; several are separated by ;", longest=1000),
    Column("actor2", "text", "Against or with whom; several are separated by ;", longest=1000),
    Column(
        "fatalities_low", "int", "Lowest credible number of dead; empty is not 0", low=0, high=MOST_PEOPLE
    ),
    Column(
        "fatalities_best",
        "int",
        "Best estimate; empty where it is disputed",
        low=0,
        high=MOST_PEOPLE,
        aliases=("fatalities",),
    ),
    Column("fatalities_high", "int", "Highest credible number", low=0, high=MOST_PEOPLE),
    Column(
        "toponym",
        "text",
        "The place as the source names it",
        aliases=("location", "place", "place_reported"),
        longest=1000,
    ),
    Column("place_id", "text", "Gazetteer place that the toponym was resolved to", longest=200),
    Column("lat", "real", "Latitude in degrees, EPSG:4326", low=-90, high=90, aliases=("latitude",)),
    Column(
        "lon", "real", "Longitude in degrees, EPSG:4326", low=-180, high=180, aliases=("longitude", "lng")
    ),
    Column(
        "geo_precision",
        "int",
        "1 town, 2 near a town or small area, 3 region",
        allowed=vocab.codes(vocab.GEO_PRECISIONS),
    ),
    Column("where_prec", "int", "UCDP where_prec, kept as given", low=1, high=7),
    Column("admin0", "text", "Country", aliases=("country",), longest=200),
    Column("admin1", "text", "First-level unit", longest=200),
    Column(
        "description", "text", "What happened, in one or two sentences", aliases=("notes",), longest=100_000
    ),
    Column(
        "source_name",
        "text",
        "Who reported it; several are separated by ;",
        aliases=("source",),
        longest=1000,
    ),
    Column("source_url", "text", "Where it can be read", aliases=("url",), longest=2000),
    Column("confidence", "text", "high, medium or low", allowed=vocab.codes(vocab.CONFIDENCES)),
    Column("tags", "text", "Free marks, separated by ;", longest=1000),
)

ZONES = (
    Column(
        "row_id", "text", "Id of this row: one zone, one status, one span of time", required=True, longest=200
    ),
    Column("zone_id", "text", "Id of the ground; the same over time", required=True, longest=200),
    Column("name", "text", "Name of the ground, in both forms", required=True, longest=500),
    Column(
        "kind",
        "text",
        "control, presence, influence or administrative",
        required=True,
        allowed=vocab.codes(vocab.ZONE_KINDS),
    ),
    Column("status", "text", "How it is held", required=True, allowed=vocab.codes(vocab.ZONE_STATUSES)),
    Column("party", "text", "Who holds it; empty when contested or unknown", longest=200),
    Column("party_as_stated", "text", "The holder in the source's words", longest=500),
    Column("valid_from", "day", "First day on which it holds; empty = no start stated"),
    Column("valid_to", "day", "First day on which it no longer holds; empty = open"),
    Column("accuracy", "text", "How exactly the outline is known", longest=1000),
    Column("confidence", "text", "high, medium or low", allowed=vocab.codes(vocab.CONFIDENCES)),
    Column("source", "text", "Where it can be read", longest=4000),
    Column("note", "text", "What the reader must know", longest=10_000),
    Column("geometry", "geometry", "Polygon or MultiPolygon, EPSG:4326", required=True),
)

LINES = (
    Column("line_id", "text", "Id of the line", required=True, longest=200),
    Column("name", "text", "Name of the line", required=True, longest=500),
    Column(
        "kind",
        "text",
        "line_of_contact or corridor_road",
        required=True,
        allowed=("line_of_contact", "corridor_road"),
    ),
    Column("valid_from", "day", "First day on which it holds; empty = no start stated"),
    Column("valid_to", "day", "First day on which it no longer holds; empty = open"),
    Column("accuracy", "text", "How exactly the line is known", longest=1000),
    Column("confidence", "text", "high, medium or low", allowed=vocab.codes(vocab.CONFIDENCES)),
    Column("source", "text", "Where it can be read", longest=4000),
    Column("note", "text", "What the reader must know", longest=10_000),
    Column("geometry", "geometry", "LineString or MultiLineString, EPSG:4326", required=True),
)

POSTS = (
    Column("post_id", "text", "Id of the post", required=True, longest=200),
    Column("name", "text", "Name of the post", required=True, longest=500),
    Column("contingent", "text", "Party that mans it; empty = not stated", longest=200),
    Column("kind", "text", "What it is", required=True, allowed=vocab.codes(vocab.POST_KINDS)),
    Column("strength", "int", "People, where published", low=0, high=MOST_PEOPLE),
    Column("valid_from", "day", "First day on which it is manned; empty = no start stated"),
    Column("valid_to", "day", "First day on which it is no longer manned; empty = open"),
    Column("place_id", "text", "Gazetteer place", longest=200),
    Column("lat", "real", "Latitude in degrees, EPSG:4326", required=True, low=-90, high=90),
    Column("lon", "real", "Longitude in degrees, EPSG:4326", required=True, low=-180, high=180),
    Column(
        "geo_precision",
        "int",
        "1 town, 2 near a town or small area, 3 region",
        allowed=vocab.codes(vocab.GEO_PRECISIONS),
    ),
    Column("confidence", "text", "high, medium or low", allowed=vocab.codes(vocab.CONFIDENCES)),
    Column("source", "text", "Where it can be read", longest=4000),
    Column("note", "text", "What the reader must know", longest=10_000),
)

FAMILIES: Mapping[str, tuple[Column, ...]] = {
    "events": EVENTS,
    "zones": ZONES,
    "lines": LINES,
    "posts": POSTS,
}


SHORT_NAMES: Mapping[str, str] = {
    "time_precision": "time_prec",
    "fatalities_low": "fatal_low",
    "fatalities_best": "fatal_best",
    "fatalities_high": "fatal_high",
    "geo_precision": "geo_prec",
    "description": "descript",
    "source_name": "source_nam",
    "confidence": "confid",
    "party_as_stated": "party_said",
    "contingent": "conting",
}
"""Names of the columns in a shapefile, whose table allows ten letters."""


def id_column(family: str) -> str:
    """Name of the column that identifies a row of the family."""
    return FAMILIES[family][0].name


def names(family: str) -> tuple[str, ...]:
    """Names of the family's columns, in order."""
    return tuple(column.name for column in FAMILIES[family])
