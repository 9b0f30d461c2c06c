import csv
import json

import pytest
from making import change, event

from geo.columns import FAMILIES, id_column
from geo.errors import SettingError
from geo.store.base import Change
from geo.store.seed import SEEDS, open_store, read_seed


@pytest.fixture
def seeded(desk_template):
    return desk_template.store


def rows_in(path):
    if path.suffix == ".geojson":
        return json.loads(path.read_text("utf-8"))["features"]
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("family", "file"), SEEDS.items())
def test_a_new_store_holds_every_row_of_the_data_folder(seeded, repo, family, file):
    rows = rows_in(repo / "data" / file)
    assert len(seeded.read(family)) == len(rows) > 0


def test_the_seed_is_one_import_with_a_receipt(seeded):
    (entry,) = seeded.history()
    assert (entry.seq, entry.action, entry.recorded_by, entry.file) == (1, "seed", "tester", "data/")
    assert entry.counts["added"] == sum(len(seeded.read(family)) for family in SEEDS)


@pytest.mark.parametrize("family", ["events", "posts"])
def test_a_seeded_cell_is_what_the_file_says(seeded, repo, family):
    stored = seeded.read(family).set_index(id_column(family), drop=False)
    rows = rows_in(repo / "data" / SEEDS[family])
    for column in FAMILIES[family]:
        said = [row[column.name] for row in rows]
        kept = stored.loc[[row[id_column(family)] for row in rows], column.name]
        if column.type in {"int", "real"}:
            assert kept.isna().tolist() == [text == "" for text in said]
            assert kept.dropna().tolist() == [float(text) for text in said if text]
        else:
            assert kept.tolist() == said


def test_seeding_twice_adds_nothing(desk, repo):
    for family, file in SEEDS.items():
        rows = {family: read_seed(family, repo / "data" / file)}
        assert desk.store.commit(Change("seed", "tester", rows)).import_id is None


def test_an_existing_store_is_opened_and_not_seeded_again(tmp_path, repo):
    address = f"sqlite:///{tmp_path / 'deep' / 'store.sqlite'}"
    first = open_store(address, data_dir=repo / "data", recorded_by="tester")
    first.commit(change(event("NEW")))
    first.close()
    again = open_store(address, data_dir=repo / "data", recorded_by="tester")
    assert again.revision() == 2
    assert "NEW" in again.read_rows("events", ["NEW"])
    again.close()


@pytest.mark.parametrize(
    "address", ["", "store.sqlite", "sqlite://", "sqlite:///", "postgresql://host/db", "file:///etc/passwd"]
)
def test_an_address_of_an_unknown_kind_is_an_error_with_an_example(repo, address):
    with pytest.raises(SettingError, match=r"is not an address like sqlite:///folder/store\.sqlite"):
        open_store(address, data_dir=repo / "data", recorded_by="tester")
