import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest
from making import change, event
from pages import overwrite_page, root_of

from geo.errors import InputRefused, StoreBusy, StoreDamaged, StoreError
from geo.store import backup
from geo.store.backup import backup_store, restore_store
from geo.store.doctor import examine, sound
from geo.store.failpoints import VARIABLE
from geo.store.sqlite import create_sqlite, open_sqlite
from geo.store.traces import read_backups


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "store.sqlite"
    create_sqlite(made, lambda store: store.commit(change(event("A", toponym="saved")))).close()
    return made


@pytest.fixture
def target(tmp_path):
    return tmp_path / "backup.sqlite"


def content(path):
    with closing(open_sqlite(path)) as store:
        return {row["event_id"]: row["toponym"] for row in store.read("events").to_dict("records")}


def write_more(path):
    with closing(open_sqlite(path)) as store:
        store.commit(change(event("A", toponym="later"), event("B")))


def damage(path):
    overwrite_page(path, root_of(path, "events_revisions"))


def test_a_backup_is_one_sound_file_and_the_store_remembers_it(path, target):
    made = backup_store(path, target)
    assert sound(examine(target, alone=True))
    assert read_backups(path) == [made]
    assert (made.file, made.seq) == (str(target), 1)
    assert sorted(p.name for p in path.parent.iterdir()) == [
        "backup.sqlite",
        "store.sqlite",
        "store.sqlite.backups.json",
    ]


def test_what_still_stands_in_the_log_is_in_the_backup(path, target):
    with closing(open_sqlite(path)) as store:
        store.commit(change(event("B")))
        backup_store(path, target)
    assert content(target) == {"A": "saved", "B": ""}


def test_a_backup_while_others_write_is_one_state_of_the_store(path, target):
    stop = threading.Event()

    def write():
        with closing(open_sqlite(path)) as store:
            n = 0
            while not stop.is_set():
                n += 1
                store.commit(change(event(f"{n}-1"), event(f"{n}-2")))

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for _ in range(3):
            backup_store(path, target)
            assert len(content(target)) % 2 == 1, "an import is in the backup in whole or not at all"
    finally:
        stop.set()
        writer.join()


def test_an_earlier_backup_may_be_replaced_but_no_other_file_and_not_the_store(path, target, tmp_path):
    backup_store(path, target)
    backup_store(path, target)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(b"\xff\xd8\xff" * 50)
    with pytest.raises(InputRefused, match="exists and is no backup of ours"):
        backup_store(path, photo)
    with pytest.raises(InputRefused, match="is the store itself"):
        backup_store(path, path)
    assert photo.read_bytes() == b"\xff\xd8\xff" * 50


def test_a_damaged_store_makes_no_backup_and_an_earlier_one_stays(path, target):
    backup_store(path, target)
    before = target.read_bytes()
    damage(path)
    with pytest.raises(StoreDamaged, match="restore the last good backup with"):
        backup_store(path, target)
    assert target.read_bytes() == before


def test_an_altered_cell_is_found_before_a_backup_takes_its_name(path, target):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE events_revisions SET toponym = 'forged'")
        raw.commit()
    with pytest.raises(StoreDamaged, match="event A: a cell is not what was written"):
        backup_store(path, target)
    assert not target.exists()


def test_a_restore_brings_the_backup_back_and_keeps_what_it_replaced(path, target):
    backup_store(path, target)
    write_more(path)
    done = restore_store(path, target)
    assert (done.seq, content(path)) == (1, {"A": "saved"})
    assert content(done.replaced) == {"A": "later", "B": ""}
    assert target.exists()


def test_a_log_that_cannot_be_folded_in_is_kept_with_the_replaced_store(path, target, monkeypatch):
    backup_store(path, target)
    log = path.with_name("store.sqlite-wal")
    log.write_bytes(b"what is left of a log")
    monkeypatch.setattr(backup, "_refuse_in_use", lambda _: None)
    done = restore_store(path, target)
    assert done.replaced.with_name(f"{done.replaced.name}-wal").read_bytes() == b"what is left of a log"
    assert (log.exists(), content(path)) == (False, {"A": "saved"})


def test_the_log_of_a_replaced_store_never_meets_the_backup(path, target):
    """SQLite would play it into whatever file bears the name."""
    backup_store(path, target)
    with closing(open_sqlite(path)) as store:
        store.commit(change(event("B")))
        log = path.with_name("store.sqlite-wal").read_bytes()
    path.write_bytes(b"\xa5" * path.stat().st_size)
    path.with_name("store.sqlite-wal").write_bytes(log)
    done = restore_store(path, target)
    assert not path.with_name("store.sqlite-wal").exists()
    assert content(path) == {"A": "saved"}
    assert done.replaced.exists()


def test_a_lost_store_is_restored_where_it_was(path, target):
    backup_store(path, target)
    path.unlink()
    assert restore_store(path, target).replaced is None
    assert content(path) == {"A": "saved"}


@pytest.mark.parametrize("wrong", ["damaged", "cut", "foreign", "missing", "altered"])
def test_a_backup_that_is_not_sound_is_not_taken(path, target, wrong):
    backup_store(path, target)
    if wrong == "damaged":
        damage(target)
    elif wrong == "cut":
        target.write_bytes(target.read_bytes()[:20_000])
    elif wrong == "foreign":
        target.write_text("not a store")
    elif wrong == "missing":
        target.unlink()
    else:
        with closing(sqlite3.connect(target)) as raw:
            raw.execute("UPDATE events_revisions SET toponym = 'forged'")
            raw.commit()
    before = path.read_bytes()
    with pytest.raises(StoreError):
        restore_store(path, target)
    assert path.read_bytes() == before
    assert not [p for p in path.parent.iterdir() if "replaced" in p.name or p.name.startswith(".")]


def test_a_store_is_not_restored_over_itself(path):
    with pytest.raises(InputRefused, match="is the store itself"):
        restore_store(path, path)


def test_a_store_that_another_process_has_open_is_not_replaced(path, target):
    backup_store(path, target)
    script = (
        "import sys; from pathlib import Path; from geo.store.sqlite import open_sqlite\n"
        f"store = open_sqlite(Path({str(path)!r})); store.revision(); print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(StoreBusy, match="close the dashboard, then restore again"):
            restore_store(path, target)
        other.stdin.close()
    assert restore_store(path, target).seq == 1


def test_a_backup_of_an_older_schema_is_restored_and_then_brought_up_to_date(path, tmp_path, repo):
    old = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(old)) as raw:
        raw.executescript((repo / "tests/data/stores/schema_1.sql").read_text("utf-8"))
    assert restore_store(path, old).seq == 5
    assert set(content(path)) == {"A", "B", "SEED-1", "SEED-2"}


BACKUP_STEPS = ("copied", "before_rename", "before_list", "listed")
RESTORE_STEPS = ("copied", "before_keep", "kept", "before_rename", "after_rename")


@pytest.mark.parametrize("trouble", ["enospc", "eio"])
@pytest.mark.parametrize(
    "place", [f"backup.{s}" for s in BACKUP_STEPS] + [f"restore.{s}" for s in RESTORE_STEPS]
)
def test_a_full_or_failing_disk_leaves_the_old_file_or_the_new_one(path, target, place, trouble, monkeypatch):
    backup_store(path, target)
    write_more(path)
    monkeypatch.setenv(VARIABLE, f"{place}={trouble}")
    act = backup_store if place.startswith("backup") else restore_store
    with pytest.raises(StoreError):
        act(path, target)
    monkeypatch.delenv(VARIABLE)
    assert content(path) in ({"A": "saved"}, {"A": "later", "B": ""})
    assert content(target) in ({"A": "saved"}, {"A": "later", "B": ""})
    assert not [p for p in path.parent.iterdir() if p.name.startswith(".")], "no draft is left"
