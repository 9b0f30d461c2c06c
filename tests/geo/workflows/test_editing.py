import pytest

from geo.columns import EVENTS
from geo.errors import EditConflict, InputRefused
from geo.workflows.editing import changed_fields, delete_event, read_event, save_event, versions_of


def typed_of(row, **changes):
    texts = {c.name: "" if row[c.name] is None else str(row[c.name]) for c in EVENTS if c.name != "event_id"}
    return texts | changes


def test_an_edit_is_a_new_revision_and_the_old_one_stays(desk):
    row = read_event(desk, "E001")
    save_event(desk, "E001", typed_of(row, toponym="Khankendi"), seen=row["revision"], note="both names")
    assert read_event(desk, "E001")["toponym"] == "Khankendi"
    assert [r.row["toponym"] for r in desk.store.row_history("events", "E001")] == [
        "Stepanakert",
        "Khankendi",
    ]


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(desk):
    opened = read_event(desk, "E001")
    save_event(desk, "E001", typed_of(opened, toponym="Khankendi"), seen=opened["revision"])
    mine = typed_of(opened, description="Mine.")
    with pytest.raises(EditConflict) as conflict:
        save_event(desk, "E001", mine, seen=opened["revision"])
    versions = versions_of(conflict.value, mine, note="why")
    assert {name: (theirs, my) for name, theirs, my in versions.differing}["toponym"] == (
        "Khankendi",
        "Stepanakert",
    )
    assert versions.mine_changed == {"description"}
    assert read_event(desk, "E001")["description"] != "Mine."
    chosen = {**versions.typed, **versions.their_cells, "description": "Mine."}
    save_event(desk, "E001", chosen, seen=versions.revision)
    row = read_event(desk, "E001")
    assert (row["toponym"], row["description"]) == ("Khankendi", "Mine.")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"event_date": "2023-02-30"}, "DAT-04"), ({"event_date": ""}, "DAT-04"), ({"date_end": "1980-01-01"}, "DAT-09"),
        ({"lat": "abc"}, "GEO-01"), ({"lat": ""}, "GEO-03"), ({"event_type": "brawl"}, "VAL-02"),
        ({"fatalities_low": "9", "fatalities_high": "2"}, "VAL-05"), ({"fatalities_best": "-1"}, "VAL-04"),
    ],
)  # fmt: skip
def test_a_cell_that_an_import_would_refuse_is_refused_in_an_edit_too(desk, cells, code):
    row = read_event(desk, "E002")
    with pytest.raises(InputRefused) as refusal:
        save_event(desk, "E002", typed_of(row, **cells), seen=row["revision"])
    assert refusal.value.code == code
    assert read_event(desk, "E002")["revision"] == row["revision"]


def test_a_deleted_event_leaves_the_map_and_can_be_brought_back(desk):
    row = read_event(desk, "E001")
    delete_event(desk, "E001", seen=row["revision"])
    with pytest.raises(InputRefused, match="no event"):
        read_event(desk, "E001")
    desk.store.undo(desk.store.history(limit=1)[0].import_id, recorded_by="tester")
    assert read_event(desk, "E001")["toponym"] == "Stepanakert"


def test_only_texts_that_differ_count_as_changed(desk):
    row = read_event(desk, "E001")
    assert changed_fields(row, typed_of(row)) == frozenset()
    assert changed_fields(row, typed_of(row, tags="x")) == {"tags"}
