"""What every store promises about drafts and about telling what a change did."""

import sqlite3
from contextlib import closing

import pytest
from making import change, event, events

from geo.columns import FAMILIES
from geo.errors import StoreBusy
from geo.store.base import Change, plain_columns
from geo.store.digest import content_hashes
from geo.store.draft import Draft


def draft_of(*rows):
    draft = Draft("events")
    columns = plain_columns("events", events(*rows))
    size = len(rows)
    draft.add_rows(
        columns,
        range(2, size + 2),
        [f'["{row["event_id"]}"]' for row in rows],
        content_hashes("events", columns),
    )
    draft.finish()
    return draft


def commit(store, *rows, **facts):
    return store.commit_draft(Change("import", "tester", {}, **facts), draft_of(*rows))


def test_a_draft_is_judged_as_a_commit_would_judge_it(store):
    store.commit(change(event("A"), event("B")))
    draft = draft_of(event("A"), event("B", toponym="Shusha"), event("C"))
    assert store.compare_draft(draft) == {"added": 1, "changed": 1, "unchanged": 1}
    assert store.draft_verdicts(draft, limit=9) == {2: "unchanged", 3: "changed", 4: "added"}
    assert store.revision() == 1


def test_a_draft_is_written_as_one_change_and_its_unchanged_rows_are_not(store):
    store.commit(change(event("A"), event("B")))
    receipt = commit(store, event("A"), event("B", toponym="Shusha"), event("C"), header='["id"]')
    assert (receipt.seq, receipt.added["events"], receipt.changed["events"]) == (2, 1, 1)
    rows = store.read_rows("events", ["A", "B", "C"])
    assert {i: (row["toponym"], row["revision"], row["raw"]) for i, row in rows.items()} == {
        "A": ("", 1, ""), "B": ("Shusha", 2, '["B"]'), "C": ("", 1, '["C"]'),
    }  # fmt: skip
    assert rows["C"]["header"] == '["id"]'


def test_a_draft_and_a_frame_of_the_same_rows_leave_the_same_store(store, tmp_path):
    rows = [event(f"E{n}", toponym=f"place {n}", lat=39.0, lon=46.5) for n in range(50)]
    commit(store, *rows)
    assert commit(store, *rows).import_id is None
    assert store.commit(change(*rows)).import_id is None


def test_an_exact_repeat_is_skipped_and_another_row_of_the_id_is_rejected(store):
    draft = draft_of(event("A"), event("A"), event("A", toponym="other"))
    assert (draft.rows, draft.repeats, draft.rejected) == (1, 1, 1)
    (issue,) = draft.issues(limit=9)
    assert (issue.line, issue.code) == (4, "CSV-12")
    assert store.commit_draft(Change("import", "tester", {}), draft).added["events"] == 1


def test_an_import_of_a_draft_is_undone_like_any_other(store):
    store.commit(change(event("A")))
    receipt = commit(store, event("A", toponym="Shusha"), event("B"))
    store.undo(receipt.import_id, recorded_by="tester")
    assert {row["event_id"]: row["toponym"] for row in store.read("events").to_dict("records")} == {"A": ""}


def test_events_that_the_next_edition_dropped_are_named_within_its_days_only(store):
    days = ["2023-09-01", "2023-09-02", "2023-09-03", "2023-10-30"]
    rows = [event(f"E{n}", event_date=day) for n, day in enumerate(days)]
    commit(store, *rows, note="format acled")
    assert store.disappeared(draft_of(rows[0], rows[2]), note="format acled", limit=9) == ["E1"]
    assert store.disappeared(draft_of(rows[0], rows[2]), note="format ucdp", limit=9) == []


@pytest.mark.parametrize("has", [["E0"], ["E0", "E3", "E4", "E5", "E6", "E7"]], ids=["few", "most"])
def test_only_what_the_source_itself_said_last_counts_as_dropped(store, has):
    rows = {f"E{n}": event(f"E{n}", event_date="2023-09-01") for n in range(9)}
    commit(store, *rows.values(), note="format acled")
    commit(store, event("X", event_date="2023-09-01"), note="format ucdp")
    commit(store, {**rows["E1"], "toponym": "newer"}, note="format acled")
    undone = commit(store, {**rows["E2"], "toponym": "newer"}, note="format acled")
    store.undo(undone.import_id, recorded_by="tester")
    store.edit("events", {**rows["E3"], "toponym": "edited"}, seen=1, recorded_by="tester")
    store.delete("events", "E4", seen=1, recorded_by="tester")
    commit(store, {**rows["E8"], "event_date": "2024-01-01"}, note="format acled")
    gone = sorted({"E0", "E1", "E5", "E6", "E7"} - set(has))
    draft = draft_of(*(rows[row_id] for row_id in has))
    assert store.disappeared(draft, note="format acled", limit=99) == gone
    assert store.disappeared(draft, note="format acled", limit=1)[0] in gone


def test_a_change_tells_what_it_did_to_each_row(store):
    store.commit(change(event("A"), event("B")))
    store.commit(change(event("A", toponym="Shusha"), event("C")))
    store.delete("events", "B", seen=1, recorded_by="tester")
    told = {
        c.row_id: (c.before and c.before["toponym"], c.after and c.after["toponym"])
        for c in store.change_rows(2, limit=9)
    }
    assert told == {"A": ("", "Shusha"), "C": (None, "")}
    (gone,) = store.change_rows(3, limit=9)
    assert (gone.row_id, gone.after, set(gone.before)) == ("B", None, {c.name for c in FAMILIES["events"]})


def test_the_history_can_be_read_in_pages(store):
    for n in range(4):
        store.commit(change(event(f"E{n}")))
    assert [e.seq for e in store.history(limit=2)] == [4, 3]
    assert [e.seq for e in store.history(limit=2, before=3)] == [2, 1]


def test_a_draft_is_not_written_while_another_process_writes(store, tmp_path, monkeypatch):
    monkeypatch.setattr(store, "_busy_seconds", 0)
    store.engine.dispose()
    path = next(tmp_path.glob("*.sqlite"))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            commit(store, event("A"))
    assert store.revision() == 0
