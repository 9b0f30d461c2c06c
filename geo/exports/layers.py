"""Layers with geometry: GeoJSON, GeoPackage, KML and zipped shapefile. Rows without a point keep their row."""

import html
import json
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from geo.columns import FAMILIES, SHORT_NAMES
from geo.crs import WGS84
from geo.exports.cells import plain_cells, row_cells
from geo.exports.record import ExportRecord

DBF_BYTES = 254
"""Bytes that a text of a shapefile's table can hold (dBASE III)."""
_DTYPES = {"text": "str", "day": "str", "int": "Int64", "real": "float64", "geometry": "object"}


def write_geojson(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write a feature for each row; one without a point has a null geometry (RFC 7946, section 3.2)."""
    features = [_feature(row) for row in row_cells(family, rows)]
    collection = {"type": "FeatureCollection", "conflictmap": json.loads(record.json()), "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False, allow_nan=False), "utf-8")
    return ()


def write_gpkg(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write one layer with all columns; the record is the layer's metadata."""
    path.unlink(missing_ok=True)  # GDAL adds a layer to a file that is there already
    about = {"record": record.json()}
    _frame(family, rows).to_file(
        path, driver="GPKG", layer=family, engine="pyogrio", dataset_metadata=about, layer_metadata=about
    )
    return ()


def write_kml(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write a placemark for each row; descriptions are text, so what looks like HTML is escaped."""
    path.unlink(missing_ok=True)  # as above
    frame = _frame(family, rows)
    long_text = "description" if family == "events" else "note"
    frame = frame.assign(**{long_text: frame[long_text].map(_as_html)})
    if family == "events":
        frame = frame.assign(Name=frame["toponym"])
    options = {"DESCRIPTION": html.escape(record.text())}
    frame.to_file(path, driver="LIBKML", layer=family, engine="pyogrio", layer_options=options)
    return ()


def write_shapefile(path: Path, family: str, rows: pd.DataFrame, record: ExportRecord) -> tuple[str, ...]:
    """Write a zipped shapefile and tell what its table could not hold: names of 10 letters, texts of 254 bytes."""
    frame = _frame(family, rows)
    placed = frame[~frame.geometry.isna()] if family in {"events", "posts"} else frame
    losses = _losses(family, frame, placed)
    short = placed.rename(columns=SHORT_NAMES)
    for column in short.columns:
        if column != "geometry" and not pd.api.types.is_numeric_dtype(short[column]):
            short[column] = short[column].map(_clipped)
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / f"{family}.shp"
        short.to_file(base, driver="ESRI Shapefile", engine="pyogrio", encoding="UTF-8")
        (Path(folder) / "ABOUT.md").write_text(replace(record, losses=losses).text(), "utf-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(Path(folder).iterdir()):
                archive.write(part, part.name)
    return losses


def _feature(row: dict[str, Any]) -> dict[str, Any]:
    properties = {name: value for name, value in row.items() if name != "geometry"}
    if "geometry" in row:
        return {"type": "Feature", "properties": properties, "geometry": json.loads(row["geometry"])}
    point = None if row["lat"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]}
    return {"type": "Feature", "properties": properties, "geometry": point}


def _frame(family: str, rows: pd.DataFrame) -> gpd.GeoDataFrame:
    """The rows with their shape; latitude and longitude stay as columns, so that nothing depends on rounding."""
    columns = plain_cells(family, rows)
    table = pd.DataFrame(
        {
            column.name: pd.Series(columns[column.name], dtype=_DTYPES[column.type])
            for column in FAMILIES[family]
        }
    )
    if "geometry" in table:
        shapes = list(shapely.from_geojson(table.pop("geometry").to_numpy(object)))
    else:
        points = zip(table["lon"], table["lat"], table["lat"].notna(), strict=True)
        shapes = [shapely.Point(lon, lat) if there else None for lon, lat, there in points]
    return gpd.GeoDataFrame(table, geometry=shapes, crs=WGS84)


def _as_html(text: str) -> str:
    """A description is HTML to those who read KML: what would be taken for markup is escaped, and kept in its lines."""
    escaped = html.escape(text, quote=False)
    return text if escaped == text else f"<pre>{escaped}</pre>"


def _clipped(text: Any) -> str:
    return str(text).encode()[:DBF_BYTES].decode("utf-8", "ignore")


def _losses(family: str, frame: gpd.GeoDataFrame, placed: gpd.GeoDataFrame) -> tuple[str, ...]:
    losses = []
    if missing := len(frame) - len(placed):
        losses.append(f"{missing} rows without a point are not in the shapefile")
    for column in FAMILIES[family]:
        if column.type == "text":
            cut = int((placed[column.name].map(lambda text: len(str(text).encode())) > DBF_BYTES).sum())
            if cut:
                losses.append(f"{cut} texts of {column.name} were cut to {DBF_BYTES} bytes")
    return tuple(losses)
