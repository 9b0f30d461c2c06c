"""Lakes, rivers and coasts at 1:50m."""

from pathlib import Path

import geopandas as gpd
import shapely
from geopandas import GeoDataFrame

LAYERS = {"lakes_50m": "lakes", "rivers_50m": "rivers", "coastline_50m": "coastlines"}
SHAPES = {"lakes_50m": "Polygon", "rivers_50m": "LineString", "coastline_50m": "LineString"}


def read_physical(path: Path, *, name: str) -> GeoDataFrame:
    """One physical layer: single valid shapes, numbered; the source has no names for them."""
    layer = gpd.read_file(path, layer=LAYERS[name]).set_crs(4326, allow_override=True)
    layer["geometry"] = shapely.make_valid(layer.geometry.values)
    single = layer.explode(index_parts=False)
    single = single[single.geom_type.eq(SHAPES[name]) & ~single.is_empty]
    return single.assign(fid=range(1, len(single) + 1))[["fid", "geometry"]]
