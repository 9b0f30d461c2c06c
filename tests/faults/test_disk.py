"""A full or failing disk: one sentence, nothing by half, and the same process goes on when there is room again."""

import errno
import resource
import signal
import sqlite3
from contextlib import closing

import pytest
from forks import run_killed
from making import change, event
from sqlalchemy import event as sql_event

from geo.errors import StoreError
from geo.store.backup import backup_store
from geo.store.doctor import examine, sound
from geo.store.failpoints import POINTS, VARIABLE, failpoint
from geo.store.sqlite import create_sqlite, open_sqlite


@pytest.fixture
def path(tmp_path):
    made = tmp_path / "store.sqlite"
    create_sqlite(made, lambda store: store.commit(change(event("A", toponym="first")))).close()
    return made


def large(n=3_000):
    return change(*(event(f"E{i:04}", description="x" * 300) for i in range(n)))


def names(path):
    with closing(open_sqlite(path)) as store:
        return store.read("events")["event_id"].tolist()


def test_a_store_that_may_not_grow_says_that_the_disk_is_full_and_goes_on_later(path):
    with closing(open_sqlite(path)) as store:
        store.engine.dispose()
        limited = [True]

        @sql_event.listens_for(store.engine, "checkout")
        def limit(connection, *_):
            pages = connection.execute("PRAGMA page_count").fetchone()[0] + 3 if limited else 1 << 30
            connection.execute(f"PRAGMA max_page_count = {pages}")

        with pytest.raises(StoreError, match=r"is full, so nothing was written: free some space"):
            store.commit(large())
        assert store.revision() == 1
        limited.clear()
        assert store.commit(large()).added["events"] == 3_000
    assert sound(examine(path))


@pytest.mark.parametrize("action", ["import", "undo", "edit"])
def test_a_process_that_may_not_write_more_bytes_leaves_the_store_as_it_was(path, action):
    with closing(open_sqlite(path)) as store:
        batch = store.commit(large()) if action == "undo" else None
        before = store.revision()

    def write():
        with closing(open_sqlite(path)) as store:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
            try:
                if action == "import":
                    store.commit(large())
                elif action == "undo":
                    store.undo(batch.import_id, recorded_by="tester")
                else:
                    store.edit("events", event("A", toponym="x" * 9_000), seen=1, recorded_by="tester")
            except StoreError as error:
                return f"refused: {error}"
        return "written"

    assert run_killed(write, None).startswith("refused: The ")
    with closing(open_sqlite(path)) as store:
        assert store.revision() == before
    assert sound(examine(path))


@pytest.mark.parametrize("trouble", ["enospc", "eio"])
@pytest.mark.parametrize(
    "point", [p for p in POINTS if p.startswith(("change.", "undo.", "redo.", "edit.", "delete."))]
)
def test_the_process_that_met_a_failing_disk_can_go_on(path, point, trouble, monkeypatch):
    action = point.partition(".")[0]
    with closing(open_sqlite(path)) as store:
        batch = store.commit(change(event("B"), event("C")))
        if action == "redo":
            store.undo(batch.import_id, recorded_by="tester")
        acts = {
            "change": lambda: store.commit(change(event("D"))),
            "undo": lambda: store.undo(batch.import_id, recorded_by="tester", force=True),
            "redo": lambda: store.redo(batch.import_id, recorded_by="tester"),
            "edit": lambda: store.edit("events", event("A", toponym="new"), seen=1, recorded_by="tester"),
            "delete": lambda: store.delete("events", "A", seen=1, recorded_by="tester"),
        }
        before = store.revision()
        monkeypatch.setenv(VARIABLE, f"{point}={trouble}")
        with pytest.raises(StoreError):
            acts[action]()
        monkeypatch.delenv(VARIABLE)
        landed = point.endswith("after_commit")
        assert store.revision() == before + landed
        if not landed:
            acts[action]()
        assert store.revision() == before + 1
    assert sound(examine(path))


def test_a_backup_onto_a_full_disk_leaves_neither_a_backup_nor_a_draft(path, tmp_path):
    target = tmp_path / "deep" / "backup.sqlite"
    target.parent.mkdir()

    def write():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, 2_000))
        try:
            backup_store(path, target)
        except StoreError as error:
            return f"refused: {error}"
        return "written"

    assert run_killed(write, None).startswith("refused: The ")
    assert list(target.parent.iterdir()) == []
    assert names(path) == ["A"]


def test_without_the_variable_a_failpoint_does_nothing(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    failpoint("change.begun")


def test_a_failpoint_may_wait_for_its_turn(monkeypatch):
    monkeypatch.setenv(VARIABLE, "test.turn=enospc:2")
    failpoint("test.turn")
    failpoint("test.other")
    with pytest.raises(OSError, match=r"test\.turn") as raised:
        failpoint("test.turn")
    assert raised.value.errno == errno.ENOSPC


def test_a_reader_does_not_wait_for_a_writer(path):
    with closing(open_sqlite(path)) as store, closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE changes SET note = 'unsaved'")
        assert store.read("events")["event_id"].tolist() == ["A"]
        assert store.history()[0].note == ""
        writer.execute("ROLLBACK")
