import sqlite3
from contextlib import closing

import pytest
from making import change, event

from geo.store.chain import check_chain, check_rows, read_rows_digest
from geo.store.sqlite import create_sqlite


@pytest.fixture
def path(tmp_path):
    return tmp_path / "store.sqlite"


@pytest.fixture
def store(path):
    made = create_sqlite(path, lambda _: None)
    made.commit(
        change(event("A", toponym="x"), event("B", fatalities_best=3), raw={"A": '["x"]'}, header='["ort"]')
    )
    made.edit("events", event("A", toponym="y"), seen=1, recorded_by="Ana")
    made.delete("events", "B", seen=1, recorded_by="Ana")
    yield made
    made.close()


def altered(path, statement):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(statement)
        raw.commit()


def findings(store):
    with store.reading() as connection:
        return [(d.seq, d.what) for d in check_chain(connection)], [
            (d.seq, d.row, d.what) for d in check_rows(connection)
        ]


def test_an_untouched_store_has_an_unbroken_chain_and_every_row_as_written(store):
    assert findings(store) == ([], [])


@pytest.mark.parametrize(
    "column",
    ["recorded_at", "recorded_by", "action", "import_id", "undoes", "redoes", "file", "sha256", "note", "counts", "header", "rows_digest", "chain"],
)  # fmt: skip
def test_every_field_of_a_change_is_sealed(store, path, column):
    altered(path, f"UPDATE changes SET {column} = {column} || 'x' WHERE seq = 2")
    assert (2, "its fields are not those that were sealed") in findings(store)[0]


def test_a_change_that_was_taken_out_is_missed(store, path):
    altered(path, "DELETE FROM changes WHERE seq = 2")
    assert findings(store)[0][0] == (3, "change 2 is missing")


def test_an_altered_cell_is_found_with_its_row_and_change(store, path):
    altered(path, "UPDATE events_revisions SET fatalities_best = 4 WHERE event_id = 'B' AND seq = 1")
    assert findings(store) == ([], [(1, "event B", "a cell is not what was written")])


@pytest.mark.parametrize(
    "alteration",
    [
        "raw = '[\"y\"]'",
        "retracted = 1",
        "revision = 7",
        "raw_seq = 2",
        "event_id = 'Z'",
        "content_hash = ''",
    ],
)
def test_whatever_else_is_altered_in_a_row_is_found_in_its_change(store, path, alteration):
    altered(path, f"UPDATE events_revisions SET {alteration} WHERE event_id = 'A' AND seq = 1")
    assert (1, "", "its rows are not those that were sealed") in findings(store)[1]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM events_revisions WHERE seq = 2",
        "INSERT INTO events_revisions (event_id, revision, seq, content_hash) VALUES ('X', 1, 2, '')",
    ],
)
def test_a_row_that_was_taken_out_or_slipped_in_is_found(store, path, statement):
    altered(path, statement)
    assert (2, "", "its rows are not those that were sealed") in findings(store)[1]


def test_cells_cannot_be_moved_across_the_border_of_id_and_raw(store, path):
    altered(
        path, "UPDATE events_revisions SET event_id = 'A[', raw = '\"x\"]' WHERE event_id = 'A' AND seq = 1"
    )
    assert any(seq == 1 and "sealed" in what for seq, _, what in findings(store)[1])


def test_the_digests_outlive_a_vacuum(store, path):
    altered(path, "VACUUM")
    assert findings(store) == ([], [])


def test_a_change_without_rows_of_a_family_differs_from_one_of_another_family(store):
    with store.reading() as connection:
        digests = [read_rows_digest(connection, seq) for seq in (1, 2, 3, 4)]
    assert len(set(digests)) == 4
