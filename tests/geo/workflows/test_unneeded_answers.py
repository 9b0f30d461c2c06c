"""Answers that a file did not need are named; answers to no question are refused with the names of the file's own."""

import pytest
from making import csv_of as table

from geo.errors import SettingError
from geo.workflows.importing import preview_import

POINTS = "event_id,event_date,toponym,admin0,lat,lon"


def csv_of(*lines, header="event_id,event_date,event_type,toponym"):
    return table(*lines, header=header)


def unneeded(desk, content, *, name="x.csv", **answers):
    preview = preview_import(desk, content, name=name, answers=answers)
    assert preview.questions == ()
    return [note.text.partition(": ")[2] for note in preview.notes if note.code == "ANS-01"]


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("sheet", "7"),
        ("member", "a.csv"),
        ("layer", "zones"),
        ("crs", "4326"),
        ("repair", "yes"),
        ("date_order", "dmy"),
        ("date_order:event_date", "mdy"),
        ("excel", "yes"),
        ("bidi", "strip"),
        ("swap", "fix"),
        ("sign", "fix"),
        ("country", "keep"),
        ("places", "keep"),
        ("place:Shuhsa|", "shusha"),
        ("type:skirmish", "battle"),
    ],
)
def test_an_answer_that_a_file_did_not_need_is_named(desk, key, answer):
    assert unneeded(desk, csv_of("N1,2023-09-20,battle,Shusha"), **{key: answer}) == [key]


@pytest.mark.parametrize(
    ("content", "key", "answer"),
    [
        (csv_of("N1,03/04/2023,battle,Shusha"), "date_order", "dmy"),
        (csv_of("N1,45188,battle,Shusha"), "excel:event_date", "yes"),
        (csv_of("N1,2023-09-20,Skirmish,Shusha"), "type:skirmish", "battle"),
        (csv_of("N1,2023-09-20,battle,Martuni"), "place:Martuni|", "martuni_nk"),
        (csv_of("N1,2023-09-20,battle,\u202eShusha"), "bidi", "strip"),
        (csv_of("N1,2023-09-20,Shusha,Azerbaijan,46.75,39.76", header=POINTS), "swap", "fix"),
        (csv_of("N1,2023-09-20,battle,Shusha"), "column:toponym", "4"),
        (csv_of("N1,2023-09-20,battle,Shusha"), "format", "own"),
        (csv_of("N1,2023-09-20,battle,Shusha"), "header", "1"),
    ],
)
def test_an_answer_that_was_used_is_not_named(desk, content, key, answer):
    assert unneeded(desk, content, **{key: answer}) == []


def test_what_the_worker_was_asked_counts_as_asked(desk, bad_input):
    path = bad_input("gpkg/good.gpkg")
    preview = preview_import(desk, path, name="a.gpkg", answers={"crs": "4326", "sheet": "1"})
    assert [note.text for note in preview.notes if note.code == "ANS-01"] == [
        "answers that this file did not need: sheet"
    ]


@pytest.mark.parametrize(
    ("content", "asked"),
    [
        (csv_of("N1,2023-09-20,battle,Shusha"), "nothing"),
        (csv_of("N1,03/04/2023,battle,Shusha"), "date_order:event_date"),
    ],
)
def test_an_answer_to_no_question_is_refused_with_the_names_of_the_files_own(desk, content, asked):
    with pytest.raises(SettingError) as refused:
        preview_import(desk, content, name="x.csv", answers={"date_oder": "dmy"})
    assert str(refused.value) == f"No question has the name 'date_oder': x.csv asks {asked}."
