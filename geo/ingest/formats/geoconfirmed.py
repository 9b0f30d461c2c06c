"""GeoConfirmed's export: geolocated footage, one item a row."""

from geo.ingest.formats.format import Format

GEOCONFIRMED = Format(
    code="geoconfirmed",
    signature=frozenset({"pluscode", "geolocation", "faction", "latitude", "longitude"}),
    columns={
        "id": "event_id",
        "date": "event_date",
        "faction": "actor1",
        "latitude": "lat",
        "longitude": "lon",
        "description": "description",
        "name": "sub_type",
        "geolocation": "source_name",
        "source": "source_url",
        "equipment": "tags",
    },
)
