import csv
import io
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import change, csv_of, event

from geo.columns import FAMILIES
from geo.errors import InputRefused
from geo.geoparse.parse import parse
from geo.ingest.cases import UNPLACED
from geo.interval import day_number
from geo.snapshot import snapshot_at
from geo.store.base import RECORD_COLUMNS
from geo.workflows import placing
from geo.workflows.figures import snapshot_json, snapshot_of_days
from geo.workflows.importing import commit_import, file_label, import_refused, preview_import
from geo.workflows.json_forms import import_json
from geo.workflows.rejects import issues_csv, rejects_csv, write_rejects

HEADER = "event_id,event_date,event_type,toponym,admin0,lat,lon"
KEYS = {
    "file", "sha256", "outcome", "code", "question", "encoding", "delimiter", "mapping", "read", "added", "changed",
    "unchanged", "rejected", "unplaced", "normalised", "issues", "import_id", "format", "family",
}  # fmt: skip


def preview_of(desk, *toponyms, **how):
    lines = [f"N{n},2023-09-19,shelling,{toponym}" for n, toponym in enumerate(toponyms)]
    padded = [line + "," * (6 - line.count(",")) for line in lines]
    return preview_import(desk, csv_of(*padded, header=HEADER), name="new.csv", **how)


def rows_in(preview):
    return preview.draft.head(100)


def places_of(preview):
    return [row["place_id"] for row in rows_in(preview)]


# Places


def test_a_row_without_coordinates_is_placed_by_its_name(desk_template):
    (row,) = rows_in(preview_of(desk_template, "Xankəndi"))
    assert (row["place_id"], row["toponym"], row["geo_precision"]) == ("stepanakert", "Xankəndi", 1)
    assert (row["lat"], row["lon"]) == pytest.approx((39.8177, 46.7528))


def test_a_distinct_name_is_asked_once_however_many_rows_bear_it(desk_template, monkeypatch):
    asked = []
    monkeypatch.setattr(placing, "parse", lambda name, *a, **k: asked.append(name) or parse(name, *a, **k))

    preview = preview_of(desk_template, "Lachin", "Shusha", "Lachin", "Lachin")
    assert sorted(asked) == ["Lachin", "Shusha"]
    assert preview.report.normalised == ("4 rows were placed by name",)


def test_coordinates_that_the_file_gives_are_never_moved(desk_template):
    (row,) = rows_in(preview_of(desk_template, "Stepanakert,,39.5,46.5"))
    assert (row["lat"], row["lon"], row["place_id"]) == (39.5, 46.5, "stepanakert")


def test_a_region_gets_its_place_and_no_pin(desk_template):
    preview = preview_of(desk_template, "Nagorno-Karabakh")
    (row,) = rows_in(preview)
    assert (row["place_id"], row["geo_precision"], row["lat"]) == ("nk", 3, None)


def test_a_region_that_is_drawn_as_an_area_is_not_without_a_place(desk):
    preview = preview_of(desk, "Nagorno-Karabakh", "Qwertyabad", "Martuni")
    commit_import(desk, preview)
    shown = snapshot_of_days(desk, as_of=date(2023, 9, 19), first=date(2023, 9, 19))
    ids = desk.model().events.ids[shown.events[~desk.model().events.placed[shown.events]]]
    assert preview.report.unplaced == 2
    assert {"N1", "N2"} <= set(ids)
    assert "N0" not in ids


def test_an_ambiguous_name_stays_open_with_its_alternatives(desk_template):
    preview = preview_of(desk_template, "Martuni", "Martuni", "Shusha")
    (question,) = preview.open_names
    assert (question.name, question.rows) == ("Martuni", 2)
    assert {"martuni_nk", "martuni_am"} <= {c.place.place_id for c in question.alternatives}
    assert places_of(preview) == ["", "", "shusha"]
    assert [(i.line, i.code) for i in preview.report.issues] == [(2, "PLC-06"), (3, "PLC-06")]
    assert (preview.report.unplaced, preview.report.rejected) == (2, 0)


def test_a_country_settles_an_ambiguous_name(desk_template):
    assert places_of(preview_of(desk_template, "Martuni,Armenia", "Martuni,AM")) == ["martuni_am"] * 2


def test_a_choice_settles_an_open_name(desk_template):
    preview = preview_of(desk_template, "Martuni", "Shusha", answers={"place:Martuni|": "martuni_nk"})
    assert (places_of(preview), preview.open_names) == (["martuni_nk", "shusha"], ())


def test_a_name_may_be_left_without_a_place(desk_template):
    preview = preview_of(desk_template, "Shusha", answers={"place:Shusha|": UNPLACED})
    assert (places_of(preview), preview.open_names, preview.report.unplaced) == ([""], (), 1)


def test_an_unknown_name_is_listed_and_waits(desk_template):
    preview = preview_of(desk_template, "Qwertyabad")
    assert [(q.name, q.alternatives) for q in preview.open_names] == [("Qwertyabad", ())]
    assert preview.report.unplaced == 1


def test_coordinates_get_their_country_and_unit(desk_template):
    rows = rows_in(preview_of(desk_template, "Stepanakert,,39.8177,46.7528", "Yerevan,,40.1872,44.5152"))
    assert [(row["admin0"], row["admin1"]) for row in rows] == [("AZ", "Xankəndi"), ("AM", "Erevan")]


def test_a_village_on_the_wrong_side_of_a_drawn_line_keeps_its_country(desk_template):
    # Natural Earth draws Kornidzor (Syunik, Armenia) inside Azerbaijan.
    rows = rows_in(preview_of(desk_template, "Kornidzor", "a village,,39.54763,46.53046"))
    assert [(row["admin0"], row["admin1"]) for row in rows] == [("AM", "Syunik")] * 2


def test_what_the_file_says_about_the_country_stays(desk_template):
    (row,) = rows_in(preview_of(desk_template, "x,Artsakh,39.8177,46.7528"))
    assert row["admin0"] == "Artsakh"


def test_a_country_given_by_name_is_stored_as_its_code(desk_template):
    (row,) = rows_in(preview_of(desk_template, "Stepanakert,Azerbaijan,39.8177,46.7528"))
    assert row["admin0"] == "AZ"


# Commit and undo


def figures(desk):
    """Everything a reader sees of a day, except the number of the revision."""
    day = date(2023, 9, 20)
    return {k: v for k, v in snapshot_json(snapshot_of_days(desk, as_of=day)).items() if k != "revision"}


def rows_of(desk):
    return {
        family: desk.store.read(family).drop(columns=list(RECORD_COLUMNS)).to_dict("records")
        for family in FAMILIES
    }


def test_a_preview_writes_nothing(desk):
    preview_of(desk, "Shusha")
    assert desk.store.revision() == 1


def test_a_commit_shows_on_the_map_and_undo_brings_the_earlier_figures_back(desk):
    before, rows = figures(desk), str(rows_of(desk))
    report = commit_import(desk, preview_of(desk, "Shusha", "Lachin"))
    assert figures(desk)["events"] == before["events"] + 2
    desk.store.undo(report.import_id, recorded_by="tester")
    assert figures(desk) == before
    assert str(rows_of(desk)) == rows


def test_the_same_file_again_is_unchanged_and_no_import(desk):
    commit_import(desk, preview_of(desk, "Shusha", "Lachin"))
    again = commit_import(desk, preview_of(desk, "Shusha", "Lachin"))
    assert (again.added, again.changed, again.unchanged, again.import_id) == (0, 0, 2, None)
    assert desk.store.revision() == 2


def test_the_ledger_counts_what_the_commit_found_and_not_what_the_preview_did(desk):
    preview = preview_of(desk, "Shusha")
    desk.store.commit(change(event("N0", toponym="meanwhile")))
    report = commit_import(desk, preview)
    assert (preview.report.added, report.added, report.changed) == (1, 0, 1)


def test_the_import_keeps_the_rows_as_the_file_had_them(desk):
    commit_import(desk, preview_of(desk, "Shusha"))
    row = desk.store.read_rows("events", ["N0"])["N0"]
    assert json.loads(row["header"]) == HEADER.split(",")
    assert json.loads(row["raw"]) == ["N0", "2023-09-19", "shelling", "Shusha", "", "", ""]


def test_a_file_with_bad_rows_writes_its_good_ones(desk):
    content = csv_of("GOOD,2023-09-19,shelling", "BAD,2023-02-30,shelling")
    report = commit_import(desk, preview_import(desk, content, name="x.csv"))
    assert (report.outcome, report.read, report.added, report.rejected) == ("PARTIAL", 2, 1, 1)
    assert set(desk.store.read_rows("events", ["GOOD", "BAD"])) == {"GOOD"}


def test_a_refused_file_writes_nothing_and_its_ledger_says_why(desk):
    with pytest.raises(InputRefused) as refusal:
        preview_import(desk, b"", name="empty.csv")
    ledger = import_refused(refusal.value, name="empty.csv")
    assert ledger.keys() == KEYS | {"error"}
    assert (ledger["outcome"], ledger["code"], ledger["read"], desk.store.revision()) == (
        "REJECT",
        "CSV-07",
        0,
        1,
    )


def test_the_ledger_of_an_import_has_the_keys_of_the_contract(desk_template):
    ledger = import_json(preview_of(desk_template, "Shusha").report)
    assert ledger.keys() == KEYS
    assert ledger["read"] == ledger["added"] + ledger["changed"] + ledger["unchanged"] + ledger["rejected"]


def test_an_event_of_1923_is_drawn_on_its_day(desk):
    commit_import(desk, preview_import(desk, csv_of("OLD,1923-07-07,political"), name="x.csv"))
    day = date(1923, 7, 7)
    model = desk.model()
    assert model.events.start[0] == day_number(day)
    assert model.events.ids[snapshot_at(model, as_of=day, first=day).events].tolist() == ["OLD"]


def test_posts_are_imported_like_events(desk):
    header = "post_id,name,contingent,kind,valid_from,lat,lon"
    content = csv_of("NEW,Post,russia_peacekeepers,base,2021-01-01,39.8,46.7", header=header)
    commit_import(desk, preview_import(desk, content, name="posts.csv", family="posts"))
    assert "NEW" in set(desk.model().posts["post_id"])
    assert "posts" in desk.frame(desk.store.revision())


@given(st.text(st.characters()))
def test_a_file_name_becomes_a_label_that_can_be_shown_and_stored(name):
    label = file_label(name)
    assert label.isprintable()
    assert label.encode("utf-8").decode() == label
    assert len(label) <= 120
    assert len(name) > 120 or len(label) == len(name)


@pytest.mark.parametrize("name", ["{{7*191}}.csv", "<b>.csv", "../../etc/passwd", "report 2023.csv"])
def test_a_printable_name_is_kept_as_it_is(name):
    assert file_label(name) == name


# Issues for a spreadsheet


def test_a_rejected_formula_is_written_as_text(desk_template, tmp_path):
    preview = preview_import(desk_template, csv_of('A,=1+1,"=HYPERLINK(1)"'), name="x.csv")
    write_rejects(tmp_path / "rejects.csv", preview)
    written = (tmp_path / "rejects.csv").read_text("utf-8")
    assert "'=HYPERLINK(1)" in written
    assert ",=" not in written + issues_csv(preview.report.issues)


def test_rejected_rows_come_back_in_the_files_own_columns_with_line_code_and_reason(desk_template):
    preview = preview_import(
        desk_template, csv_of("A,2023-09-19,battle", "B,2023-02-30,battle", "C,x"), name="x.csv"
    )
    rows = list(csv.DictReader(io.StringIO(rejects_csv(preview))))
    assert [(row["event_id"], row["line"], row["code"]) for row in rows] == [
        ("B", "3", "DAT-04"),
        ("", "4", "CSV-03"),
    ]
    assert rows[1]["original"] == "C,x"


def test_an_open_question_keeps_everything_from_being_written(desk):
    preview = preview_import(desk, csv_of("A,03/04/2023,battle"), name="x.csv")
    assert (preview.report.outcome, preview.report.code) == ("ASK", "DAT-01")
    with pytest.raises(InputRefused, match="Answer it first"):
        commit_import(desk, preview)
    assert desk.store.revision() == 1


@pytest.mark.parametrize(("order", "day"), [("dmy", "2023-04-03"), ("mdy", "2023-03-04")])
def test_the_answer_settles_the_order_of_day_and_month(desk_template, order, day):
    preview = preview_import(
        desk_template, csv_of("A,03/04/2023,battle"), name="x.csv", answers={"date_order": order}
    )
    assert ([row["event_date"] for row in rows_in(preview)], preview.questions) == ([day], ())


def test_answers_about_columns_and_places_are_remembered_for_the_next_file(desk):
    content = csv_of("A,2023-09-19,battle,Martuni", header="Kennung,Tag,Was,Wo")
    answers = {
        "column:event_id": "Kennung",
        "column:event_date": "2",
        "column:event_type": "3",
        "column:toponym": "Wo",
    }
    first = preview_import(desk, content, name="x.csv", answers={**answers, "place:Martuni|": "martuni_nk"})
    commit_import(desk, first)
    second = preview_import(desk, content.replace(b"A,2023", b"B,2023"), name="y.csv")
    assert [(row["event_id"], row["place_id"]) for row in rows_in(second)] == [("B", "martuni_nk")]
    assert any("Martuni" in note.text for note in second.notes)


def test_a_table_without_ids_gets_ids_from_its_content_and_is_unchanged_the_second_time(desk):
    content = csv_of("2023-09-19,battle,Shusha", "2023-09-19,battle,Shusha", header="date,type,place")
    first = commit_import(desk, preview_import(desk, content, name="x.csv"))
    again = commit_import(desk, preview_import(desk, content, name="x.csv"))
    assert (first.read, first.added, first.unchanged) == (2, 1, 1)
    assert (again.added, again.changed, again.unchanged, again.import_id) == (0, 0, 2, None)


def test_an_id_that_stands_twice_with_other_content_is_rejected_with_the_first_line(desk_template):
    preview = preview_import(
        desk_template, csv_of("A,2023-09-19,battle", "A,2023-09-20,battle"), name="x.csv"
    )
    (issue,) = preview.report.issues
    assert (issue.line, issue.code) == (3, "CSV-12")
    assert "line 2" in issue.reason


def test_a_month_becomes_its_span_and_its_precision(desk_template):
    (row,) = rows_in(preview_import(desk_template, csv_of("A,2023-02,battle"), name="x.csv"))
    assert (row["event_date"], row["date_end"], row["time_precision"]) == ("2023-02-01", "2023-02-28", 3)


def test_a_type_that_is_not_ours_is_kept_as_the_finer_type_and_can_be_answered(desk_template):
    content = csv_of("A,2023-09-19,Skirmish")
    (row,) = rows_in(preview_import(desk_template, content, name="x.csv"))
    assert (row["event_type"], row["sub_type"]) == ("not_stated", "Skirmish")
    (row,) = rows_in(
        preview_import(desk_template, content, name="x.csv", answers={"type:skirmish": "battle"})
    )
    assert (row["event_type"], row["sub_type"]) == ("battle", "Skirmish")


def test_the_next_edition_of_a_source_names_the_events_that_it_dropped(desk):
    columns = "event_id_cnty,event_date,event_type,sub_event_type,location,latitude,longitude"
    rows = [f"AZE{n},2023-09-1{n},Battles,Armed clash,Shusha,39.76,46.75" for n in range(4)]
    commit_import(desk, preview_import(desk, csv_of(*rows, header=columns), name="week1.csv"))
    preview = preview_import(desk, csv_of(rows[0], *rows[2:], header=columns), name="week2.csv")
    assert (preview.report.format, preview.report.unchanged, preview.gone) == ("acled", 3, ("AZE1",))
    assert preview.gone_count == "1"


def test_an_addition_to_a_source_says_that_more_are_gone_than_it_names(desk, monkeypatch):
    monkeypatch.setattr("geo.workflows.previews.MOST_GONE", 2)
    columns = "event_id_cnty,event_date,event_type,sub_event_type,location,latitude,longitude"
    rows = [f"AZE{n},2023-09-1{n % 2},Battles,Armed clash,Shusha,39.76,46.75" for n in range(9)]
    commit_import(desk, preview_import(desk, csv_of(*rows[:6], header=columns), name="week1.csv"))
    preview = preview_import(desk, csv_of(*rows[6:], header=columns), name="week2.csv")
    assert preview.gone_count == "more than 2"
    assert len(preview.gone) == 2
    assert "more than 2 events of earlier imports are no longer in the source" in {
        n.text for n in preview.notes
    }


def test_an_event_near_another_of_its_day_and_type_is_named_and_not_merged(desk):
    first = csv_of("A,2023-09-19,battle,Shusha", header="event_id,event_date,event_type,toponym")
    commit_import(desk, preview_import(desk, first, name="x.csv"))
    preview = preview_import(desk, first.replace(b"A,2023-09-19", b"B,2023-09-20"), name="y.csv")
    assert [(i.code, "A" in i.reason) for i in preview.report.issues] == [("DUP-01", True)]
    assert preview.report.added == 1
