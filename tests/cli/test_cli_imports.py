"""Imports, exports, undo and history on the command line: JSON keys, exit codes, questions and their flags."""

import csv
import json
import os
import re
import shlex

import pytest
from making import csv_of

GOOD = csv_of("N1,2023-09-19,shelling", "N2,2023-09-20,ceasefire")
KEYS = {
    "file", "sha256", "outcome", "code", "question", "format", "family", "encoding", "delimiter", "mapping", "read", "added",
    "changed", "unchanged", "rejected", "unplaced", "normalised", "issues", "import_id", "questions", "open_names", "notes",
}  # fmt: skip
QUESTION_KEYS = {"key", "code", "text", "options", "proposed"}


# Previews


@pytest.mark.parametrize(
    ("name", "code", "outcome", "problem"),
    [
        ("control/template.csv", 0, "ACCEPT", ""),
        ("control/acled_like.csv", 0, "ACCEPT", ""),
        ("control/semicolon_cp1252.csv", 0, "NORMALISE", "ENC-02"),
        ("csv/sql_injection.csv", 0, "ACCEPT", ""),
        ("csv/ragged_rows.csv", 1, "PARTIAL", "CSV-03"),
        ("csv/date_impossible.csv", 1, "PARTIAL", "DAT-04"),
        ("csv/cp1254_turkish.csv", 3, "ASK", "ENC-03"),
        ("csv/wrong_hemisphere.csv", 3, "ASK", "GEO-07"),
        ("csv/empty.csv", 3, "REJECT", "CSV-07"),
        ("zip/path_traversal.zip", 3, "REJECT", "ZIP-02"),
        ("geojson/null_and_empty_geometry.geojson", 1, "PARTIAL", "GJS-02"),
        ("kml/xxe.kml", 3, "REJECT", "XML-01"),
    ],
)
def test_a_dry_run_says_what_the_page_says_and_writes_nothing(
    run_json, bad_input, name, code, outcome, problem
):
    exit_code, said = run_json("import", bad_input(name), "--dry-run")
    assert (exit_code, said["outcome"], said["code"]) == (code, outcome, problem)
    assert said.keys() - {"error"} == KEYS
    assert said["read"] == said["added"] + said["changed"] + said["unchanged"] + said["rejected"]
    assert bool(said["questions"]) == (outcome == "ASK")
    assert said["import_id"] is None
    assert [entry["action"] for entry in run_json("history")[1]["entries"]] == ["seed"]


def test_what_was_found_in_a_file_is_told(run_json, bad_input):
    _, said = run_json("import", bad_input("control/acled_like.csv"), "--dry-run")
    assert (said["format"], said["family"], said["encoding"], said["delimiter"]) == (
        "acled",
        "events",
        "utf-8",
        ",",
    )
    assert said["mapping"]["event_id_cnty"] == "event_id"
    _, said = run_json("import", bad_input("shp/good.zip"), "--dry-run")
    assert (said["format"], said["family"]) == ("shapefile", "zones")


def test_a_dry_run_counts_and_writes_nothing(run_json, file_of):
    code, said = run_json("import", file_of(GOOD), "--dry-run")
    assert (code, said["read"], said["added"], said["import_id"]) == (0, 2, 2, None)
    assert [entry["action"] for entry in run_json("history")[1]["entries"]] == ["seed"]


def test_the_ledger_in_words_adds_up_too(run, file_of):
    _, out, _ = run("import", file_of(GOOD), "--dry-run")
    assert "2 rows read = 2 added, 0 changed, 0 unchanged, 0 rejected; 2 without a place" in out
    assert "Nothing was written." in out


# Questions


def test_an_open_question_gives_exit_code_3_and_writes_nothing(run_json, file_of):
    code, said = run_json("import", file_of(csv_of("N1,03/04/2023,shelling")))
    assert (code, said["outcome"], said["question"]) == (3, "ASK", "date_order:event_date")
    (question,) = said["questions"]
    assert question.keys() >= QUESTION_KEYS
    assert [option["value"] for option in question["options"]] == ["dmy", "mdy", "leave"]
    assert [entry["action"] for entry in run_json("history")[1]["entries"]] == ["seed"]


@pytest.mark.parametrize(
    "name",
    [
        "csv/cp1254_turkish.csv",
        "csv/case_duplicate_headers.csv",
        "csv/blank_header.csv",
        "csv/preamble_lines.csv",
        "csv/date_mixed_orders.csv",
        "csv/date_two_digit_year.csv",
        "csv/wrong_hemisphere.csv",
        "csv/na_values.csv",
        "csv/bidi_override.csv",
        "csv/ambiguous_places.csv",
        "xlsx/dates_as_general.xlsx",
        "xlsx/merged_title.xlsx",
        "shp/no_prj.zip",
        "shp/unknown_cpg.zip",
        "shp/bowtie.zip",
        "gpkg/hostile_table_name.gpkg",
    ],
)
def test_the_flags_that_the_message_names_settle_every_question(run, bad_input, name):
    flags = []
    for _ in range(8):
        code, out, _ = run("import", bad_input(name), "--dry-run", *flags)
        if code != 3:
            break
        asked = [line.strip().split("   ")[0] for line in out.splitlines() if line.startswith("  --answer ")]
        first = {}
        for line in asked:
            _, answer = shlex.split(line)
            first.setdefault(answer.rpartition("=")[0], answer)
        assert first, out
        flags += [word for answer in first.values() for word in ("--answer", answer)]
    assert code in {0, 1}, out


def test_one_answer_settles_the_order_of_all_date_columns(run_json, file_of):
    content = csv_of("N1,03/04/2023,05/04/2023,shelling", header="event_id,event_date,date_end,event_type")
    asked = run_json("import", file_of(content))[1]
    assert [question["key"] for question in asked["questions"]] == [
        "date_order:event_date",
        "date_order:date_end",
    ]
    code, said = run_json("import", file_of(content), "--answer", "date_order=dmy")
    assert (code, said["outcome"], said["added"]) == (0, "NORMALISE", 1)


def test_an_encoding_is_settled_by_its_flag(run, run_json, file_of):
    path = file_of(
        csv_of("N1,2023-09-20,Şuşa", header="event_id,event_date,toponym").decode().encode("cp1254")
    )
    code, said = run_json("import", path)
    assert (code, said["question"], said["code"]) == (3, "encoding", "ENC-03")
    code, said = run_json("import", path, "--answer", "encoding=windows-1254", "--dry-run")
    assert (code, said["encoding"]) == (0, "windows-1254")


def test_a_column_is_mapped_by_its_name_or_number(run_json, file_of):
    path = file_of(csv_of("A,2023-09-19,Gefecht", header="Kennung,Tag,Was"))
    assert run_json("import", path)[1]["question"] == "column:event_date"
    flags = ["--map", "Kennung=event_id", "--map", "2=event_date", "--map", "Was=event_type"]
    code, said = run_json("import", path, "--dry-run", *flags)
    assert (code, said["mapping"]) == (0, {"Kennung": "event_id", "Tag": "event_date", "Was": "event_type"})


@pytest.mark.parametrize("flag", ["A=bogus", "bogus=lat", "lat"])
def test_a_mapping_that_cannot_be_is_a_usage_error(run, file_of, flag):
    code, out, err = run("import", file_of(GOOD), "--map", flag)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_file_without_a_header_is_imported_with_its_first_line(run_json, file_of):
    path = file_of("2023-09-19,Shelling,Shusha\n2023-09-20,Battle,Shusha\n")
    code, asked = run_json("import", path)
    assert (code, asked["question"]) == (3, "header")
    given = [
        "header=none",
        *(f"column:{q['key'].partition(':')[2]}={q['proposed']}" for q in asked["questions"][1:]),
    ]
    code, report = run_json("import", path, *(word for answer in given for word in ("--answer", answer)))
    assert (code, report["read"], report["added"], report["rejected"]) == (0, 2, 2, 0)


def test_names_that_wait_for_a_place_are_listed_and_can_be_answered(run_json, file_of):
    path = file_of(csv_of("N1,2023-09-19,battle,Martuni", header="event_id,event_date,event_type,toponym"))
    code, said = run_json("import", path, "--dry-run")
    assert (code, said["outcome"], said["unplaced"]) == (0, "ACCEPT", 1)
    (name,) = said["open_names"]
    assert (name["key"], name["rows"], name["line"]) == ("place:Martuni|", 1, 2)
    assert "martuni_nk" in [place["place_id"] for place in name["alternatives"]]
    _, said = run_json("import", path, "--dry-run", "--answer", f"{name['key']}=martuni_nk")
    assert (said["open_names"], said["unplaced"]) == ([], 0)


@pytest.mark.parametrize(("wanted", "got"), [("auto", "acled"), ("acled", "acled"), ("own", "own")])
def test_a_format_may_be_named(run_json, bad_input, wanted, got):
    _, said = run_json("import", bad_input("control/acled_like.csv"), "--format", wanted, "--dry-run")
    assert said["format"] == got


def test_rows_may_be_read_as_another_family(run_json, file_of):
    path = file_of(csv_of("N1,39.8,46.7", header="id,lat,lon"))
    _, said = run_json("import", path, "--as", "posts", "--dry-run")
    assert (said["family"], said["added"]) == ("posts", 1)


# Rejected rows and refused files


def test_a_rejected_row_gives_exit_code_1_and_its_line(run_json, file_of):
    code, said = run_json("import", file_of(GOOD + b"N3,2023-02-30,shelling\n"))
    assert (code, said["outcome"], said["added"], said["rejected"]) == (1, "PARTIAL", 2, 1)
    (issue,) = said["issues"]
    assert (issue["line"], issue["column"], issue["value"], issue["code"]) == (
        4,
        "event_date",
        "2023-02-30",
        "DAT-04",
    )
    assert issue["reason"]
    assert issue["fix"]


def test_rejected_rows_are_written_with_line_and_reason_safe_for_a_spreadsheet(run, file_of, tmp_path):
    content = csv_of(
        'N1,2023-02-30,battle,"=1+1"', "N2,2023-09-19,battle,x", header="event_id,event_date,event_type,notes"
    )
    code, _, _ = run("import", file_of(content), "--rejects", tmp_path / "rejects.csv")
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert (code, row["event_id"], row["line"], row["code"], row["notes"]) == (
        1,
        "N1",
        "2",
        "DAT-04",
        "'=1+1",
    )


def test_mended_rejects_can_be_imported_again(run_json, file_of, tmp_path):
    content = csv_of('N1,2023-02-30,battle,"=1+1"', header="event_id,event_date,event_type,notes")
    run_json("import", file_of(content), "--rejects", tmp_path / "rejects.csv")
    mended = (tmp_path / "rejects.csv").read_text("utf-8").replace("2023-02-30", "2023-02-28", 1)
    code, said = run_json("import", file_of(mended, "mended.csv"))
    assert (code, said["added"], said["rejected"]) == (0, 1, 0)


def test_a_refused_file_gives_exit_code_3_one_sentence_and_its_ledger(run, file_of):
    code, out, err = run("import", file_of(b"PK\x03\x04"), "--json")
    said = json.loads(out)
    assert (code, said["outcome"], said["code"], said["read"]) == (3, "REJECT", "TYP-01", 0)
    assert err == f"{said['error']}\n"
    assert err.startswith("new.csv is a ZIP archive named .csv")


def test_a_file_for_rejects_that_cannot_be_written_is_refused(run, file_of, tmp_path):
    code, _, err = run("import", file_of(GOOD), "--rejects", tmp_path / "no folder" / "rejects.csv")
    assert (code, err.count("\n")) == (3, 1)


# Commits


def test_an_import_can_be_seen_in_the_history_and_undone(run_json, file_of):
    _, said = run_json("import", file_of(GOOD))
    code, undone = run_json("undo", said["import_id"])
    assert (code, undone["undone"]) == (0, 2)
    entries = run_json("history", "--limit", "2")[1]["entries"]
    assert [(e["action"], e["undone"]) for e in entries] == [("undo", False), ("import", True)]
    assert entries[1].keys() >= {"seq", "recorded_at", "recorded_by", "action", "import_id", "file", "counts"}
    assert (entries[1]["import_id"], entries[1]["recorded_by"], entries[1]["file"]) == (
        said["import_id"],
        "tester",
        "new.csv",
    )
    code, redone = run_json("redo", said["import_id"])
    assert (code, redone["redone"]) == (0, 2)


def test_an_imported_event_is_in_the_snapshot_of_its_day(run_json, file_of):
    before = run_json("snapshot", "--as-of", "2023-09-20")[1]
    run_json("import", file_of(GOOD))
    after = run_json("snapshot", "--as-of", "2023-09-20")[1]
    assert after["events"] == before["events"] + 2
    assert after["revision"] == before["revision"] + 1


def test_the_same_import_again_needs_no_import(run_json, file_of):
    run_json("import", file_of(GOOD))
    code, said = run_json("import", file_of(GOOD))
    assert (code, said["unchanged"], said["import_id"]) == (0, 2, None)


def test_events_that_the_next_edition_dropped_are_named(run_json, file_of):
    header = "event_id_cnty,event_date,event_type,sub_event_type,location,latitude,longitude"
    rows = [f"AZE{n},2023-09-1{n},Battles,Armed clash,Shusha,39.76,46.75" for n in range(3)]
    run_json("import", file_of(csv_of(*rows, header=header)))
    _, said = run_json("import", file_of(csv_of(rows[0], rows[2], header=header)), "--dry-run")
    assert said["gone"] == ["AZE1"]


# Exports


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".geojson", ".gpkg", ".kml", ".shp.zip"])
def test_an_export_says_how_many_rows_it_has_and_comes_back_unchanged(run_json, tmp_path, ending):
    code, made = run_json("export", "events", "-o", tmp_path / f"events{ending}")
    assert code == 0
    assert made.keys() >= {"file", "rows", "losses", "citation"}
    _, said = run_json("import", tmp_path / f"events{ending}", "--dry-run")
    assert (said["read"], said["unchanged"]) == (made["rows"], made["rows"])


def test_an_export_may_be_of_a_day(run_json, tmp_path):
    _, made = run_json("export", "posts", "--as-of", "2021-01-01", "-o", tmp_path / "posts.csv")
    assert 0 < made["rows"] < run_json("export", "posts", "-o", tmp_path / "all.csv")[1]["rows"]


@pytest.mark.parametrize("arguments", [["bogus", "-o", "x.csv"], ["events", "-o", "x.doc"], ["events"]])
def test_an_export_that_cannot_be_is_a_usage_error(run, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run("export", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert not re.search("Traceback", err)


@pytest.mark.parametrize(
    "flags",
    [
        ("--answer", "date_order=dmy", "--answer", "date_order=mdy"),
        ("--map", "a=lat", "--map", "b=lat"),
        ("--format", "own", "--answer", "format=acled"),
    ],
)
def test_two_answers_to_one_question_are_a_usage_error(run, file_of, flags):
    code, _, err = run("import", file_of("event_date,location,a,b\n03/04/2023,Shusha,1,2\n"), *flags)
    assert (code, "answered twice" in err) == (2, True)


def test_the_file_itself_is_never_overwritten_by_its_rejects(run, file_of):
    file = file_of("event_date,location\n2023-02-30,Shusha\n")
    before = file.read_bytes()
    code, _, err = run("import", file, "--rejects", file)
    assert (code, file.read_bytes(), err.count("\n")) == (2, before, 1)


def test_a_pipe_is_refused_and_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    assert run("import", tmp_path / "pipe.csv")[0] == 3


def test_columns_that_are_not_used_are_named(run, run_json, file_of):
    file = file_of("event_date,location,Fundort\n2023-09-20,Shusha,x\n")
    _, said = run_json("import", file, "--dry-run")
    assert any("Fundort" in note for note in said["notes"])
    assert "Fundort" in run("import", file, "--dry-run")[1]


def test_an_export_from_a_day_after_its_last_is_a_usage_error(run, tmp_path):
    out = tmp_path / "x.csv"
    code, _, _ = run("export", "events", "-o", out, "--as-of", "2020-01-01", "--from", "2021-01-01")
    assert (code, out.exists()) == (2, False)
