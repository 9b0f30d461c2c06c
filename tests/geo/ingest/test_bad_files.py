"""Small bad files of several kinds: each ends as its manifest says."""

import csv
import io
from pathlib import Path

import pytest

from geo.errors import InputRefused, QuestionOpen
from geo.ingest.rows import checked_rows
from geo.ingest.table import table_of
from geo.workflows.importing import commit_import, preview_import

FILES = Path(__file__).parents[2] / "data" / "badinputs"


def preview_of(desk, name, **how):
    return preview_import(desk, (FILES / name).read_bytes(), name=name, **how)


def ledger(report):
    return report.read, report.added + report.changed + report.unchanged, report.rejected


@pytest.mark.parametrize(
    ("name", "outcome", "rows"),
    [
        ("template.csv", "ACCEPT", 5),
        ("utf8_bom_crlf.csv", "ACCEPT", 5),
        ("tab.tsv", "ACCEPT", 5),
        ("quoted_newlines.csv", "ACCEPT", 5),
        ("local_names_utf8.csv", "ACCEPT", 5),
        ("xss_js_template_literal.csv", "ACCEPT", 5),
        ("path_and_url_cells.csv", "ACCEPT", 5),
        ("sep_line.csv", "NORMALISE", 5),
        ("unicode_line_separators.csv", "NORMALISE", 5),
        ("control_characters.csv", "NORMALISE", 5),
    ],
)
def test_a_readable_file_is_taken_whole(desk_template, name, outcome, rows):
    report = preview_of(desk_template, name).report
    assert (report.outcome, *ledger(report)) == (outcome, rows, rows, 0)


def test_the_same_rows_in_other_dress_are_the_same_rows(desk_template):
    plain = preview_of(desk_template, "template.csv").rows
    for name in ("utf8_bom_crlf.csv", "tab.tsv", "sep_line.csv"):
        assert preview_of(desk_template, name).rows.equals(plain), name


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("empty.csv", "empty", "is empty"),
        ("gzip_named_csv.csv", "wrong_format", "is a gzip file, not a CSV file"),
        ("elf_named_csv.csv", "wrong_format", "is an executable"),
        ("binary_named_csv.csv", "wrong_format", "holds binary data"),
        ("case_duplicate_headers.csv", "duplicate_header", "two columns named “latitude”"),
        ("unclosed_quote.csv", "broken", "line 2: a quote opened there is not closed"),
        ("wide_20000_columns.csv", "too_many_columns", "20010 columns, 512 are allowed"),
    ],
)
def test_a_file_that_is_wrong_as_a_whole_is_refused_in_one_sentence(desk_template, name, code, sentence):
    with pytest.raises(InputRefused, match=sentence) as refusal:
        preview_of(desk_template, name)
    assert refusal.value.code == code
    assert str(refusal.value).startswith(name)


@pytest.mark.parametrize(
    ("name", "read", "issues"),
    [
        ("ragged_rows.csv", 4, [(3, "cell_count"), (4, "cell_count")]),
        ("date_impossible.csv", 5, [(line, "bad_date") for line in range(2, 7)]),
        ("date_redos.csv", 5, [(n, "bad_date" if n == 4 else "date_too_long") for n in range(2, 7)]),
    ],
)
def test_wrong_rows_are_named_with_their_lines_and_the_others_offered(desk_template, name, read, issues):
    preview = preview_of(desk_template, name)
    assert preview.report.outcome == "PARTIAL"
    assert [(issue.line, issue.code) for issue in preview.report.issues] == issues
    assert ledger(preview.report) == (read, read - len(issues), len(issues))


def test_no_cell_of_a_ragged_row_shifts_into_another_column(desk_template):
    rows = preview_of(desk_template, "ragged_rows.csv").rows
    assert rows["event_id"].tolist() == ["NK0001", "NK0004"]
    assert rows["source_name"].tolist() == ["Agency A", "Agency C"]


def test_lines_are_counted_as_an_editor_counts_them(desk_template):
    content = (FILES / "quoted_newlines.csv").read_bytes().replace(b"2023-09-20", b"2023-09-31")
    (issue,) = preview_import(desk_template, content, name="x.csv").report.issues
    assert content.decode().split("\n")[issue.line - 1].startswith("NK0003")


def test_after_a_skipped_separator_line_lines_are_still_those_of_the_file(desk_template):
    content = (FILES / "sep_line.csv").read_bytes().replace(b"2023-09-20", b"2023-09-31")
    (issue,) = preview_import(desk_template, content, name="x.csv").report.issues
    assert content.decode().split("\n")[issue.line - 1].startswith("NK0003")


def test_a_file_of_unknown_encoding_raises_a_question_and_the_answer_settles_it(desk_template):
    with pytest.raises(QuestionOpen, match=r"is not UTF-8 \(line 2\).*windows-1251") as question:
        preview_of(desk_template, "cp1251.csv")
    assert question.value.question == "encoding"
    preview = preview_of(desk_template, "cp1251.csv", answers={"encoding": "windows-1251"})
    assert "Обстрел утром" in preview.rows["description"].tolist()
    assert preview.report.normalised == ("read as windows-1251",)


def test_an_answer_that_names_an_unknown_encoding_is_refused(desk_template):
    with pytest.raises(InputRefused, match=r"The encoding 'rot13' is not one of windows-1252"):
        preview_of(desk_template, "cp1251.csv", answers={"encoding": "rot13"})


def test_local_names_are_stored_as_they_were_written(desk):
    commit_import(desk, preview_of(desk, "local_names_utf8.csv"))
    with (FILES / "local_names_utf8.csv").open(encoding="utf-8", newline="") as file:
        written = {row["event_id"]: row["location"] for row in csv.DictReader(file)}
    stored = desk.store.read_rows("events", list(written))
    assert {event_id: row["toponym"] for event_id, row in stored.items()} == written


@pytest.mark.parametrize(
    "name",
    ["formula_injection.csv", "sql_injection.csv", "path_and_url_cells.csv", "xss_js_template_literal.csv"],
)
def test_hostile_cells_are_stored_as_plain_words(desk, name):
    with (FILES / name).open(encoding="utf-8", newline="") as file:
        rows = [{**row, "event_type": "shelling"} for row in csv.DictReader(file)]
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    before = len(desk.store.read("events"))
    report = commit_import(desk, preview_import(desk, text.getvalue().encode(), name=name))
    assert (report.added, len(desk.store.read("events"))) == (len(rows), before + len(rows))
    stored = desk.store.read_rows("events", [row["event_id"] for row in rows])
    for row in rows:
        kept = stored[row["event_id"]]
        assert (kept["toponym"], kept["description"]) == (row["location"], row["notes"])
        assert kept["source_name"] == row["source"].strip()


def test_an_event_type_that_nobody_knows_rejects_the_row_and_not_the_file():
    checked = checked_rows(table_of((FILES / "sql_injection.csv").read_bytes(), name="x"), "events", name="x")
    assert (checked.read, checked.rejected, len(checked.accepted)) == (1, 1, 0)
    assert [(issue.line, issue.column) for issue in checked.issues] == [(2, "event_type")]
