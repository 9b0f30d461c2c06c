import csv
import hashlib
import sqlite3
from contextlib import closing

import pytest
from making import change, event
from pages import leaf_of, overwrite_page, root_of

from geo.errors import InputRefused, StoreError
from geo.schema import as_frame
from geo.store import doctor, salvage
from geo.store.base import Change
from geo.store.doctor import examine
from geo.store.salvage import salvage as read_out
from geo.store.sqlite import create_sqlite, open_sqlite

ROWS = 900


def fill(store):
    store.commit(change(*(event(f"E{n:03}", description="x" * 200) for n in range(ROWS))))
    post = as_frame("posts", [{"post_id": "P", "name": "=1+1", "lat": -39.0, "lon": 46.0}])
    store.commit(Change("import", "tester", {"posts": post}))


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "store" / "store.sqlite"
    create_sqlite(made, fill).close()
    return made


def altered(path, *statements):
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(";".join(statements))


def found(path):
    return {check.name for check in examine(path) if not check.ok}


def saved(out, family="events"):
    with (out / f"{family}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_sound_store_passes_every_check_and_stays_as_it_is(path):
    before = hashlib.sha256(path.read_bytes()).digest()
    checks = examine(path)
    assert all(check.ok for check in checks)
    assert [check.name for check in checks] == [
        "file", "schema", "pages", "references", "revisions", "chain", "rows", "disk", "backup"
    ]  # fmt: skip
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_store_in_use_is_examined_as_it_stands_with_its_log(path):
    with closing(open_sqlite(path)) as store:
        store.commit(change(event("NEW")))
        checks = {check.name: check for check in examine(path)}
    assert checks["chain"].what == "3 changes, unbroken"


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        ("UPDATE events_revisions SET toponym = 'x' WHERE event_id = 'E007'", "rows"),
        ("UPDATE changes SET file = 'x'", "chain"),
        ("DELETE FROM changes WHERE seq = 1", "references"),
        ("UPDATE events_revisions SET revision = 3 WHERE event_id = 'E007'", "revisions"),
        ("PRAGMA user_version = 99", "schema"),
    ],
)
def test_each_kind_of_damage_is_found_by_the_check_of_that_name(path, statement, name):
    altered(path, statement)
    assert name in found(path)


def test_the_doctor_says_which_row_of_which_change_is_damaged(path):
    altered(path, "UPDATE events_revisions SET toponym = 'x' WHERE event_id = 'E007'")
    said = {check.name: check.what for check in examine(path)}["rows"]
    assert said == "change 1, event E007: a cell is not what was written"


def test_a_changed_byte_that_is_no_letter_is_a_finding_and_not_a_failure(path):
    altered(path, "UPDATE events_revisions SET toponym = CAST(x'ff41' AS TEXT) WHERE event_id = 'E007'")
    assert found(path) == {"rows"}


@pytest.mark.parametrize("leaf", [True, False])
def test_a_damaged_page_is_found(path, leaf):
    overwrite_page(path, (leaf_of if leaf else root_of)(path, "events_revisions"))
    assert "pages" in found(path)


@pytest.mark.parametrize("content", [b"", b"not a store" * 50])
def test_a_file_that_is_no_store_is_one_finding(path, content):
    path.write_bytes(content)
    (check,) = examine(path)
    assert (check.name, check.ok) == ("file", False)


def test_a_disk_with_too_little_room_is_a_finding(path, monkeypatch):
    monkeypatch.setattr(doctor, "ROOM", 1 << 50)
    assert found(path) == {"disk"}


def test_salvage_of_a_sound_store_gives_every_revision(path, tmp_path):
    results = {r.family: (r.read, r.altered, r.lost) for r in read_out(path, tmp_path / "out")}
    assert results == {"events": (ROWS, 0, 0), "zones": (0, 0, 0), "lines": (0, 0, 0), "posts": (1, 0, 0)}
    assert {row["intact"] for row in saved(tmp_path / "out")} == {"yes"}


def test_salvage_skips_a_damaged_page_says_how_many_rows_are_lost_and_leaves_the_file_alone(path, tmp_path):
    overwrite_page(path, leaf_of(path, "events_revisions"))
    before = path.read_bytes()
    events = read_out(path, tmp_path / "out")[0]
    assert 0 < events.lost < ROWS / 2
    assert events.read == ROWS - events.lost == len(saved(tmp_path / "out"))
    assert (path.read_bytes(), [p.name for p in path.parent.iterdir()]) == (before, [path.name])


def test_salvage_of_a_store_that_was_cut_off_gives_what_is_left(path, tmp_path):
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    before = path.read_bytes()
    events = read_out(path, tmp_path / "out")[0]
    assert events.read > 0
    assert events.read + events.lost == ROWS
    assert path.read_bytes() == before


def test_salvage_reads_the_log_too_and_marks_altered_rows(path, tmp_path):
    store = open_sqlite(path)
    store.commit(change(event("NEW")))
    altered(path, "UPDATE events_revisions SET toponym = CAST(x'ff41' AS TEXT) WHERE event_id = 'E007'")
    results = read_out(path, tmp_path / "out")[0]
    store.close()
    assert (results.read, results.altered, results.lost) == (ROWS + 1, 1, 0)
    assert [row["event_id"] for row in saved(tmp_path / "out") if row["intact"] == "no"] == ["E007"]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [
        f"{f}.csv" for f in ("events", "lines", "posts", "zones")
    ]


def test_salvaged_texts_are_no_formulas_and_numbers_stay_numbers(path, tmp_path):
    read_out(path, tmp_path / "out")
    (post,) = saved(tmp_path / "out", "posts")
    assert (post["name"], post["lat"]) == ("'=1+1", "-39.0")


def test_salvage_writes_only_into_an_empty_folder(path, tmp_path):
    (tmp_path / "notes.txt").touch()
    with pytest.raises(InputRefused, match="is not an empty folder"):
        read_out(path, tmp_path)


def test_where_nothing_can_be_read_salvage_says_so(path, tmp_path):
    overwrite_page(path, 1)
    with pytest.raises(StoreError, match=r"Nothing of .* can be read"):
        read_out(path, tmp_path / "out")
    assert salvage.BLOCK > 1
