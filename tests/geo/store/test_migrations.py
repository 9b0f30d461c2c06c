import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from geo.errors import StoreError
from geo.store.doctor import examine, findings, sound
from geo.store.failpoints import VARIABLE
from geo.store.sqlite import create_sqlite, open_sqlite
from geo.store.tables import METADATA, SCHEMA_VERSION

DUMPS = Path(__file__).parents[2] / "data" / "stores"


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "store.sqlite"
    with closing(sqlite3.connect(made)) as raw:
        raw.executescript((DUMPS / "schema_1.sql").read_text("utf-8"))
    return made


def schema(path):
    with closing(sqlite3.connect(path)) as raw:
        return raw.execute("PRAGMA user_version").fetchone()[0]


def test_an_old_store_is_brought_up_to_date_when_it_is_opened_and_says_what_it_said(path):
    with closing(open_sqlite(path)) as store:
        told = [(e.seq, e.action, e.recorded_by, e.file, e.undone) for e in store.history()]
        rows = store.read_rows("events", ["A", "B"])
        names = store.read("events")["event_id"].tolist()
    assert told == [
        (5, "report", "tester", "report.txt", False), (4, "undo", "Ben", "", False), (3, "import", "Ana", "b.csv", True),
        (2, "import", "tester", "a.csv", False), (1, "seed", "tester", "data/", False),
    ]  # fmt: skip
    assert names == ["A", "B", "SEED-1", "SEED-2"]
    assert (rows["A"]["toponym"], rows["A"]["raw"], rows["B"]["fatalities_low"]) == (
        "first",
        '{"datum": "19.09.2023"}',
        2,
    )


def test_a_migrated_store_passes_the_doctor_and_goes_on(path):
    with closing(open_sqlite(path)) as store:
        imported = store.history()[2].import_id
        assert store.redo(imported, recorded_by="tester").rows == 2
    checks = examine(path)
    assert sound(checks), findings(checks)


def test_a_migrated_store_has_the_tables_of_a_new_one_strict_ones(path, tmp_path):
    open_sqlite(path).close()
    fresh = tmp_path / "fresh.sqlite"
    create_sqlite(fresh, lambda _: None).close()
    with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(fresh)) as new:
        for table in METADATA.tables:
            columns = [
                sorted(row[1:] for row in raw.execute(f"PRAGMA table_info({table})")) for raw in (old, new)
            ]
            assert columns[0] == columns[1]
            strict = old.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (table,)).fetchall()
            assert strict == [(1,)]


def test_the_store_as_it_was_is_kept_beside_it(path):
    before = sqlite3.connect(path).execute("SELECT * FROM changes").fetchall()
    open_sqlite(path).close()
    kept = path.with_name(f"{path.name}.before-schema-{SCHEMA_VERSION}")
    with closing(sqlite3.connect(kept)) as raw:
        assert raw.execute("SELECT * FROM changes").fetchall() == before
    assert (schema(kept), schema(path)) == (1, SCHEMA_VERSION)


def test_a_new_store_is_not_migrated(tmp_path):
    path = tmp_path / "new.sqlite"
    create_sqlite(path, lambda _: None).close()
    open_sqlite(path).close()
    assert [p.name for p in tmp_path.iterdir()] == ["new.sqlite"]


@pytest.mark.parametrize("place", ["before_copy", "copied", "begun", "tables", "hashes", "before_commit"])
@pytest.mark.parametrize("trouble", ["enospc", "eio"])
def test_a_migration_that_fails_leaves_the_old_schema_and_the_next_start_makes_up_for_it(
    path, place, trouble, monkeypatch
):
    monkeypatch.setenv(VARIABLE, f"migrate.{place}={trouble}")
    with pytest.raises(StoreError, match="full" if trouble == "enospc" else "cannot be used"):
        open_sqlite(path)
    assert schema(path) == 1
    monkeypatch.delenv(VARIABLE)
    open_sqlite(path).close()
    assert sound(examine(path))
    assert not [p for p in path.parent.iterdir() if p.name.startswith(".")], "no draft is left"


def test_two_that_open_an_old_store_migrate_it_once(path):
    other = path.with_name("other.sqlite")
    shutil.copyfile(path, other)
    with closing(open_sqlite(path)), closing(open_sqlite(path)):
        pass
    assert schema(path.with_name(f"{path.name}.before-schema-{SCHEMA_VERSION}")) == 1
