"""What every store promises: one suite over all of them."""

import threading
from datetime import datetime

import pandas as pd
import pytest
from making import change, event, events

from geo.columns import FAMILIES
from geo.errors import EditConflict, InputRefused
from geo.schema import as_frame
from geo.store.base import RECORD_COLUMNS, Change


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
    assert (receipt.rows, receipt.kept, content(store)) == (1, (), {"A": "right"})


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
    assert (receipt.rows, receipt.kept) == (1, ("event B",))
    assert content(store) == {"B": "corrected by hand"}


def test_an_import_cannot_be_undone_twice(store):
    receipt = store.commit(change(event("A")))
    store.undo(receipt.import_id, recorded_by="tester")
    with pytest.raises(InputRefused, match=f"The import {receipt.import_id} was already undone"):
        store.undo(receipt.import_id, recorded_by="tester")
    assert store.revision() == 2


def test_a_file_that_was_undone_can_be_imported_again(store):
    receipt = store.commit(change(event("A", toponym="x")))
    store.undo(receipt.import_id, recorded_by="tester")
    again = store.commit(change(event("A", toponym="x")))
    assert (again.added["events"], content(store)) == (1, {"A": "x"})


def test_an_unknown_import_is_refused_with_the_way_to_find_it(store):
    with pytest.raises(InputRefused, match="There is no import 'nonsense': `conflictmap history` lists them"):
        store.undo("nonsense", recorded_by="tester")


def test_an_import_is_undone_on_a_row_that_a_later_undone_import_had_changed(store):
    first = store.commit(change(event("A", toponym="first")))
    later = store.commit(change(event("A", toponym="later")))
    store.undo(later.import_id, recorded_by="tester")
    assert store.undo(first.import_id, recorded_by="tester").rows == 1
    assert content(store) == {}


def test_an_undo_of_nothing_but_edited_rows_writes_nothing_and_leaves_the_import_standing(store):
    batch = store.commit(change(event("A")))
    store.commit(change(event("A", toponym="corrected by hand")))
    receipt = store.undo(batch.import_id, recorded_by="tester")
    assert (receipt.rows, receipt.kept, receipt.seq, store.revision()) == (0, ("event A",), 2, 2)
    assert not store.history()[1].undone


def test_a_forced_undo_takes_edited_rows_back_too(store):
    store.commit(change(event("B", toponym="before")))
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="corrected by hand")))
    receipt = store.undo(batch.import_id, recorded_by="tester", force=True)
    assert (receipt.rows, receipt.kept, receipt.kept_total) == (2, (), 0)
    assert content(store) == {"B": "before"}


def test_an_undo_that_kept_rows_can_be_completed_by_force(store):
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="corrected by hand")))
    assert store.undo(batch.import_id, recorded_by="tester").kept_total == 1
    assert store.undo(batch.import_id, recorded_by="tester", force=True).rows == 1
    assert content(store) == {}
    with pytest.raises(InputRefused, match="already undone"):
        store.undo(batch.import_id, recorded_by="tester", force=True)


def test_an_undo_that_kept_a_row_is_completed_once_the_edit_is_undone_too(store):
    first = store.commit(change(event("A", toponym="first"), event("B")))
    later = store.commit(change(event("A", toponym="later")))
    assert store.undo(first.import_id, recorded_by="tester").kept == ("event A",)
    store.undo(later.import_id, recorded_by="tester")
    assert content(store) == {"A": "first"}
    assert store.history()[-1].kept == 1
    assert store.undo(first.import_id, recorded_by="tester").rows == 1
    assert (content(store), store.history()[-1].kept) == ({}, 0)
    assert store.redo(first.import_id, recorded_by="tester").rows == 2


def test_an_undo_again_names_what_is_still_edited_and_writes_nothing(store):
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="corrected by hand")))
    store.undo(batch.import_id, recorded_by="tester")
    again = store.undo(batch.import_id, recorded_by="tester")
    assert (again.rows, again.kept, store.revision()) == (0, ("event B",), 3)


def test_an_undo_again_leaves_rows_alone_that_another_import_brought_back(store):
    batch = store.commit(change(event("A"), event("B")))
    store.commit(change(event("B", toponym="corrected by hand")))
    store.undo(batch.import_id, recorded_by="tester")
    store.commit(change(event("A")))
    assert store.undo(batch.import_id, recorded_by="tester").rows == 0
    assert set(content(store)) == {"A", "B"}


def test_of_very_many_kept_rows_a_thousand_are_named_and_all_are_counted(store):
    ids = [f"E{n:04}" for n in range(1_100)]
    batch = store.commit(change(event("NEW"), *(event(i) for i in ids)))
    store.commit(change(*(event(i, toponym="edited") for i in ids)))
    receipt = store.undo(batch.import_id, recorded_by="tester")
    assert (receipt.rows, len(receipt.kept), receipt.kept_total) == (1, 1_000, 1_100)
    assert receipt.kept[0] == "event E0000"


def test_a_redo_brings_back_what_the_import_wrote(store):
    store.commit(change(event("A", toponym="before")))
    batch = store.commit(change(event("A", toponym="imported"), event("B")))
    store.undo(batch.import_id, recorded_by="tester")
    receipt = store.redo(batch.import_id, recorded_by="Ben")
    assert (receipt.rows, receipt.kept) == (2, ())
    assert content(store) == {"A": "imported", "B": ""}
    redo, undo, imported, _ = store.history()
    assert (redo.action, redo.recorded_by, redo.redoes, undo.undoes, imported.undone) == (
        "redo", "Ben", batch.import_id, batch.import_id, False
    )  # fmt: skip


def test_undo_and_redo_can_follow_each_other_again_and_again(store):
    batch = store.commit(change(event("A")))
    for _ in range(3):
        assert store.undo(batch.import_id, recorded_by="tester").rows == 1
        assert content(store) == {}
        assert store.redo(batch.import_id, recorded_by="tester").rows == 1
        assert content(store) == {"A": ""}


def test_a_redo_keeps_rows_that_were_written_since_the_undo(store):
    batch = store.commit(change(event("A", toponym="imported"), event("B")))
    store.undo(batch.import_id, recorded_by="tester")
    store.commit(change(event("A", toponym="by hand")))
    receipt = store.redo(batch.import_id, recorded_by="tester")
    assert (receipt.rows, receipt.kept, content(store)) == (1, ("event A",), {"A": "by hand", "B": ""})


def test_a_redo_leaves_rows_alone_that_the_undo_had_not_taken(store):
    batch = store.commit(change(event("A"), event("B")))
    deleted = store.read_rows("events", ["B"])["B"]
    store.delete("events", "B", seen=deleted["revision"], recorded_by="Ana")
    store.undo(batch.import_id, recorded_by="tester")
    receipt = store.redo(batch.import_id, recorded_by="tester")
    assert (receipt.rows, receipt.kept, content(store)) == (1, (), {"A": ""})


def test_what_is_not_undone_cannot_be_redone(store):
    batch = store.commit(change(event("A")))
    with pytest.raises(InputRefused, match="is not undone: there is nothing to redo"):
        store.redo(batch.import_id, recorded_by="tester")


@pytest.mark.parametrize("action", ["import", "report", "transfer"])
def test_whatever_wrote_rows_can_be_undone(store, action):
    batch = store.commit(change(event("A"), action=action))
    assert store.undo(batch.import_id, recorded_by="tester").rows == 1


def test_the_rows_that_come_with_the_project_cannot_be_undone_as_a_whole(store):
    seeded = store.commit(change(event("A"), action="seed"))
    with pytest.raises(InputRefused, match="rows that come with conflictmap: delete single rows instead"):
        store.undo(seeded.import_id, recorded_by="tester")


def test_an_undo_is_not_undone_but_redone_and_the_message_says_how(store):
    batch = store.commit(change(event("A")))
    store.undo(batch.import_id, recorded_by="tester")
    undo_id = store.history()[0].import_id
    with pytest.raises(InputRefused, match=f"itself an undo: `conflictmap redo {batch.import_id}`"):
        store.undo(undo_id, recorded_by="tester")
    store.redo(batch.import_id, recorded_by="tester")
    redo_id = store.history()[0].import_id
    with pytest.raises(InputRefused, match=f"itself a redo: `conflictmap undo {batch.import_id}`"):
        store.redo(redo_id, recorded_by="tester")


def test_a_change_of_several_families_is_undone_as_a_whole(store):
    post = as_frame("posts", [{"post_id": "P", "lat": 39.0, "lon": 46.0}])
    both = store.commit(Change("import", "tester", {"posts": post, "events": events(event("A"))}))
    assert store.undo(both.import_id, recorded_by="tester").rows == 2
    assert store.read("posts").empty


def test_a_row_that_comes_back_still_has_the_words_of_its_file_and_their_header(store):
    first = change(event("A"), raw={"A": '["19.09."]'}, header='["datum"]')
    store.commit(first)
    later = store.commit(
        change(event("A", toponym="x"), raw={"A": '["x", "20.09."]'}, header='["ort", "tag"]')
    )
    store.undo(later.import_id, recorded_by="tester")
    row = store.read_rows("events", ["A"])["A"]
    assert (row["raw"], row["header"]) == ('["19.09."]', '["datum"]')
    store.redo(later.import_id, recorded_by="tester")
    row = store.read_rows("events", ["A"])["A"]
    assert (row["raw"], row["header"]) == ('["x", "20.09."]', '["ort", "tag"]')


# Edits by hand


def seen(store, row_id="A"):
    return store.read_rows("events", [row_id])[row_id]["revision"]


def test_an_edit_is_one_revision_more_and_keeps_the_words_of_the_file(store):
    store.commit(change(event("A", toponym="x"), raw={"A": '["x"]'}, header='["ort"]'))
    receipt = store.edit("events", event("A", toponym="y"), seen=1, recorded_by="Ana", note="a slip")
    assert (receipt.seq, dict(receipt.changed), content(store)) == (2, {"events": 1}, {"A": "y"})
    row = store.read_rows("events", ["A"])["A"]
    assert (row["revision"], row["recorded_by"], row["raw"], row["header"]) == (2, "Ana", '["x"]', '["ort"]')
    entry = store.history()[0]
    assert (entry.action, entry.note, entry.counts) == ("edit", "a slip", {"changed": 1})


def test_an_edit_that_changes_nothing_writes_nothing(store):
    store.commit(change(event("A", toponym="x")))
    receipt = store.edit("events", event("A", toponym="x"), seen=1, recorded_by="Ana")
    assert (receipt.import_id, store.revision(), dict(receipt.unchanged)) == (None, 1, {"events": 1})


def test_of_two_that_edit_one_row_the_second_sees_both_versions_and_nothing_is_written(store):
    store.commit(change(event("A", toponym="x")))
    store.edit("events", event("A", toponym="Ana's"), seen=1, recorded_by="Ana")
    with pytest.raises(EditConflict, match=r"Ana changed event A on .* after you opened it") as conflict:
        store.edit("events", event("A", toponym="Ben's"), seen=1, recorded_by="Ben")
    error = conflict.value
    assert [error.base["toponym"], error.theirs["toponym"], error.yours["toponym"]] == ["x", "Ana's", "Ben's"]
    assert (error.theirs["recorded_by"], error.theirs["revision"], error.exit_code) == ("Ana", 2, 3)
    assert (store.revision(), content(store)) == (2, {"A": "Ana's"})


def test_a_deleted_row_is_gone_and_its_past_is_not(store):
    store.commit(change(event("A", toponym="x"), event("B")))
    receipt = store.delete("events", "A", seen=1, recorded_by="Ana", note="double")
    assert (dict(receipt.deleted), content(store)) == ({"events": 1}, {"B": ""})
    assert content(store, known_at=1) == {"A": "x", "B": ""}


def test_a_deletion_over_an_unseen_edit_is_refused_and_so_is_an_edit_over_an_unseen_deletion(store):
    store.commit(change(event("A"), event("B")))
    store.edit("events", event("A", toponym="y"), seen=1, recorded_by="Ana")
    with pytest.raises(EditConflict) as conflict:
        store.delete("events", "A", seen=1, recorded_by="Ben")
    assert conflict.value.yours is None
    store.delete("events", "B", seen=1, recorded_by="Ana")
    with pytest.raises(EditConflict, match="Ana deleted event B") as conflict:
        store.edit("events", event("B", toponym="z"), seen=1, recorded_by="Ben")
    assert conflict.value.theirs["retracted"]
    assert content(store) == {"A": "y"}


def test_edits_and_deletions_can_be_undone_and_redone(store):
    store.commit(change(event("A", toponym="x")))
    edited = store.edit("events", event("A", toponym="y"), seen=1, recorded_by="Ana")
    store.undo(edited.import_id, recorded_by="Ana")
    assert content(store) == {"A": "x"}
    deleted = store.delete("events", "A", seen=seen(store), recorded_by="Ana")
    store.undo(deleted.import_id, recorded_by="Ana")
    assert content(store) == {"A": "x"}
    store.redo(deleted.import_id, recorded_by="Ana")
    assert content(store) == {}


@pytest.mark.parametrize("row_id", ["nobody", "gone"])
def test_only_a_row_that_is_there_can_be_edited_or_deleted(store, row_id):
    store.commit(change(event("gone")))
    store.delete("events", "gone", seen=1, recorded_by="Ana")
    with pytest.raises(InputRefused):
        store.edit("events", event(row_id), seen=2, recorded_by="Ana")
    with pytest.raises(InputRefused):
        store.delete("events", row_id, seen=2, recorded_by="Ana")
    assert store.revision() == 2


def test_the_history_of_a_row_tells_every_revision_with_who_and_why(store):
    batch = store.commit(change(event("A", toponym="x"), file="a.csv", by="Ana"))
    store.edit("events", event("A", toponym="y"), seen=1, recorded_by="Ben", note="why")
    store.delete("events", "A", seen=2, recorded_by="Cem")
    told = [
        (v.revision, v.row["toponym"], v.recorded_by, v.action, v.file, v.note, v.retracted)
        for v in store.row_history("events", "A")
    ]
    assert told == [
        (1, "x", "Ana", "import", "a.csv", "", False),
        (2, "y", "Ben", "edit", "", "why", False),
        (3, "y", "Cem", "delete", "", "", True),
    ]
    assert store.row_history("events", "A")[0].import_id == batch.import_id
    assert store.row_history("events", "nobody") == []


# Parts of rows, and what changed


def test_only_the_columns_asked_for_are_read(store):
    store.commit(change(event("B", lat=39.5), event("A"), by="Ana"))
    frame = store.read("events", columns=["event_id", "lat", "recorded_by"])
    whole = store.read("events")
    pd.testing.assert_frame_equal(frame, whole[["event_id", "lat", "recorded_by"]])


def test_columns_come_in_batches_of_all_rows_or_of_some_ids(store):
    store.commit(change(event("B", fatalities_best=3), event("A"), event("C")))
    columns = ("event_id", "fatalities_best")
    assert list(store.batches("events", columns)) == [(("A", "B", "C"), (None, 3, None))]
    assert list(store.batches("events", columns, ids=["C", "B", "nobody"])) == [(("B", "C"), (3, None))]
    assert list(store.batches("events", columns, known_at=0)) == []


def test_what_changed_since_a_revision_is_told(store):
    store.commit(change(event("A"), event("B")))
    later = store.commit(change(event("B", toponym="x"), event("C")))
    assert store.changed_since("events", 0) == ["A", "B", "C"]
    assert store.changed_since("events", 1) == ["B", "C"]
    assert store.changed_since("posts", 0) == []
    store.undo(later.import_id, recorded_by="tester")
    assert store.changed_since("events", 2) == ["B", "C"]


def test_changes_are_ordered_by_their_number_when_the_clock_was_set_back(store, monkeypatch):
    class SetBack(datetime):
        hours = iter(("12", "14", "13"))

        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat(f"2024-01-01T{next(cls.hours)}:00:00+00:00")

    monkeypatch.setattr("geo.store.revisions.datetime", SetBack)
    for toponym in ("one", "two", "three"):
        store.commit(change(event("A", toponym=toponym)))
    assert content(store) == {"A": "three"}
    assert [entry.seq for entry in store.history()] == [3, 2, 1]
    assert store.known_at("2024-01-01T13:30:00+00:00") == 3


# Finding rows by words


def found(store, words, *, family="events", limit=10, **how):
    return store.search(family, words, limit=limit, **how)


@pytest.mark.parametrize(
    "column",
    ["event_id", "sub_type", "actor1", "actor2", "toponym", "place_id", "admin0", "admin1", "description",
     "source_name", "source_url", "tags"],
)  # fmt: skip
def test_words_are_found_in_every_text_of_a_row_wherever_they_stand_and_in_either_case(store, column):
    store.commit(change(event("A"), {**event("B"), column: "before Lachin road after"}))
    row_id = "before Lachin road after" if column == "event_id" else "B"
    assert found(store, "lachin ROAD") == [row_id]
    assert found(store, "lachin  road") == []


def test_the_words_of_a_vocabulary_are_no_text_to_be_found(store):
    store.commit(change(event("A", event_type="shelling", confidence="high")))
    assert (found(store, "shelling"), found(store, "high")) == ([], [])


def test_words_in_other_scripts_are_found_as_they_are_written(store):
    store.commit(change(event("A", toponym="Շուշի / Şuşa")))
    assert found(store, "Շուշի") == found(store, "Şuşa") == ["A"]


def test_what_is_found_comes_newest_first_and_on_one_day_by_id(store):
    days = {"A": "2020-09-27", "B": "2023-09-19", "D": "1988-02-20", "C": "2023-09-19"}
    store.commit(change(*(event(row_id, event_date=day, toponym="Shusha") for row_id, day in days.items())))
    assert found(store, "shusha") == ["B", "C", "A", "D"]
    assert found(store, "shusha", limit=2) == ["B", "C"]


@pytest.mark.parametrize("sign", ["%", "_", "/", "\\", "'", '"', "%%", "a_c"])
def test_signs_that_mean_anything_to_a_database_mean_themselves(store, sign):
    store.commit(change(event("A", description=f"x {sign} y"), event("B", description="x abc y")))
    assert found(store, sign) == ["A"]


def test_a_deleted_row_and_an_old_wording_are_not_found(store):
    store.commit(change(event("A", toponym="Shusha"), event("B", toponym="Shusha")))
    store.commit(change(event("A", toponym="Lachin")))
    store.delete("events", "B", seen=1, recorded_by="Ana")
    assert (found(store, "shusha"), found(store, "lachin")) == ([], ["A"])


def test_what_was_known_at_a_change_is_found_and_nothing_later(store):
    store.commit(change(event("A", toponym="Shusha"), event("B", toponym="Shusha")))
    store.commit(change(event("A", toponym="Lachin"), event("C", toponym="Shusha")))
    store.delete("events", "B", seen=1, recorded_by="Ana")
    assert found(store, "shusha", known_at=0) == []
    assert found(store, "shusha", known_at=1) == ["A", "B"]
    assert found(store, "shusha", known_at=2) == ["B", "C"]
    assert found(store, "lachin", known_at=1) == []


def test_posts_are_found_by_their_words_newest_first(store):
    rows = [
        {
            "post_id": f"P{n}",
            "name": "Base Shusha",
            "kind": "base",
            "lat": 39.7,
            "lon": 46.7,
            "valid_from": day,
        }
        for n, day in enumerate(["2020-11-10", "", "2021-05-01"])
    ]
    store.commit(
        Change("import", "Ana", {"posts": as_frame("posts", rows), "events": events(event("shusha"))})
    )
    assert found(store, "shusha", family="posts") == ["P2", "P0", "P1"]


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
