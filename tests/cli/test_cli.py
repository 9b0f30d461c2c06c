"""The command line as its contract says: JSON keys, exit codes, one sentence for each error."""

import io
import json
import os
import unicodedata

import pytest
from making import csv_of
from report_files import docx_of, pdf_of

TOWN = ("Stepanakert", "Xankəndi", "Khankendi", "Ստեփանակերտ", "Степанакерт")
PLACE_KEYS = {
    "place_id",
    "name",
    "names",
    "lat",
    "lon",
    "kind",
    "admin0",
    "admin1",
    "population",
    "score",
    "matched_name",
}
TOPONYM_KEYS = {
    "start", "end", "name", "status", "place_id", "lat", "lon", "kind", "admin0", "geo_precision", "confidence", "method", "alternatives",
}  # fmt: skip
GOOD = csv_of("N1,2023-09-19,shelling", "N2,2023-09-20,ceasefire")


# Places


def test_five_names_of_one_town_have_one_id(run_json):
    code, said = run_json("geocode", *TOWN)
    assert code == 0
    assert [r["query"] for r in said["results"]] == list(TOWN)
    assert {r["candidates"][0]["place_id"] for r in said["results"]} == {"stepanakert"}


def test_a_candidate_has_the_keys_of_the_contract(run_json):
    _, said = run_json("geocode", "Stepanakert", "--limit", "1")
    (candidate,) = said["results"][0]["candidates"]
    assert candidate.keys() >= PLACE_KEYS
    assert candidate["names"].keys() >= {"az", "hy", "ru", "en"}
    assert "Xankəndi" in candidate["names"]["az"]


def test_an_unknown_name_has_no_candidates_and_is_no_error(run_json):
    assert run_json("geocode", "Qwertyabad") == (0, {"results": [{"query": "Qwertyabad", "candidates": []}]})


def test_candidates_can_be_limited_to_a_country(run_json):
    _, said = run_json("geocode", "Martuni", "--country", "AM")
    assert {c["admin0"] for c in said["results"][0]["candidates"]} == {"AM"}


def methods_of(said):
    return [(c["place_id"], c["method"]) for c in said["results"][0]["candidates"]]


def test_a_misspelt_name_finds_its_place_and_says_so(run_json, run):
    code, said = run_json("geocode", "Stepanakart")
    assert (code, methods_of(said)) == (0, [("stepanakert", "fuzzy")])
    terms = said["results"][0]["candidates"][0]["terms"]
    assert terms["similarity"] == pytest.approx(1 - 1 / 11, abs=1e-4)
    assert "Stepanakert is similar to Stepanakart (91%)" in run("geocode", "Stepanakart")[1]


def test_the_beginning_of_a_name_finds_its_place_and_says_so(run_json, run):
    assert methods_of(run_json("geocode", "Stepanak")[1])[0] == ("stepanakert", "prefix")
    assert "Stepanakert begins with Stepanak" in run("geocode", "Stepanak")[1]


def test_similar_names_are_asked_for_only_when_nobody_bears_the_name(run_json):
    assert {method for _, method in methods_of(run_json("geocode", "Shusha")[1])} == {"exact"}
    assert run_json("geocode", "Stepanakart", "--no-fuzzy")[1]["results"][0]["candidates"] == []


def test_wanted_similar_names_stand_after_the_exact_ones_each_place_once(run_json):
    _, said = run_json("geocode", "Shusha", "--fuzzy", "--limit", "20")
    found = methods_of(said)
    kinds = [method == "exact" for _, method in found]
    assert kinds == sorted(kinds, reverse=True)
    assert {"exact", "fuzzy"} <= {method for _, method in found}
    assert len({place_id for place_id, _ in found}) == len(found)


def test_similar_names_keep_to_the_country_and_prefer_what_is_near(run_json):
    _, said = run_json("geocode", "Martunni", "--country", "AM")
    assert {c["admin0"] for c in said["results"][0]["candidates"]} == {"AM"}
    _, said = run_json("geocode", "Martunni", "--near", "47.11,39.79")
    assert methods_of(said)[0] == ("martuni_nk", "fuzzy")
    assert "near" in said["results"][0]["candidates"][0]["terms"]


@pytest.fixture
def ceasefire(run_json, repo):
    path = repo / "data" / "reports" / "2023-09-20-ceasefire.md"
    code, said = run_json("geoparse", path)
    assert code == 0
    (document,) = said["documents"]
    return document, path.read_text("utf-8")


def test_the_ceasefire_report_has_its_city_its_region_and_both_countries(ceasefire):
    found = {t["place_id"]: t for t in ceasefire[0]["toponyms"] if t["status"] == "resolved"}
    assert (found["stepanakert"]["kind"], found["stepanakert"]["geo_precision"]) == ("city", 1)
    assert (found["nk"]["geo_precision"], bool(found["nk"]["area"])) == (3, True)
    assert {"country_az", "country_am"} <= found.keys()


def test_people_in_a_report_are_no_places(ceasefire):
    words = {word for t in ceasefire[0]["toponyms"] for word in t["name"].split()}
    assert words.isdisjoint({"Putin", "Vladimir", "Pashinyan", "Nikol", "Aliyev", "Ilham"})


def test_offsets_are_code_points_of_the_text(ceasefire):
    document, text = ceasefire
    assert document["toponyms"]
    for toponym in document["toponyms"]:
        assert toponym.keys() >= TOPONYM_KEYS
        assert text[toponym["start"] : toponym["end"]] == toponym["name"]


def test_drafts_carry_the_reports_day(ceasefire):
    days = {draft["event_date"] for draft in ceasefire[0]["events"]}
    assert days == {"2023-09-19", "2023-09-20"}  # "a day after Azerbaijan opened an offensive"


REPORTED = "Shelling hit Shusha on 5 May 2021."


@pytest.mark.parametrize("name", ["r.txt", "r.md", "r.html", "r.pdf", "r.docx"])
def test_reports_of_every_kind_are_read_and_drafted(run_json, tmp_path, name):
    contents = {
        "r.html": f"<html><p>{REPORTED}</p></html>".encode(),
        "r.pdf": pdf_of([REPORTED]),
        "r.docx": docx_of(lambda document: document.add_paragraph(REPORTED)),
    }
    path = tmp_path / name
    path.write_bytes(contents.get(name, REPORTED.encode()))
    code, said = run_json("geoparse", path)
    [document] = said["documents"]
    [event] = document["events"]
    assert code == 0
    assert (event["place_id"], event["event_type"], event["event_date"]) == (
        "shusha",
        "shelling",
        "2021-05-05",
    )


def test_a_report_that_holds_no_text_is_refused(run, tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf_of([""]))
    code, out, err = run("geoparse", path)
    assert (code, out) == (3, "")
    assert "holds no text" in err


def test_a_report_without_a_day_gets_the_one_that_is_given(run_json, file_of):
    path = file_of("A truce holds in Stepanakert.", "r.txt")
    _, said = run_json("geoparse", path, "--report-date", "2023-09-21")
    assert [draft["event_date"] for draft in said["documents"][0]["events"]] == ["2023-09-21"]


def test_json_lines_are_answered_line_by_line(run, file_of):
    documents = [
        {"doc_id": n, "text": text} for n, text in enumerate(["In Շուշի.", "Nobody.", "𝕏 in Goris."])
    ]
    path = file_of("\n".join(json.dumps(d) for d in documents), "in.jsonl")
    code, out, _ = run("geoparse", "--jsonl", path)
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, [a["doc_id"] for a in answers]) == (0, [0, 1, 2])
    assert [[(t["start"], t["place_id"]) for t in a["toponyms"]] for a in answers] == [
        [(3, "shusha")],
        [],
        [(5, "goris")],
    ]


def test_json_lines_come_from_standard_input_too(run, monkeypatch):
    lines = b'{"doc_id": 1, "text": "In Goris."}\nno document\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines)))
    code, out, _ = run("geoparse", "--jsonl", "-")
    read, refused = [json.loads(line) for line in out.splitlines()]
    assert (code, read["toponyms"][0]["place_id"]) == (1, "goris")
    assert refused["error"].startswith("standard input, line 2: ")


def test_an_unknown_country_of_the_context_is_refused_by_the_name_of_its_flag(run, file_of):
    code, _, err = run("geoparse", file_of("In Goris.", "a.txt"), "--context", "AZ,Narnia")
    assert (code, err.count("\n")) == (2, 1)
    assert "--context: 'Narnia' is not the two-letter code of a country" in err


def test_given_toponyms_are_resolved_and_no_others(run, file_of):
    text = "Goris and Stepanakert and Baku"
    document = {"doc_id": "d", "text": text, "toponyms": [{"start": 10, "end": 21}]}
    _, out, _ = run("geoparse", "--jsonl", file_of(json.dumps(document), "in.jsonl"), "--given")
    assert [(t["name"], t["place_id"]) for t in json.loads(out)["toponyms"]] == [
        ("Stepanakert", "stepanakert")
    ]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '{"doc_id": 1}',
        '{"doc_id": 1, "text": "x"}',
        '{"doc_id": 1, "text": "x", "toponyms": [{}]}',
        "\udcff",
    ],
)
def test_a_line_that_is_no_document_is_refused_by_its_number_and_the_others_are_read(run, file_of, line):
    good = json.dumps({"doc_id": 7, "text": "In Goris.", "toponyms": [{"start": 3, "end": 8}]})
    code, out, err = run("geoparse", "--jsonl", file_of(f"\n{line}\n{good}\n", "in.jsonl"), "--given")
    refused, read = [json.loads(answer) for answer in out.splitlines()]
    assert (code, refused["line"], read["doc_id"]) == (1, 2, 7)
    assert refused["error"].startswith("in.jsonl, line 2: ")
    assert "Traceback" not in err


@pytest.mark.parametrize("start", [1.5, True, "3", None, -5])
def test_a_given_offset_that_is_no_position_is_refused_not_guessed(run, file_of, start):
    document = {"doc_id": 1, "text": "In Goris.", "toponyms": [{"start": start, "end": 8}]}
    code, out, _ = run("geoparse", "--jsonl", file_of(json.dumps(document), "in.jsonl"), "--given")
    assert (code, "error" in json.loads(out)) == (1, True)


def test_a_report_that_cannot_be_read_does_not_hide_the_others(run, file_of):
    good, bad = file_of("Shelling near Goris.", "good.txt"), file_of("", "empty.txt")
    code, out, _ = run("geoparse", bad, good, "--json")
    answer = json.loads(out)
    assert (code, [d["doc_id"] for d in answer["documents"]]) == (1, ["good.txt"])
    assert [one["file"] for one in answer["refused"]] == ["empty.txt"]


def test_geonames_files_and_if_needed_exclude_each_other(run, file_of):
    code, _, err = run("gazetteer", "build", "--if-needed", "--geonames", file_of("x", "AZ.txt"))
    assert (code, "--if-needed" in err) == (2, True)


def test_json_lines_that_are_not_there_are_refused_in_one_sentence(run, tmp_path):
    code, _, err = run("geoparse", "--jsonl", tmp_path / "nothing.jsonl")
    assert (code, err.count("\n")) == (3, 1)
    assert "cannot be read" in err


# Figures


def test_a_snapshot_has_the_keys_of_the_contract_and_the_figures_of_the_day(run_json):
    code, said = run_json("snapshot", "--as-of", "2021-01-01")
    assert code == 0
    assert said.keys() >= {
        "as_of", "known_at", "window", "areas_km2", "contested_km2", "posts", "events", "events_unplaced", "fatalities", "by_type", "revision",
    }  # fmt: skip
    assert said["areas_km2"]["armenian_forces"] == pytest.approx(3033, rel=0.01)
    assert said["fatalities"].keys() >= {"low", "best", "high"}
    assert said["window"]["to"] == "2021-01-01"


def test_a_comparison_of_two_days_has_the_keys_of_the_contract_and_adds_up(run_json):
    code, said = run_json("diff", "2020-09-26", "2020-12-20")
    assert code == 0
    assert {"from", "to", "changes", "net_km2", "posts", "events", "source_changed"} <= said.keys()
    assert said["net_km2"]["azerbaijan"] == pytest.approx(8_600, rel=0.01)
    for change in said["changes"]:
        assert change["km2"] == pytest.approx(sum(zone["km2"] for zone in change["by_zone"]), abs=0.5)
        assert change["zones"] == sorted(zone["zone_id"] for zone in change["by_zone"])
    assert said["posts"]["closed"] == ["P29"]  # the OSCE post in Stepanakert
    assert len(said["posts"]["opened"]) == 14
    assert said["summary"].startswith("Between 26 Sep 2020 and 20 Dec 2020 Azerbaijan gained 8")


def test_a_snapshot_can_be_filtered(run_json):
    _, all_of_them = run_json("snapshot", "--as-of", "2020-11-30", "--from", "2020-09-01")
    _, filtered = run_json(
        "snapshot", "--as-of", "2020-11-30", "--from", "2020-09-01", "--filter", "type=battle,capture"
    )
    wanted = {k: n for k, n in all_of_them["by_type"].items() if k in {"battle", "capture"}}
    assert filtered["by_type"] == wanted != {}


def test_a_snapshot_shows_what_was_known_then(run_json):
    _, said = run_json("snapshot", "--as-of", "2021-01-01", "--known-at", "2020-12-31")
    assert (said["events_total"], said["areas_km2"], said["revision"]) == (0, {}, 0)


# Settings and health


def test_the_settings_tell_where_they_came_from(run_json, store):
    _, said = run_json("config")
    assert said["store"] == {"value": store, "from": "environment (CONFLICTMAP_STORE)"}
    assert run_json("config", "--store", "sqlite:///x")[1]["store"]["from"] == "command line"


def test_the_gazetteer_tells_what_it_holds(run_json):
    code, said = run_json("gazetteer", "info")
    assert code == 0
    assert said.keys() >= {"places", "names", "path", "built_at", "sources"}
    assert said["places"] > 1000


def test_a_store_that_is_not_there_is_created_and_seeded(run_json, tmp_path):
    _, said = run_json("history", "--store", f"sqlite:///{tmp_path / 'new' / 'store.sqlite'}")
    assert [(e["action"], e["recorded_by"]) for e in said["entries"]] == [("seed", "tester")]


# Errors


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (2, ["snapshot"]),
        (2, ["snapshot", "--as-of", "yesterday"]),
        (2, ["diff", "2020-12-20"]),
        (2, ["diff", "2020-12-20", "2020-09-26"]),
        (2, ["diff", "2020-12-20", "then"]),
        (2, ["snapshot", "--as-of", "2023-02-30"]),
        (2, ["snapshot", "--as-of", "2021-01-01", "--filter", "type=war"]),
        (2, ["snapshot", "--as-of", "2021-01-01", "--known-at", "then"]),
        (2, ["snapshot", "--as-of", "2021-01-01", "--from", "2022-01-01"]),
        (2, ["snapshot", "--as-of", "0001-01-01"]),
        (2, ["snapshot", "--as-of", "2021-01-01", "--filter", "party=typo"]),
        (2, ["geocode", "Baku", "--country", "ZZ"]),
        (2, ["import", "nothing.csv", "--as", "bogus"]),
        (2, ["nonsense"]),
        (2, ["history", "--limit", "0"]),
        (2, ["history", "--store", "postgresql://x"]),
        (2, ["geoparse"]),
        (3, ["import", "nothing.csv"]),
        (3, ["geoparse", "nothing.txt"]),
        (3, ["undo", "nonsense"]),
    ],
)
def test_an_error_is_one_sentence_with_its_exit_code(run, arguments, code):
    got, out, err = run(*arguments)
    assert (got, out) == (code, "")
    assert err.strip()
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_an_answer_without_a_question_is_a_usage_error(run, file_of):
    code, _, err = run("import", file_of(GOOD), "--answer", "encoding")
    assert (code, err) == (2, "--answer 'encoding' is not written name=value.\n")


def test_a_file_name_that_is_no_text_is_a_label_like_any_other(run_json, file_of):
    code, said = run_json("import", file_of(GOOD, os.fsdecode(b"\xff.csv")))
    assert (code, said["added"]) == (0, 2)
    assert run_json("history", "--limit", "1")[1]["entries"][0]["action"] == "import"


def test_an_error_under_json_is_one_object_on_stdout(run_json):
    code, said = run_json("undo", "nonsense")
    assert (code, said["code"]) == (3, "no_such_import")
    assert "There is no import 'nonsense'" in said["error"]


def test_a_store_that_cannot_be_used_gives_exit_code_4(run, tmp_path):
    (tmp_path / "foreign.sqlite").write_text("no database")
    code, _, err = run("history", "--store", f"sqlite:///{tmp_path / 'foreign.sqlite'}")
    assert code == 4
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "command", ["geocode", "geoparse", "import", "undo", "history", "snapshot", "config", "run"]
)
def test_help_has_an_example(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert "Example:" in " ".join(out.split())


# Terminals


def controls_in(text):
    return {c for c in text if unicodedata.category(c) == "Cc" and c != "\n"}


@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_control_characters_of_a_file_never_reach_the_terminal(run, file_of, flags):
    name, content = "\x1b]0;x\x07.csv", csv_of("N1,2023-09-19,\x1b[2J\x9b31m", "\x1b[2J,2023-09-19,shelling")
    for arguments in (
        ["import", file_of(content, name)],
        ["history"],
        ["geocode", "\x1b[2J"],
        ["import", "\x1b[2J.csv"],
    ):
        _, out, err = run(*arguments, *flags)
        assert controls_in(out + err) == set(), arguments


def test_control_characters_of_a_report_never_reach_the_terminal(run, file_of):
    _, out, err = run("geoparse", file_of("A truce holds in Stepanakert.\x1b[2J\x9b31m", "\x1b[2J.txt"))
    assert "stepanakert" in out
    assert controls_in(out + err) == set()
