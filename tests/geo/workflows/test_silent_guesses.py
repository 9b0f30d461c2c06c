"""What an import must not settle on its own: trust, remembered answers, orders of dates, columns."""

import json
from pathlib import Path

import pytest
from making import csv_of

from geo.columns import FAMILIES
from geo.ingest.template import template
from geo.workflows.importing import commit_import, preview_import

ALL = [column.name for column in FAMILIES["events"]]
PLACED = "event_date,location,latitude,longitude"


def filled(**cells):
    """The template with one row."""
    row = {"event_id": "A", "event_date": "2023-09-20", "event_type": "battle", "toponym": "Shusha"} | cells
    return (template("events") + ",".join(row.get(name, "") for name in ALL) + "\n").encode()


def keys_of(preview):
    return [question.key for question in preview.questions]


def kept_file(desk):
    return Path(f"{desk.settings.store.removeprefix('sqlite:///')}.answers.json")


# The template has all our columns, as an export has; that proves nothing.


@pytest.mark.parametrize(
    ("cells", "asked"),
    [
        ({"lat": "46.7499", "lon": "39.7601", "admin0": "AZ"}, "swap"),
        ({"lat": "39.7601", "lon": "-46.7499", "admin0": "AZ"}, "sign"),
        ({"lat": "39.7601", "lon": "46.7499", "toponym": "Paris"}, "place:Paris|"),
    ],
)
def test_a_filled_template_is_judged_like_any_other_table(desk_template, cells, asked):
    assert keys_of(preview_import(desk_template, filled(**cells), name="x.csv")) == [asked]


def test_a_point_without_a_name_is_rejected_in_a_template_and_kept_where_the_store_has_it(desk):
    nameless = filled(toponym="", lat="39.7601", lon="46.7499")
    assert preview_import(desk, nameless, name="x.csv").report.code == "PLC-01"
    commit_import(desk, preview_import(desk, nameless, name="x.csv", answers={"unnamed": "keep"}))
    again = preview_import(desk, filled(toponym="", lat="39.7601", lon="46.7499", tags="new"), name="x.csv")
    assert (again.report.changed, again.report.rejected) == (1, 0)


def test_an_id_of_a_place_that_the_gazetteer_does_not_have_is_named(desk_template):
    report = preview_import(desk_template, filled(place_id="nowhere"), name="x.csv").report
    assert [(issue.column, issue.value, issue.code) for issue in report.issues] == [
        ("place_id", "nowhere", "PLC-06")
    ]


# Answers about a name move no point that lies at one of its places


def test_an_answer_for_a_name_without_a_point_moves_no_point_of_another_file(desk):
    first = csv_of("2023-09-20,Martuni", header="event_date,location")
    commit_import(desk, preview_import(desk, first, name="a.csv", answers={"place:Martuni|": "martuni_nk"}))
    second = csv_of("2023-09-21,Martuni,40.14,45.306", "2023-09-22,Martuni,50,10", header=PLACED)
    preview = preview_import(desk, second, name="b.csv")
    near, far = preview.draft.head(2)
    assert (near["place_id"], near["lat"], near["lon"]) == ("martuni_am", 40.14, 45.306)
    assert (far["lat"], far["lon"], keys_of(preview)) == (50.0, 10.0, ["place:Martuni|"])


def test_an_answer_moves_only_points_that_lie_far_from_all_places_of_the_name(desk):
    content = csv_of("2023-09-21,Martuni,40.14,45.306", "2023-09-22,Martuni,50,10", header=PLACED)
    preview = preview_import(desk, content, name="x.csv", answers={"place:Martuni|": "martuni_nk"})
    assert [row["place_id"] for row in preview.draft.head(2)] == ["martuni_am", "martuni_nk"]
    commit_import(desk, preview)
    again = preview_import(desk, content, name="x.csv")
    assert (again.report.unchanged, again.questions) == (2, ())


# What is remembered


@pytest.mark.parametrize(
    "planted",
    [
        {"column:lat": "999"},
        {"column:lat": "no such column"},
        {"type:skirmish": "<script>"},
        {"format": "bogus"},
        {"sign": "fix"},
    ],
)
def test_remembered_answers_that_cannot_be_are_passed_over(desk, planted):
    content = csv_of("2023-09-20,Skirmish,Shusha", header="Tag,event_type,location")
    commit_import(desk, preview_import(desk, content, name="a.csv", answers={"column:event_date": "Tag"}))
    kept = json.loads(kept_file(desk).read_text("utf-8"))
    for answers in kept["columns"].values():
        answers.update(planted)
    kept_file(desk).write_text(json.dumps(kept))
    preview = preview_import(desk, content, name="a.csv")
    assert (preview.report.unchanged, preview.report.rejected, preview.questions) == (1, 0, ())
    assert not planted.items() & preview.answers.items()


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", "[" * 200_000])
def test_a_damaged_file_of_answers_keeps_nothing(desk, content):
    kept_file(desk).write_text(content)
    assert preview_import(desk, filled(), name="x.csv").report.read == 1


def test_remembered_columns_and_types_are_named_with_who_answered(desk):
    content = csv_of("2023-09-20,Skirmish,Shusha", header="Tag,event_type,location")
    answers = {"column:event_date": "Tag", "type:skirmish": "battle"}
    commit_import(desk, preview_import(desk, content, name="a.csv", answers=answers))
    (said,) = [n.text for n in preview_import(desk, content, name="a.csv").notes if "answered" in n.text]
    assert "column:event_date = Tag" in said
    assert "type:skirmish = battle" in said
    assert said.startswith("read as answered by tester ")


# Columns and dates


def test_a_needed_column_cannot_be_answered_away(desk_template):
    preview = preview_import(desk_template, filled(), name="x.csv", answers={"column:event_date": "none"})
    assert keys_of(preview) == ["column:event_date"]


def dates(*texts):
    return csv_of(*(f"{text},Shusha" for text in texts), header="event_date,location")


def test_short_years_are_read_in_the_order_that_full_years_prove(desk_template):
    content = dates("7-Feb-25", "02/25/2023", "03/04/2023")
    asked = preview_import(desk_template, content, name="x.csv", answers={"date_order": "dmy"})
    assert [option.value for option in asked.questions[0].options] == ["mdy"]
    answered = preview_import(desk_template, content, name="x.csv", answers={"date_order": "mdy"})
    assert [row["event_date"] for row in answered.draft.head(3)] == ["2025-02-07", "2023-02-25", "2023-03-04"]


def test_the_question_about_short_years_shows_the_full_ones_that_it_also_settles(desk_template):
    (question,) = preview_import(desk_template, dates("7-Feb-25", "03/04/2023"), name="x.csv").questions
    assert ["03/04/2023 is 2023-04-03" in option.sample for option in question.options] == [
        True,
        False,
        False,
    ]


def test_a_day_that_does_not_exist_proves_no_order(desk_template):
    preview = preview_import(desk_template, dates("31/02/2023", "03/04/2023"), name="x.csv")
    assert keys_of(preview) == ["date_order:event_date"]


def test_a_place_id_far_from_its_point_is_named(desk_template):
    content = csv_of(
        "A,2023-09-19,battle,yerevan,39.76,46.75", header="event_id,event_date,event_type,place_id,lat,lon"
    )
    issues = preview_import(desk_template, content, name="x.csv").report.issues
    assert [(issue.line, issue.column, issue.code) for issue in issues] == [(2, "place_id", "PLC-07")]
