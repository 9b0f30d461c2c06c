"""Peacekeeper and observer posts: a symbol by kind, outlined in the contingent's colour."""

import geopandas as gpd

from geo.layers.element import DECIMALS, ClientLayer
from geo.situation import Situation


def posts_layer(posts: gpd.GeoDataFrame, situation: Situation) -> ClientLayer:
    """All posts with the days on which they are manned."""
    near_place = posts["geo_precision"].fillna(0).eq(2).tolist()  # a post need not state its precision
    return ClientLayer(
        "posts",
        [
            {
                "row": int(position),
                "start": int(post.start),
                "end": int(post.end),
                "kind": post.kind,
                "colour": situation.party(post.contingent).colour,
                "edge": situation.party(post.contingent).edge,
                "lon": round(float(post.lon), DECIMALS),
                "lat": round(float(post.lat), DECIMALS),
                "near": near,
            }
            for position, near, post in zip(posts.index, near_place, posts.itertuples(), strict=True)
        ],
    )
