"""Open a store by its address; one that does not exist yet is created and filled from ``data/``."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pandas as pd
import shapely

from geo.columns import FAMILIES, Column
from geo.errors import SettingError
from geo.schema import as_frame
from geo.shape_text import shape_text
from geo.store.base import Change, Store
from geo.store.sql import SqlStore
from geo.store.sqlite import create_sqlite, open_sqlite
from geo.store.startup import QUICK_CHECK_UP_TO, check_behind

SEEDS = {
    "events": "events.csv",
    "zones": "control_zones.geojson",
    "lines": "control_lines.geojson",
    "posts": "posts.csv",
}


def open_store(address: str, *, data_dir: Path, recorded_by: str) -> Store:
    """The store at ``sqlite:///path``, created and seeded from the data folder if it is not there.

    Raises
    ------
    SettingError
        The address is not one of a known kind.
    StoreError
        The file is not a usable store, or is gone while its log or its list of backups is still there.
    """
    path = store_path(address)
    if path.exists():
        return open_sqlite(path)
    return create_sqlite(path, lambda store: seed(store, data_dir=data_dir, recorded_by=recorded_by))


def check_large_store(store: Store, address: str) -> None:
    """Check a store that was too large to be checked at its opening, while it is in use."""
    path = store_path(address)
    if isinstance(store, SqlStore) and path.stat().st_size > QUICK_CHECK_UP_TO:
        check_behind(store, path)


def store_path(address: str) -> Path:
    """The file that an address names.

    Raises
    ------
    SettingError
        The address is not one of a known kind.
    """
    prefix, _, path_text = address.partition("///")
    if prefix != "sqlite:" or not path_text:
        raise SettingError(
            f"The store {address[:80]!r} is not an address like sqlite:///folder/store.sqlite."
        )
    return Path(path_text).expanduser()


def seed(store: Store, *, data_dir: Path, recorded_by: str) -> None:
    """Import the data folder's own rows as one change."""
    rows = {family: read_seed(family, data_dir / file) for family, file in SEEDS.items()}
    digest = hashlib.sha256(b"".join((data_dir / file).read_bytes() for file in SEEDS.values()))
    store.commit(
        Change(
            action="seed",
            recorded_by=recorded_by,
            rows=rows,
            file=f"{data_dir.name}/",
            sha256=digest.hexdigest(),
            note="rows that come with conflictmap",
        )
    )


def read_seed(family: str, path: Path) -> pd.DataFrame:
    """Typed frame of one seed file, CSV or GeoJSON; a bad cell is a fault of the project and raises."""
    if path.suffix == ".geojson":
        features = json.loads(path.read_text("utf-8"))["features"]
        rows = [
            {**f["properties"], "geometry": shape_text(shapely.geometry.shape(f["geometry"]))}
            for f in features
        ]
        return as_frame(family, rows)
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    fields = {column.name: column for column in FAMILIES[family]}
    rows = [
        {name: _typed(fields[name], text) for name, text in row.items() if name in fields}
        for row in table.to_dict("records")
    ]
    return as_frame(family, rows)


def _typed(column: Column, text: str) -> Any:
    if not text:
        return None
    return {"int": int, "real": float}.get(column.type, str)(text)
