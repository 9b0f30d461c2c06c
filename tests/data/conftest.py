"""The committed data files, read once as text."""

import csv
import json
from pathlib import Path

import pytest
from geopandas import GeoDataFrame

from geo.boundaries.assign import read_admin_layers


def read_rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_features(path):
    """Features with their properties as they stand in the file; a missing value is empty text."""
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    for feature in features:
        feature["properties"] = {name: value or "" for name, value in feature["properties"].items()}
    return GeoDataFrame.from_features(features, crs=4326)


@pytest.fixture(scope="session")
def data_dir():
    return Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="session")
def table(data_dir):
    """Rows of a CSV file by its name."""
    return lambda name: read_rows(data_dir / name)


@pytest.fixture(scope="session")
def zones(data_dir):
    return read_features(data_dir / "control_zones.geojson")


@pytest.fixture(scope="session")
def lines(data_dir):
    return read_features(data_dir / "control_lines.geojson")


@pytest.fixture(scope="session")
def rows_of(table, zones, lines):
    """Rows of a family as dictionaries of text; a missing value is empty text, the geometry stands last."""

    def rows(family):
        if family in ("zones", "lines"):
            frame = zones if family == "zones" else lines
            return frame[[*frame.columns.drop("geometry"), "geometry"]].to_dict("records")
        return table(f"{family}.csv")

    return rows


@pytest.fixture(scope="session")
def admin_layers(data_dir):
    return read_admin_layers(data_dir)
