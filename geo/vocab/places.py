"""Kinds of places in the gazetteer."""

POINT_KINDS = frozenset({"city", "town", "village", "site"})
"""Kinds of places that are a point on the map; every other kind is an area or a line."""
PLACE_KINDS = (
    "country",
    "admin1",
    "admin2",
    "region",
    "continent",
    "city",
    "town",
    "village",
    "site",
    "line",
    "corridor",
    "sea",
    "river",
)
