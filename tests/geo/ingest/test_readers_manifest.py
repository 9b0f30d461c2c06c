"""Every bad input is read, asked about or refused as the manifest says, as far as reading decides it."""

import time
from pathlib import Path

import pytest
from badinputs import manifest

GROUPS = ("control", "csv", "xlsx", "zip", "shp", "geojson", "gpkg", "kml")
DECIDED_BY_READING = ("ENC", "TYP", "CSV", "ZIP", "XLS", "GJS", "SHP", "GPK", "XML", "NET", "ZON")
DECIDED_LATER = {
    "csv/case_duplicate_headers.csv",
    "csv/blank_header.csv",
    "csv/path_and_url_cells.csv",
    "csv/mgrs_utm.csv",
}
OTHERWISE = {
    "kml/html_description.kml": ("NORMALISE", "TXT-06"),  # the reduction to text is said
    "geojson/metres_no_crs.geojson": ("REJECT", "GEO-06"),
}


def expected(row):
    if row["file"] in OTHERWISE:
        return OTHERWISE[row["file"]]
    if row["file"] not in DECIDED_LATER and row["code"].startswith(DECIDED_BY_READING):
        return row["outcome"], row["code"]
    return "ACCEPT", ""


@pytest.mark.parametrize("row", manifest(*GROUPS), ids=lambda row: row["file"])
def test_each_bad_input_ends_as_the_manifest_says(row, bad_input, read):
    path = bad_input(row["file"])
    began = time.process_time()
    outcome = read(path.name, path)
    assert time.process_time() - began < 2
    word, code = expected(row)
    assert outcome.word == word
    assert not code or code in outcome.codes
    if word == "REJECT":
        assert path.name in outcome.sentence
        assert "\n" not in outcome.sentence
    else:
        assert len(outcome.cells) + len(outcome.issues) == int(row["rows"])
    if word == "PARTIAL":
        assert len(outcome.issues) == int(row["rows_rejected"])


@pytest.mark.parametrize("row", manifest(*GROUPS), ids=lambda row: row["file"])
def test_each_bad_input_gives_the_same_answer_each_time(row, bad_input, read):
    first, second = (read(Path(row["file"]).name, bad_input(row["file"])) for _ in range(2))
    assert (first.word, first.codes, first.sentence) == (second.word, second.codes, second.sentence)
    assert first.cells == second.cells


def test_issues_name_the_physical_line_and_the_column(bad_input, read):
    nul = read("a.csv", bad_input("csv/nul_in_cell.csv")).issues
    assert [(issue.line, issue.column) for issue in nul] == [(3, "notes")]
    mixed = read("a.csv", bad_input("csv/mixed_encodings.csv")).issues
    assert [(issue.line, issue.column) for issue in mixed] == [(4, "notes")]
    assert [issue.line for issue in read("a.csv", bad_input("csv/ragged_rows.csv")).issues] == [3, 4]


def test_the_texts_of_legacy_files_are_intact(bad_input, read):
    assert "Обстрел утром" in read("a.csv", bad_input("csv/cp1251.csv")).cells[0]
    assert "Église touchée – dégâts" in read("a.csv", bad_input("control/semicolon_cp1252.csv")).cells[0]
    assert {"Zone Şuşa", "Зона Б"} == {
        row["name"] for row in read("z.zip", bad_input("shp/good.zip")).columns
    }


def test_an_unquoted_decimal_comma_is_hinted_at(bad_input, read):
    (issue,) = read("a.csv", bad_input("csv/decimal_comma_unquoted.csv")).issues
    assert "decimal commas must be quoted" in issue.fix


def test_the_proposed_header_gives_the_rows_below_it(bad_input, read):
    outcome = read("a.csv", bad_input("csv/preamble_lines.csv"))
    assert outcome.source.questions[0].proposed == "4"
    assert outcome.lines == [5, 6, 7, 8, 9, 11]
    answered = read("a.csv", bad_input("csv/preamble_lines.csv"), header="4")
    assert not answered.source.questions
    assert answered.cells == outcome.cells


def test_dates_of_the_1904_system_are_those_of_the_other(bad_input, read):
    assert (
        read("a.xlsx", bad_input("xlsx/date_1904.xlsx")).cells
        == read("a.xlsx", bad_input("xlsx/good.xlsx")).cells
    )


def test_no_member_name_becomes_a_path(bad_input, read, tmp_path):
    before = set(tmp_path.parent.iterdir())
    read("a.zip", bad_input("zip/path_traversal.zip"))
    assert set(tmp_path.parent.iterdir()) == before
    assert not Path("/tmp/pwned.csv").exists()
