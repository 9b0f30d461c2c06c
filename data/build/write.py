"""Write layers and tables so that the same input gives the same bytes."""

import hashlib
import json
import re
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyogrio
import shapely
from geometry import polygonal
from geopandas import GeoDataFrame
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

LAYER_GRID = 1e-6
ZONE_GRID = 1e-5
"""About one metre: far finer than any zone is known."""
MEMBERS = ("shp", "shx", "dbf", "prj", "cpg")
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
DBF_DAY = "2023-02-03"
"""A DBF file carries the day of writing; a fixed one keeps the bytes equal."""


def tidy_layer(layer: GeoDataFrame) -> GeoDataFrame:
    """Valid shapes on a grid of 0.1 m."""
    tidied = layer.reset_index(drop=True)
    tidied["geometry"] = shapely.make_valid(shapely.set_precision(tidied.geometry.values, LAYER_GRID))
    return tidied


def write_layer(layer: GeoDataFrame, *, name: str, folder: Path) -> str:
    """Write a layer as a zipped shapefile; the digest of the zip comes back."""
    archive = folder / f"{name}.zip"
    with tempfile.TemporaryDirectory() as loose, zipfile.ZipFile(archive, "w") as packed:
        pyogrio.write_dataframe(
            layer,
            Path(loose) / f"{name}.shp",
            driver="ESRI Shapefile",
            encoding="UTF-8",
            layer_options={"RESIZE": "YES", "DBF_DATE_LAST_UPDATE": DBF_DAY},
        )
        for member in MEMBERS:
            entry = zipfile.ZipInfo(f"{name}.{member}", ZIP_EPOCH)
            packed.writestr(
                entry, (Path(loose) / entry.filename).read_bytes(), zipfile.ZIP_DEFLATED, compresslevel=9
            )
    return hashlib.sha256(archive.read_bytes()).hexdigest()


def write_description(source: Path, *, target: Path, sha256: str) -> None:
    """Copy a layer's description with the digest of the layer as it is now."""
    text = re.sub(r'(?m)^sha256 = "[^"]*"$', f'sha256 = "{sha256}"', source.read_text(encoding="utf-8"))
    target.write_text(text, encoding="utf-8", newline="\n")


def write_history(
    history: pd.DataFrame, *, shapes: dict[str, BaseGeometry], columns: Sequence[str], path: Path
) -> None:
    """Write rows with the shapes that they name as GeoJSON, one feature a line so that diffs can be read."""
    features = [
        {
            "type": "Feature",
            "properties": {name: row[name] or None for name in columns if name != "geometry"},
            "geometry": rounded(shapes[row["shape"]]),
        }
        for row in history.to_dict("records")
    ]
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    text = '{\n"type": "FeatureCollection",\n"features": [\n' + lines + "\n]\n}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def rounded(geometry: BaseGeometry) -> dict[str, object]:
    """A geometry on a grid of one metre as GeoJSON, outer rings anticlockwise (RFC 7946)."""
    gridded = shapely.set_precision(geometry, ZONE_GRID)
    if gridded.geom_type.endswith("Polygon"):
        gridded = shapely.orient_polygons(polygonal(gridded), exterior_cw=False)
    drawn = mapping(gridded)
    return {"type": drawn["type"], "coordinates": _to_grid(drawn["coordinates"])}


def _to_grid(coordinates: object) -> object:
    if isinstance(coordinates, float):
        return round(coordinates, 5)
    return [_to_grid(member) for member in coordinates]  # type: ignore[attr-defined]
