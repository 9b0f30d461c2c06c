"""Read boundary layers: one zipped shapefile and one TOML description each, in ``data/boundaries``."""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
from geopandas import GeoDataFrame
from pyogrio.errors import DataLayerError, DataSourceError

from geo.crs import to_wgs84
from geo.errors import BoundaryError
from geo.interval import parse_day

REMEDY = "restore it from the project or make it again with data/build/build.py"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class LayerDescription:
    """What a layer is, where it is from, and what is wrong with it.

    ``columns`` maps each column to its meaning; ``id_column`` and ``name_column`` are empty where the
    layer has none; ``sha256`` is that of the zip; ``refines`` names the layer that this one draws better.
    """

    name: str
    title: str
    source: str
    source_version: str
    licence: str
    licence_url: str
    as_of: date
    sha256: str
    id_column: str
    name_column: str
    disclaimer: str
    columns: Mapping[str, str]
    changes: tuple[str, ...]
    known_faults: tuple[str, ...]
    refines: str


def layer_names(data_dir: Path) -> tuple[str, ...]:
    """Names of the layers that a data folder describes, in alphabetical order."""
    return tuple(sorted(path.stem for path in (data_dir / "boundaries").glob("*.toml")))


def read_description(name: str, *, data_dir: Path) -> LayerDescription:
    """Read what a layer's TOML file says about it.

    Raises
    ------
    BoundaryError
        There is no such file, or it lacks a field.
    """
    path = _path(name, ".toml", data_dir=data_dir)
    try:
        facts = tomllib.loads(path.read_text(encoding="utf-8"))
        return _described(name, facts)
    except FileNotFoundError as error:
        raise BoundaryError(f"The boundary layer {name} has no {path.name}: {REMEDY}.") from error
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BoundaryError(f"{path.name} does not describe its layer ({error!r}): {REMEDY}.") from error


def read_layer(name: str, *, data_dir: Path) -> GeoDataFrame:
    """Read a layer in EPSG:4326 with the columns that its description names; empty text is ``""``.

    Raises
    ------
    BoundaryError
        The layer is missing, damaged, has no CRS or lacks a described column.
    """
    described = read_description(name, data_dir=data_dir)
    path = _path(name, ".zip", data_dir=data_dir)
    if not path.exists():
        raise BoundaryError(f"The boundary layer {name} has no {path.name}: {REMEDY}.")
    try:
        frame = gpd.read_file(path, encoding="UTF-8")
    except (DataSourceError, DataLayerError, OSError, ValueError) as error:
        raise BoundaryError(f"{path.name} is damaged and cannot be read: {REMEDY}.") from error
    lacking = sorted(set(described.columns) - set(frame.columns))
    if lacking:
        raise BoundaryError(f"{path.name} lacks {', '.join(lacking)}: {REMEDY}.")
    if frame.crs is None:
        raise BoundaryError(f"{path.name} has no CRS: add its .prj file to the zip.")
    return with_empty_text(to_wgs84(frame, name=path.name)[[*described.columns, "geometry"]])


def check_layer(name: str, *, data_dir: Path) -> tuple[str, ...]:
    """One sentence for each way in which a layer differs from its description; none means it is intact.

    Raises
    ------
    BoundaryError
        The layer or its description cannot be read.
    """
    described = read_description(name, data_dir=data_dir)
    frame = read_layer(name, data_dir=data_dir)
    digest = hashlib.sha256(_path(name, ".zip", data_dir=data_dir).read_bytes()).hexdigest()
    findings = []
    if digest != described.sha256:
        findings.append(f"{name}.zip has sha256 {digest}, its description says {described.sha256}.")
    invalid = int((~frame.geometry.is_valid).sum())
    if invalid:
        findings.append(f"{name}.zip has {invalid} invalid shapes.")
    if described.id_column and not frame[described.id_column].is_unique:
        findings.append(f"{name}.zip has the same {described.id_column} more than once.")
    return tuple(findings)


def with_empty_text(frame: GeoDataFrame) -> GeoDataFrame:
    """The frame with ``""`` where a text column is missing: DBF cannot tell the two apart."""
    text = frame.select_dtypes(include=["object", "string"]).columns
    return frame.fillna(dict.fromkeys(text, ""))


def _path(name: str, suffix: str, *, data_dir: Path) -> Path:
    if not _NAME.fullmatch(name):
        raise BoundaryError(f"{name[:40]!r} is no name of a layer: use a-z, 0-9 and _.")
    return data_dir / "boundaries" / f"{name}{suffix}"


def _described(name: str, facts: Mapping[str, Any]) -> LayerDescription:
    return LayerDescription(
        name=name,
        title=facts["title"],
        source=facts["source"],
        source_version=facts["source_version"],
        licence=facts["licence"],
        licence_url=facts["licence_url"],
        as_of=parse_day(facts["as_of"]),
        sha256=facts["sha256"],
        id_column=facts["id_column"],
        name_column=facts["name_column"],
        disclaimer=facts["disclaimer"],
        columns=dict(facts["columns"]),
        changes=tuple(facts["changes"]),
        known_faults=tuple(facts["known_faults"]),
        refines=facts.get("refines", ""),
    )
