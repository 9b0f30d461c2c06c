"""Control zones: colour and texture of the party, line and hatch of the status."""

import geopandas as gpd

from geo import vocab
from geo.layers.element import ClientLayer, drawn
from geo.situation import Situation


def zones_layer(zones: gpd.GeoDataFrame, situation: Situation) -> ClientLayer:
    """All zone rows with the days on which they hold; presence lies above control."""
    kinds = vocab.codes(vocab.ZONE_KINDS)
    ordered = zones.iloc[sorted(range(len(zones)), key=lambda n: kinds.index(zones["kind"].iloc[n]))]
    return ClientLayer(
        "zones",
        {
            "statuses": {s.code: {"pattern": s.pattern, "edge": s.edge} for s in vocab.ZONE_STATUSES},
            "parties": {
                p.code: {"colour": p.colour, "edge": p.edge, "pattern": p.pattern}
                for p in (situation.party(code) for code in sorted(set(zones["party"])))
            },
            "rows": [
                {
                    "row": int(position),
                    "start": int(zone.start),
                    "end": int(zone.end),
                    "kind": zone.kind,
                    "status": zone.status,
                    "party": zone.party,
                    "geometry": drawn(zone.geometry),
                }
                for position, zone in zip(ordered.index, ordered.itertuples(), strict=True)
            ],
        },
    )
