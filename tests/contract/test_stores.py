"""What every store promises: one suite over all of them."""

import sqlite3
import tempfile
import threading
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from making import change, event, events

from geo.columns import FAMILIES
from geo.errors import InputRefused, StoreBusy, StoreError
from geo.schema import as_frame
from geo.store import sqlite
from geo.store.base import RECORD_COLUMNS, Change, content_hash
from geo.store.revisions import append_revisions
from geo.store.sqlite import create_sqlite, open_sqlite
from geo.store.tables import APPLICATION_ID, SCHEMA_VERSION


def sqlite_store(folder):
    path = folder / "contract.sqlite"
    return open_sqlite(path) if path.exists() else create_sqlite(path, lambda _: None)


STORES = [sqlite_store]
"""Each opens the store of a folder, and makes an empty one the first time."""


@pytest.fixture(params=STORES, ids=lambda factory: factory.__name__)
def opened(request, tmp_path):
    """Opens the same store again and again, as several processes would."""
    stores = []

    def open_again():
        stores.append(request.param(tmp_path))
        return stores[-1]

    yield open_again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened):
    return opened()


def content(store, **how):
    """The current events by id, as far as these tests vary them."""
    return {row["event_id"]: row["toponym"] for row in store.read("events", **how).to_dict("records")}


# Reading and writing


def test_an_empty_store_is_at_revision_0_without_rows_or_history(store):
    assert (store.revision(), store.history()) == (0, [])
    assert all(store.read(family).empty for family in FAMILIES)


def test_rows_come_back_as_they_were_given_in_the_order_of_their_ids(store):
    late = event("B", lat=0.0, lon=-46.5, fatalities_best=0)
    early = event("A", toponym="Շուշի / Şuşa", event_date="1923-07-07", geo_precision=1)
    store.commit(change(late, early))
    read = store.read("events").drop(columns=list(RECORD_COLUMNS))
    pd.testing.assert_frame_equal(read, events(early, late))


def test_a_commit_counts_added_changed_and_unchanged_rows(store):
    store.commit(change(event("A"), event("B")))
    receipt = store.commit(change(event("A"), event("B", toponym="Shusha"), event("C")))
    counts = [receipt.added["events"], receipt.changed["events"], receipt.unchanged["events"]]
    assert counts == [1, 1, 1]
    assert store.history()[0].counts == {"added": 1, "changed": 1, "unchanged": 1}


def test_comparing_says_what_a_commit_would_do_and_writes_nothing(store):
    store.commit(change(event("A"), event("B")))
    verdicts = store.compare("events", events(event("A"), event("B", toponym="Shusha"), event("C")))
    assert verdicts.tolist() == ["unchanged", "changed", "added"]
    assert store.revision() == 1


def test_the_same_rows_again_write_nothing(store):
    store.commit(change(event("A"), event("B")))
    again = store.commit(change(event("A"), event("B")))
    assert (again.import_id, again.seq, store.revision(), len(store.history())) == (None, 1, 1, 1)


def test_a_row_tells_who_wrote_it_when_and_in_which_import(store):
    receipt = store.commit(change(event("A"), by="Ana"))
    row = store.read("events").iloc[0]
    assert (row["revision"], row["seq"], row["recorded_by"], row["import_id"]) == (
        1,
        1,
        "Ana",
        receipt.import_id,
    )
    assert datetime.fromisoformat(row["recorded_at"]).utcoffset().total_seconds() == 0


def test_two_revisions_of_one_id_in_one_change_are_both_kept_and_the_last_holds(store):
    receipt = store.commit(change(event("A", toponym="first"), event("A", toponym="second")))
    row = store.read("events").iloc[0]
    assert (row["toponym"], row["revision"]) == ("second", 2)
    assert (receipt.added["events"], receipt.changed["events"]) == (1, 1)


def test_rows_are_read_by_id_with_the_words_of_their_file(store):
    store.commit(change(event("A"), event("B"), raw={"A": '{"datum": "19.09."}'}))
    rows = store.read_rows("events", ["A", "nobody"])
    assert set(rows) == {"A"}
    assert rows["A"]["raw"] == '{"datum": "19.09."}'


def test_more_ids_than_one_query_holds_are_read(store):
    ids = [f"E{n:05}" for n in range(1_203)]
    store.commit(change(*(event(i) for i in ids)))
    assert sorted(store.read_rows("events", ids)) == ids


def test_words_that_look_like_sql_are_words(store):
    name = "x'); DROP TABLE events_revisions;--"
    store.commit(change(event(name, toponym=name)))
    assert content(store) == {name: name}
    assert store.read_rows("events", [name])[name]["toponym"] == name


def test_a_change_of_several_families_lands_as_one(store):
    rows = {
        "posts": as_frame("posts", [{"post_id": "P", "lat": 39.0, "lon": 46.0}]),
        "events": events(event("A")),
    }
    store.commit(Change(action="seed", recorded_by="tester", rows=rows))
    assert store.revision() == 1
    assert (len(store.read("events")), len(store.read("posts"))) == (1, 1)


# What was known when


def test_an_earlier_state_can_be_read_again(store):
    store.commit(change(event("A", toponym="early")))
    store.commit(change(event("A", toponym="late"), event("B")))
    assert content(store, known_at=0) == {}
    assert content(store, known_at=1) == {"A": "early"}
    assert content(store, known_at=2) == {"A": "late", "B": ""}
    assert store.read_rows("events", ["A"], known_at=1)["A"]["toponym"] == "early"


def test_an_instant_names_the_last_change_recorded_by_then(store):
    for toponym in ("one", "two", "three"):
        store.commit(change(event("A", toponym=toponym)))
    assert [store.known_at(entry.recorded_at) for entry in store.history()] == [3, 2, 1]
    assert (store.known_at("1994-05-12T00:00:00+00:00"), store.known_at("2999-01-01T00:00:00+00:00")) == (
        0,
        3,
    )


def test_the_history_is_newest_first_and_tells_what_was_undone(store):
    first = store.commit(change(event("A"), file="a.csv", note="why", sha256="0" * 64))
    store.commit(change(event("B"), file="b.csv"))
    store.undo(first.import_id, recorded_by="Ben")
    entries = store.history()
    assert [(e.seq, e.action, e.file, e.undone) for e in entries] == [
        (3, "undo", "", False), (2, "import", "b.csv", False), (1, "import", "a.csv", True)
    ]  # fmt: skip
    assert (entries[0].recorded_by, entries[2].note, entries[2].sha256) == ("Ben", "why", "0" * 64)
    assert store.history(limit=1) == entries[:1]


# Taking back


def test_undo_brings_the_earlier_content_back(store):
    store.commit(change(event("A", toponym="right")))
    wrong = store.commit(change(event("A", toponym="wrong")))
    receipt = store.undo(wrong.import_id, recorded_by="tester")
    assert (receipt.undone, receipt.kept, content(store)) == (1, (), {"A": "right"})


def test_undo_takes_an_added_row_away_and_its_past_can_still_be_read(store):
    added = store.commit(change(event("A", toponym="was here")))
    store.undo(added.import_id, recorded_by="tester")
    assert (content(store), store.read_rows("events", ["A"])) == ({}, {})
    assert content(store, known_at=1) == {"A": "was here"}


def test_undo_takes_back_all_revisions_that_one_change_made_of_a_row(store):
    store.commit(change(event("A", toponym="before")))
    twice = store.commit(change(event("A", toponym="one"), event("A", toponym="two")))
    store.undo(twice.import_id, recorded_by="tester")
    assert content(store) == {"A": "before"}


def test_undo_keeps_rows_that_were_edited_since_and_names_them(store):
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="corrected by hand")))
    receipt = store.undo(batch.import_id, recorded_by="tester")
    assert (receipt.undone, receipt.kept) == (1, ("event B",))
    assert content(store) == {"B": "corrected by hand"}


def test_an_import_cannot_be_undone_twice(store):
    receipt = store.commit(change(event("A")))
    store.undo(receipt.import_id, recorded_by="tester")
    with pytest.raises(InputRefused, match=f"The import {receipt.import_id} was already undone"):
        store.undo(receipt.import_id, recorded_by="tester")
    assert store.revision() == 2


def test_an_undo_is_redone_by_importing_the_file_again_and_not_by_undoing_it(store):
    receipt = store.commit(change(event("A", toponym="x")))
    store.undo(receipt.import_id, recorded_by="tester")
    with pytest.raises(InputRefused, match="is itself an undo: import the file again"):
        store.undo(store.history()[0].import_id, recorded_by="tester")
    again = store.commit(change(event("A", toponym="x")))
    assert (again.added["events"], content(store)) == (1, {"A": "x"})


def test_an_unknown_import_is_refused_with_the_way_to_find_it(store):
    with pytest.raises(InputRefused, match="There is no import 'nonsense': `conflictmap history` lists them"):
        store.undo("nonsense", recorded_by="tester")


# Several at once


def test_what_one_process_wrote_the_other_reads_at_once(opened):
    one, other = opened(), opened()
    one.commit(change(event("A")))
    assert (other.revision(), content(other)) == (1, {"A": ""})


def test_commits_that_race_all_land_in_whole(opened):
    opened()

    def write(name):
        own = opened()
        for n in range(5):
            own.commit(change(event(f"{name}-{n}"), event("shared", toponym=f"{name}-{n}")))

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store = opened()
    assert [entry.seq for entry in store.history()] == list(range(20, 0, -1))
    assert set(content(store)) == {"shared", *(f"{name}-{n}" for name in "abcd" for n in range(5))}
    assert store.read_rows("events", ["shared"])["shared"]["revision"] == 20


# The file of the embedded store


def test_a_writer_that_holds_the_store_too_long_is_named_and_readers_do_not_wait(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 1)
    with (
        closing(sqlite_store(tmp_path)) as store,
        closing(sqlite3.connect(tmp_path / "contract.sqlite")) as other,
    ):
        store.commit(change(event("A")))
        other.isolation_level = None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy, match=r"Another process has been writing to .* for 1 s: try again"):
            store.commit(change(event("B")))
        assert content(store) == {"A": ""}
        other.execute("ROLLBACK")
        assert store.commit(change(event("B"))).added["events"] == 1


def test_a_commit_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fail(connection, family, rows):
        append_revisions(connection, family, rows)
        raise MemoryError

    with closing(sqlite_store(tmp_path)) as store:
        store.commit(change(event("A")))
        monkeypatch.setattr("geo.store.sql.append_revisions", fail)
        with pytest.raises(MemoryError):
            store.commit(change(event("B")))
        assert (store.revision(), len(store.history()), content(store)) == (1, 1, {"A": ""})


@pytest.fixture
def path(tmp_path):
    return tmp_path / "file.sqlite"


def refused(path, sentence):
    before = path.read_bytes()
    with pytest.raises(StoreError, match=sentence):
        open_sqlite(path)
    assert path.read_bytes() == before, "a refused file is left as it was"
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_store_that_is_not_there_is_not_silently_created(path):
    with pytest.raises(StoreError, match=r"There is no store at .*: restore it from a backup"):
        open_sqlite(path)
    assert not path.exists()


def test_a_file_of_zero_bytes_is_refused(path):
    path.touch()
    refused(path, r"is empty \(0 bytes\): restore it from a backup")


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


# The law of contents


def test_a_row_has_one_hash_and_any_other_content_another():
    rows = [event(), event(toponym="x"), event(lat=0.0), event(fatalities_best=0), event(description="x")]
    full = [events(row).to_dict("records")[0] for row in rows]
    assert len({content_hash("events", row) for row in full}) == len(rows)
    assert content_hash("events", full[0]) == content_hash("events", dict(reversed(full[0].items())))


IDS = st.sampled_from("ABCDE")
NAMES = st.sampled_from(["Shusha", "Lachin", "Goris"])


class StoreMachine(RuleBasedStateMachine):
    """Imports, edits and undos in any order, against a dict for each state ever reached."""

    factory = staticmethod(sqlite_store)

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.store = self.factory(Path(self.folder.name))
        self.states = [{}]
        self.author = {}
        self.imports = {}
        self.undone = set()

    @rule(rows=st.dictionaries(IDS, NAMES, min_size=1, max_size=4))
    def commit(self, rows):
        now = self.states[-1]
        receipt = self.store.commit(change(*(event(i, toponym=name) for i, name in rows.items())))
        verdicts = Counter(
            "added" if i not in now else "unchanged" if now[i] == name else "changed"
            for i, name in rows.items()
        )
        got = {kind: getattr(receipt, kind)["events"] for kind in ("added", "changed", "unchanged")}
        assert got == {kind: verdicts[kind] for kind in got}
        written = {i: name for i, name in rows.items() if now.get(i) != name}
        if not written:
            assert receipt.import_id is None
            return
        self.states.append({**now, **written})
        self.imports[receipt.import_id] = (now, set(written))
        self.author |= dict.fromkeys(written, receipt.import_id)

    @rule(data=st.data())
    def take_back(self, data):
        if not self.imports:
            return
        import_id = data.draw(st.sampled_from(sorted(self.imports, key=list(self.imports).index)))
        if import_id in self.undone:
            with pytest.raises(InputRefused, match="already undone"):
                self.store.undo(import_id, recorded_by="tester")
            return
        before, written = self.imports[import_id]
        kept = {i for i in written if self.author[i] != import_id}
        receipt = self.store.undo(import_id, recorded_by="tester")
        assert (receipt.undone, set(receipt.kept)) == (len(written - kept), {f"event {i}" for i in kept})
        state = dict(self.states[-1])
        for i in written - kept:
            state.pop(i, None)
            if i in before:
                state[i] = before[i]
            self.author[i] = f"undo of {import_id}"
        self.states.append(state)
        self.undone.add(import_id)

    @invariant()
    def the_current_state_is_the_newest(self):
        assert content(self.store) == self.states[-1]

    @invariant()
    def every_change_stands_in_the_history_once(self):
        entries = self.store.history()
        assert [entry.seq for entry in entries] == list(range(len(self.states) - 1, 0, -1))
        assert {entry.import_id for entry in entries if entry.undone} == self.undone

    @invariant()
    def doing_it_again_changes_nothing(self):
        rows = self.store.read("events").drop(columns=list(RECORD_COLUMNS))
        if len(rows):
            assert set(self.store.compare("events", rows)) == {"unchanged"}

    def teardown(self):
        if hasattr(self, "store"):
            for seq, state in enumerate(self.states):
                assert content(self.store, known_at=seq) == state, "every past state can be read again"
            self.store.close()
            self.folder.cleanup()


TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = settings(max_examples=10, stateful_step_count=14, deadline=None)
