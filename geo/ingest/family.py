"""What the rows of a file are: events, posts, zones or lines."""

from geo.ingest.shape_cells import shape_kind
from geo.ingest.source import Source


def family_of(source: Source) -> str:
    """What the rows of a file are: shapes tell zones, lines and points; a table's id column tells the rest."""
    cells = {cell.casefold() for cell in source.header}
    if source.shapes:
        return _family_of_shapes(source)
    if {"zone_id", "valid_from"} <= cells:
        return "zones"
    if {"line_id", "valid_from"} <= cells:
        return "lines"
    return "posts" if "post_id" in cells or {"contingent", "valid_from"} <= cells else "events"


def _family_of_shapes(source: Source) -> str:
    if any(cell.casefold() in {"event_id", "event_id_cnty"} for cell in source.header):
        return "events"
    batch = next(source.batches(), None)
    rows = batch.cells[:1000] if batch else []
    kinds = [kind for row in rows if (kind := shape_kind(row[-1]))]
    most = max(dict.fromkeys(kinds), key=kinds.count, default="Polygon")
    if most != "Point":
        return "lines" if most == "LineString" else "zones"
    filled = {
        cell.casefold() for position, cell in enumerate(source.header) if any(row[position] for row in rows)
    }
    dated = filled & {"event_date", "date", "timestamp", "event_type", "datetime", "date_start"}
    return "events" if dated and not filled & {"begin", "end", "valid_from"} else "posts"
