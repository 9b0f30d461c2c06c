"""A boundary layer is read as described, or refused with a sentence that says what to do."""

import shutil
import zipfile
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely.geometry import box

from geo.boundaries.layers import check_layer, layer_names, read_description, read_layer
from geo.errors import BoundaryError

DATA = Path(__file__).resolve().parents[3] / "data"
MEMBERS = ("shp", "shx", "dbf", "prj", "cpg")


@pytest.fixture
def copied(tmp_path):
    """A data folder with one small layer that a test may damage."""
    folder = tmp_path / "boundaries"
    folder.mkdir()
    for suffix in (".zip", ".toml"):
        shutil.copy(DATA / "boundaries" / f"former_nkao{suffix}", folder)
    return tmp_path


def _write_zip(data_dir, frame, *, without=()):
    loose = data_dir / "loose"
    loose.mkdir()
    pyogrio.write_dataframe(frame, loose / "former_nkao.shp", driver="ESRI Shapefile", encoding="UTF-8")
    with zipfile.ZipFile(data_dir / "boundaries" / "former_nkao.zip", "w") as archive:
        for member in set(MEMBERS) - set(without):
            archive.write(loose / f"former_nkao.{member}", f"former_nkao.{member}")


def _frame(crs=4326, **changed):
    columns = {"name": "Ağdam", "valid_from": "", "valid_to": "", "source": "us", **changed}
    return gpd.GeoDataFrame(
        {name: [value] for name, value in columns.items()}, geometry=[box(46, 39, 47, 40)], crs=crs
    )


def test_a_layer_is_read_in_degrees_with_its_described_columns():
    layer = read_layer("karabakh_districts", data_dir=DATA)
    assert layer.crs.to_epsg() == 4326
    described = read_description("karabakh_districts", data_dir=DATA)
    assert layer.columns.tolist() == [*described.columns, "geometry"]


def test_letters_beyond_ascii_survive():
    assert "Kəlbəcər" in set(read_layer("karabakh_districts", data_dir=DATA)["name"])


def test_empty_text_is_empty_text_and_not_missing():
    layer = read_layer("admin1", data_dir=DATA)
    assert not layer.isna().any().any()
    assert (layer["status"] == "").sum() == len(layer) - 2


def test_a_layer_in_metres_is_turned_into_degrees(copied):
    _write_zip(copied, _frame().to_crs(32638))
    layer = read_layer("former_nkao", data_dir=copied)
    assert layer.total_bounds.tolist() == pytest.approx([46, 39, 47, 40], abs=0.1)


def test_the_layers_of_a_folder_are_named_in_order(copied):
    assert layer_names(copied) == ("former_nkao",)


def test_a_layer_without_description_is_named_with_the_remedy(copied):
    (copied / "boundaries" / "former_nkao.toml").unlink()
    with pytest.raises(BoundaryError, match=r"former_nkao has no former_nkao\.toml: restore it"):
        read_layer("former_nkao", data_dir=copied)


def test_a_description_without_a_field_is_refused(copied):
    path = copied / "boundaries" / "former_nkao.toml"
    path.write_text(path.read_text("utf-8").replace("licence = ", "license = "), encoding="utf-8")
    with pytest.raises(BoundaryError, match=r"former_nkao\.toml does not describe its layer.*'licence'"):
        read_description("former_nkao", data_dir=copied)


def test_a_description_that_is_no_toml_is_refused(copied):
    (copied / "boundaries" / "former_nkao.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(BoundaryError, match="does not describe its layer"):
        read_description("former_nkao", data_dir=copied)


def test_a_missing_zip_is_named_with_the_remedy(copied):
    (copied / "boundaries" / "former_nkao.zip").unlink()
    with pytest.raises(BoundaryError, match=r"has no former_nkao\.zip: restore it"):
        read_layer("former_nkao", data_dir=copied)


def test_a_damaged_zip_is_refused(copied):
    path = copied / "boundaries" / "former_nkao.zip"
    path.write_bytes(path.read_bytes()[:500])
    with pytest.raises(BoundaryError, match="damaged"):
        read_layer("former_nkao", data_dir=copied)


def test_a_layer_without_crs_is_refused_with_the_remedy(copied):
    _write_zip(copied, _frame(), without=["prj"])
    with pytest.raises(BoundaryError, match=r"no CRS: add its \.prj"):
        read_layer("former_nkao", data_dir=copied)


def test_a_layer_that_lacks_a_described_column_is_refused(copied):
    _write_zip(copied, _frame().drop(columns="source"))
    with pytest.raises(BoundaryError, match="lacks source"):
        read_layer("former_nkao", data_dir=copied)


@pytest.mark.parametrize("name", ["../admin1", "/etc/passwd", "", "Admin 1"])
def test_a_name_that_is_a_path_is_refused(name):
    with pytest.raises(BoundaryError, match="no name of a layer"):
        read_layer(name, data_dir=DATA)


def test_an_intact_layer_has_no_findings(copied):
    assert check_layer("former_nkao", data_dir=copied) == ()


def test_a_layer_that_was_exchanged_is_found_out(copied):
    _write_zip(copied, _frame())
    (finding,) = check_layer("former_nkao", data_dir=copied)
    assert "its description says" in finding


def test_an_id_that_comes_twice_is_found(copied):
    twice = pd.concat([_frame(), _frame()], ignore_index=True)
    _write_zip(copied, twice)
    path = copied / "boundaries" / "former_nkao.toml"
    path.write_text(path.read_text("utf-8").replace('id_column = ""', 'id_column = "name"'), encoding="utf-8")
    assert "former_nkao.zip has the same name more than once." in check_layer("former_nkao", data_dir=copied)
