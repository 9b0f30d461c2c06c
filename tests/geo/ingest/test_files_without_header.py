"""A file in which no row names the columns: it is asked, no row is lost, and its values tell what may be what."""

import io

import pytest
import xlsxwriter

from geo.ingest.mapping import mapping_of
from geo.ingest.reading.valuekinds import DAY, DEGREES, NUMBER, WORDS, column_kinds
from geo.ingest.unnamed import guessed_columns
from geo.workflows.importing import preview_import

ROWS = [
    ["2023-09-19", "Shelling", "Stepanakert", "39.8153", "46.7519"],
    ["2023-09-20", "Battle", "Shusha", "39.7601", "46.7496"],
    ["2023-09-21", "Shelling", "Askeran", "39.94", "46.83"],
]


def csv_of(rows):
    return "\n".join(",".join(row) for row in rows).encode()


def workbook_of(rows):
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)
    return target.getvalue()


@pytest.mark.parametrize(("name", "make"), [("a.csv", csv_of), ("a.xlsx", workbook_of)])
def test_a_file_without_a_header_is_asked_and_its_first_line_is_a_row(read, name, make):
    outcome = read(name, make(ROWS))
    (question,) = outcome.source.questions
    assert (question.key, question.proposed, question.options[0].value) == ("header", "none", "none")
    assert outcome.source.header == ("column 1", "column 2", "column 3", "column 4", "column 5")
    assert outcome.lines == [1, 2, 3]


def test_somebody_may_say_that_the_first_line_names_the_columns(read):
    outcome = read("a.csv", csv_of(ROWS), header="1")
    assert outcome.source.header == tuple(ROWS[0])
    assert outcome.source.questions == ()
    assert outcome.lines == [2, 3]


def test_somebody_may_say_that_a_file_has_no_header_where_it_looks_as_if_it_had(read):
    outcome = read("a.csv", b"Shelling,Shusha\nBattle,Askeran\n", header="none")
    assert (outcome.source.questions, outcome.lines) == ((), [1, 2])


@pytest.mark.parametrize(
    "first",
    [
        "event_date,event_type,location,latitude,longitude",
        "Datum,Art,Ort,Breite,Laenge",
        "2019,2020,2021,2022,2023",
        "1,2,3,4,5",
        "Report of,2023-09-19,,,",
        "2023-09-19,date,type,latitude,longitude",
        ",,,,",
    ],
)
def test_a_row_of_names_or_a_title_is_never_taken_for_a_row_of_data(read, first):
    outcome = read("a.csv", f"{first}\n".encode() + csv_of(ROWS[1:]))
    questions = outcome.source.questions if first.strip(",") else ()
    assert "none" not in [question.proposed for question in questions]


def test_days_as_names_of_columns_are_names_where_figures_stand_below(read):
    outcome = read("a.csv", b"country,2023-09-19,2023-09-20\nArmenia,1,2\nGeorgia,3,4\n")
    assert outcome.source.questions == ()


def test_one_row_alone_is_a_row_if_it_holds_a_day_and_degrees(read):
    assert read("a.csv", csv_of(ROWS[:1])).lines == [1]
    assert read("a.csv", b"2023-09-19,Shelling,Shusha\n").lines == []


def test_a_row_of_another_width_is_rejected_and_not_lost(read):
    outcome = read("a.csv", csv_of([ROWS[0][:4], *ROWS[1:]]))
    assert (outcome.lines, [issue.line for issue in outcome.issues]) == ([2, 3], [1])


def test_the_kind_of_a_column_is_that_of_most_of_its_cells():
    rows = [["1", "39", "2023-01-01", "a", ""], ["2", "39.5", "1 May 2023", "5", ""]]
    assert column_kinds(rows, 5) == [NUMBER, DEGREES, DAY, "", ""]
    assert column_kinds([*rows, *(["", "", "", "b", ""] for _ in range(3))], 5)[3] == WORDS


def test_values_tell_the_columns(read):
    assert guessed_columns(ROWS, 5, "events") == {
        "event_date": 0, "event_type": 1, "toponym": 2, "lat": 3, "lon": 4,
    }  # fmt: skip


def test_degrees_that_no_latitude_can_be_are_longitudes():
    rows = [["2023-01-01", "146.75", "39.8"]]
    found = guessed_columns(rows, 3, "events")
    assert (found["lat"], found["lon"]) == (2, 1)


def test_each_guess_by_value_is_asked_with_samples(read):
    source = read("a.csv", csv_of(ROWS), header="none").source
    asked = {q.key: q for q in mapping_of(source, "events", name="a.csv", answers={}).questions}
    assert {key: question.proposed for key, question in asked.items()} == {
        "column:event_date": "1", "column:lat": "4", "column:lon": "5", "column:event_type": "2", "column:toponym": "3",
    }  # fmt: skip
    assert asked["column:lat"].options[2].sample == "Stepanakert | Shusha | Askeran"


def test_every_row_of_a_file_without_a_header_stands_in_the_ledger(desk):
    answers = {"header": "none", "column:event_date": "1", "column:event_type": "2", "column:toponym": "3"}
    answers |= {"column:lat": "4", "column:lon": "5"}
    broken = [*ROWS, ["2023-13-01", "Battle", "Shusha", "39.7", "46.7"]]
    report = preview_import(desk, csv_of(broken), name="a.csv", answers=answers).report
    assert (report.read, report.added, report.rejected, report.unplaced) == (4, 3, 1, 0)


def test_while_it_is_asked_the_preview_shows_what_the_guesses_give(desk):
    preview = preview_import(desk, csv_of(ROWS), name="a.csv")
    assert preview.questions[0].key == "header"
    assert (preview.report.read, preview.report.rejected) == (3, 0)
