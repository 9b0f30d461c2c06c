"""The embedded store as a file: foreign, damaged, lost, locked, or half made."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from making import change, event
from pages import overwrite_page, page_size, root_of

from geo.errors import InputRefused, StoreBusy, StoreDamaged, StoreError
from geo.store import sqlite, startup
from geo.store.backup import backup_store
from geo.store.doctor import examine
from geo.store.revisions import append_revisions
from geo.store.sqlite import create_sqlite, open_sqlite
from geo.store.tables import APPLICATION_ID, SCHEMA_VERSION


def content(store):
    return {row["event_id"]: row["toponym"] for row in store.read("events").to_dict("records")}


def test_a_writer_that_holds_the_store_too_long_is_named_and_readers_do_not_wait(path, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1)
    with (
        closing(create_sqlite(path, lambda _: None)) as store,
        closing(sqlite3.connect(path)) as other,
    ):
        store.commit(change(event("A")))
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match=r"Another process has been writing to .* for 1 s: try again"):
            store.commit(change(event("B")))
        assert content(store) == {"A": ""}
        other.execute("ROLLBACK")
        assert store.commit(change(event("B"))).added["events"] == 1


def test_a_commit_that_fails_half_way_leaves_nothing(path, monkeypatch):
    def fail(connection, family, rows):
        append_revisions(connection, family, rows)
        raise MemoryError

    with closing(create_sqlite(path, lambda _: None)) as store:
        store.commit(change(event("A")))
        monkeypatch.setattr("geo.store.writes.append_revisions", fail)
        with pytest.raises(MemoryError):
            store.commit(change(event("B")))
        assert (store.revision(), len(store.history()), content(store)) == (1, 1, {"A": ""})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.sqlite"


def filled(path):
    """A store of one change, in one file without a log."""
    create_sqlite(path, lambda store: store.commit(change(*(event(f"E{n:03}") for n in range(300))))).close()


def refused(path, sentence, kind=StoreError):
    before = path.read_bytes()
    with pytest.raises(kind, match=sentence):
        open_sqlite(path)
    assert path.read_bytes() == before, "a refused file is left as it was"
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_store_that_is_not_there_is_not_silently_created(path):
    with pytest.raises(StoreError, match=r"There is no store at .*: restore it from a backup"):
        open_sqlite(path)
    assert not path.exists()


def test_a_file_of_zero_bytes_is_refused(path):
    path.touch()
    refused(path, r"is empty \(0 bytes\): no backup of it is known; restore one")


def test_a_store_that_was_cut_off_is_found_damaged_at_the_start(path):
    filled(path)
    with path.open("rb+") as file:
        file.truncate(path.stat().st_size // 2)
    refused(path, r"is damaged \(.*\)\. It was left as it is: no backup of it is known", StoreDamaged)


@pytest.mark.parametrize(
    "table", ["changes", "events_revisions", "ix_events_revisions_seq", "posts_revisions"]
)
def test_an_overwritten_page_is_found_at_the_start_and_not_at_the_first_query_that_meets_it(path, table):
    filled(path)
    overwrite_page(path, root_of(path, table))
    refused(path, r"is damaged \(", StoreDamaged)


def test_a_damaged_store_names_its_last_good_backup_that_is_still_there(path, tmp_path):
    filled(path)
    for name in ("first", "second", "lost"):
        backup_store(path, tmp_path / f"{name}.sqlite")
    (tmp_path / "lost.sqlite").unlink()
    overwrite_page(path, root_of(path, "events_revisions"))
    with pytest.raises(StoreDamaged, match=r"`conflictmap restore .*/second\.sqlite` \(made "):
        open_sqlite(path)


def test_a_change_whose_line_in_the_history_was_altered_is_found_at_the_start(path):
    filled(path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE changes SET recorded_by = 'nobody' WHERE seq = 1")
        raw.commit()
    with pytest.raises(StoreDamaged, match=r"change 1: its fields are not those that were sealed"):
        open_sqlite(path)


def test_a_store_too_large_to_be_checked_at_once_is_checked_behind_and_then_no_longer_written(
    path, monkeypatch
):
    filled(path)
    overwrite_page(path, root_of(path, "events_revisions"))
    monkeypatch.setattr(startup, "QUICK_CHECK_UP_TO", 1_000)
    with closing(open_sqlite(path)) as store:
        startup.check_behind(store, path).join()
        with pytest.raises(StoreDamaged, match="is damaged"):
            store.commit(change(event("B")))
        assert store.revision() == 1, "what can be read is read"


def test_a_store_whose_last_user_died_while_folding_the_log_in_is_whole_with_its_log(path, tmp_path):
    """The first page, which tells the size, is written before the pages that make the file that large."""
    filled(path)
    torn = tmp_path / "torn.sqlite"
    with closing(open_sqlite(path)) as store:
        store.commit(change(*(event(f"N{n:04}", description="x" * 300) for n in range(3_000))))
        log = path.with_name(f"{path.name}-wal").read_bytes()
        shutil.copyfile(path, torn)
    size = page_size(path)
    frames = [log[at : at + 24 + size] for at in range(32, len(log), 24 + size)]
    # SQLite file format, section 4.1: a frame begins with the number of its page.
    first = [frame[24:] for frame in frames if int.from_bytes(frame[:4], "big") == 1][-1]
    with torn.open("rb+") as file:
        file.write(first)
        assert int.from_bytes(first[28:32], "big") * size > torn.stat().st_size
    torn.with_name(f"{torn.name}-wal").write_bytes(log)
    assert all(check.ok for check in examine(torn))
    with closing(open_sqlite(torn)) as store:
        assert (store.revision(), len(store.read("events"))) == (2, 3_300)


@pytest.mark.parametrize("trace", ["-wal", "-journal", ".backups.json"])
def test_no_new_store_is_made_where_one_existed(path, trace):
    path.with_name(path.name + trace).write_bytes(b"x")
    with pytest.raises(StoreError, match=r"is gone, but .* shows that there was one: .* To begin anew, move"):
        create_sqlite(path, lambda _: None)
    assert not path.exists()


def test_looking_at_a_store_does_not_drop_the_lock_that_this_process_holds_on_it(path):
    """Closing any plain file of the same name would (POSIX): another process could then clear away the log."""
    filled(path)
    with closing(open_sqlite(path)) as store, store.writing() as connection:
        connection.exec_driver_sql("UPDATE changes SET note = note")
        open_sqlite(path).close()
        examine(path)
        script = (
            f"import sqlite3; raw = sqlite3.connect({str(path)!r}, timeout=0, isolation_level=None)\n"
            "try: raw.execute('PRAGMA journal_mode = DELETE'); print('taken')\n"
            "except sqlite3.OperationalError as error: print(error)"
        )
        said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert "locked" in said.stdout


def test_a_text_file_is_refused(path):
    path.write_text("event_id,event_date\n" * 100)
    refused(path, "is not a conflictmap store, or is damaged: name another with --store")


def test_the_database_of_another_program_is_refused_and_not_touched(path):
    with closing(sqlite3.connect(path)) as foreign:
        foreign.execute("CREATE TABLE moz_places (url TEXT)")
        foreign.commit()
    refused(path, "is not a conflictmap store, or is damaged: name another with --store")


def test_the_store_of_a_newer_version_is_refused(path):
    with closing(sqlite3.connect(path)) as newer:
        newer.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        newer.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        newer.execute("CREATE TABLE changes (seq INTEGER)")
        newer.commit()
    with pytest.raises(
        StoreError, match=rf"newer conflictmap \(schema {SCHEMA_VERSION + 1}\): update this one"
    ):
        open_sqlite(path)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match=r"cannot be created .*: name another with --store"):
        create_sqlite(tmp_path / "file" / "store.sqlite", lambda _: None)


def test_a_store_whose_filling_fails_does_not_appear(path):
    def fail(_):
        raise InputRefused("the seed is damaged")

    with pytest.raises(InputRefused):
        create_sqlite(path, fail)
    assert list(path.parent.iterdir()) == []


def test_of_two_that_create_the_store_one_wins_and_both_use_it(path):
    def meanwhile(_):
        with closing(create_sqlite(path, lambda winner: winner.commit(change(event("winner"))))):
            pass

    with closing(create_sqlite(path, meanwhile)) as store:
        assert content(store) == {"winner": ""}
