"""Control lines: lines of contact and corridor roads."""

import geopandas as gpd

from geo.layers.element import ClientLayer, drawn


def lines_layer(lines: gpd.GeoDataFrame) -> ClientLayer:
    """All lines with the days on which they hold."""
    return ClientLayer(
        "lines",
        [
            {
                "row": int(position),
                "start": int(line.start),
                "end": int(line.end),
                "kind": line.kind,
                "geometry": drawn(line.geometry),
            }
            for position, line in zip(lines.index, lines.itertuples(), strict=True)
        ],
    )
