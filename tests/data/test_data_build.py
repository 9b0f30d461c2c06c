"""The committed zones are what the hand-written tables of the rebuild describe."""

import csv
import hashlib
import importlib.util

import geopandas as gpd
import pytest
from shapely.geometry import Point

from geo.columns import names


@pytest.fixture(scope="module")
def traced(data_dir):
    def read(name):
        with (data_dir / "build" / "traced" / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.mark.parametrize(
    ("family", "history"), [("zones", "zone_history.csv"), ("lines", "line_history.csv")]
)
def test_the_history_tables_are_the_attributes_of_the_committed_layer(family, history, rows_of, traced):
    columns = [name for name in names(family) if name != "geometry"]
    committed = [[row[name] for name in columns] for row in rows_of(family)]
    assert [[row[name] for name in columns] for row in traced(history)] == committed


def test_a_zone_has_the_same_shape_wherever_the_history_says_so(zones, traced):
    shapes = {}
    for row, geometry in zip(traced("zone_history.csv"), zones.geometry, strict=True):
        assert shapes.setdefault(row["shape"], geometry).equals(geometry)


def test_every_control_village_lies_on_its_side_of_the_traced_lines(zones, traced):
    on_the_day = zones.valid_from.le("2019-01-01") & zones.valid_to.gt("2019-01-01")
    armenian = zones[on_the_day & zones.party.eq("armenian_forces")].geometry.union_all()
    areas = {
        "armenian_held_1994": armenian,
        "responsibility": zones[zones.zone_id.eq("RU-AOR")].geometry.iloc[0],
    }
    villages = traced("control_villages.csv")
    wrong = {
        village["name"]
        for village in villages
        if areas[village["shape"]].contains(Point(float(village["lon"]), float(village["lat"])))
        != (village["inside"] == "yes")
    }
    assert len(villages) == 74
    assert wrong == {village["name"] for village in villages if village["known_fault"]}


def test_every_traced_line_is_read_as_geometry(data_dir):
    lines = gpd.read_file(data_dir / "build" / "traced" / "lines.geojson")
    assert lines["name"].is_unique
    assert lines.geometry.is_valid.all()


def _module(data_dir, name):
    """A module of the rebuild, which is no package."""
    spec = importlib.util.spec_from_file_location(name, data_dir / "build" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_source_file_with_other_bytes_is_refused(data_dir, tmp_path):
    fetch = _module(data_dir, "fetch")
    source = tmp_path / "world_map.gpkg"
    source.write_bytes(b"another edition")
    with pytest.raises(fetch.WrongSource, match=r"world_map\.gpkg has sha256 .*, not "):
        fetch.checked(source, sha256=fetch.WORLD_MAP_SHA256)


def test_a_source_file_with_the_pinned_bytes_is_taken(data_dir, tmp_path):
    fetch = _module(data_dir, "fetch")
    source = tmp_path / "known"
    source.write_bytes(b"known")
    assert fetch.checked(source, sha256=hashlib.sha256(b"known").hexdigest()) == source
