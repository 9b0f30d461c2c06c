from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import InputRefused
from geo.workflows.reporting import (
    NOT_A_PLACE,
    ReportSource,
    checked_text,
    drafts,
    name_id,
    named_places,
    parse_report,
    report_digest,
    report_text,
    save_events,
    sentence_at,
)

TEXT = (
    "STEPANAKERT, 20 September 2023 - A ceasefire took hold in Nagorno-Karabakh.\n\n"
    "In Stepanakert people came out. President Ilham Aliyev spoke in Baku. Fighting went on near Martuni."
)
SOURCE = ReportSource(title="Guns fall silent", publisher="Agency", url="https://agency.example/1")


def found_in(desk, text=TEXT):
    return {named.name.casefold(): named for named in named_places(parse_report(desk, text))}


def drafts_of(desk, choices=None, text=TEXT):
    return drafts(desk, text, named_places(parse_report(desk, text)), choices or {})


def rows_of(made):
    return [
        {
            "event_id": d.event_id,
            "event_date": d.event_date.isoformat(),
            "event_type": "ceasefire",
            "toponym": d.name,
            "place_id": d.place.place_id,
            "geo_precision": d.geo_precision,
            "description": d.evidence,
            **({"lat": d.place.lat, "lon": d.place.lon} if d.geo_precision == 1 else {}),
        }
        for d in made
    ]


def test_a_name_that_is_said_twice_is_one_place_with_two_mentions(desk_template):
    named = found_in(desk_template)["stepanakert"]
    assert [TEXT[r.mention.start : r.mention.end] for r in named.resolutions] == [
        "STEPANAKERT",
        "Stepanakert",
    ]
    assert named.first.place.place_id == "stepanakert"


def test_names_stand_in_the_order_of_their_first_mention(desk_template):
    starts = [named.first.mention.start for named in named_places(parse_report(desk_template, TEXT))]
    assert starts == sorted(starts)


def test_each_place_gives_one_draft_with_the_reports_day_and_its_sentence(desk_template):
    made = {draft.place.place_id: draft for draft in drafts_of(desk_template)}
    town = made["stepanakert"]
    assert (town.event_date, town.geo_precision) == (date(2023, 9, 20), 1)
    assert town.evidence.endswith("A ceasefire took hold in Nagorno-Karabakh.")
    assert made["nk"].geo_precision == 3


def test_a_country_is_too_large_for_an_event(desk_template):
    made = drafts_of(desk_template, text="Azerbaijan and Armenia spoke on 20 September 2023.")
    assert made == []


def test_an_open_name_gives_a_draft_only_after_a_choice(desk_template):
    martuni = found_in(desk_template)["martuni"]
    assert "martuni_am" not in {d.place.place_id for d in drafts_of(desk_template)}
    chosen = drafts_of(desk_template, {name_id(martuni): "martuni_am"})
    assert [d.geo_precision for d in chosen if d.place.place_id == "martuni_am"] == [1]


def test_what_a_person_calls_no_place_gives_no_draft(desk_template):
    baku = found_in(desk_template)["baku"]
    left = {d.place.place_id for d in drafts_of(desk_template, {name_id(baku): NOT_A_PLACE})}
    assert "baku" not in left
    assert "stepanakert" in left


def test_saved_events_carry_the_report_as_their_source_and_their_unit(desk):
    made = [d for d in drafts_of(desk) if d.place.place_id == "stepanakert"]
    report = save_events(desk, TEXT, rows_of(made), SOURCE)
    row = desk.store.read_rows("events", [made[0].event_id])[made[0].event_id]
    assert (report.added, report.unplaced, report.sha256) == (1, 0, report_digest(TEXT))
    assert (row["source_name"], row["source_url"]) == ("Guns fall silent; Agency", "https://agency.example/1")
    assert (row["admin0"], row["admin1"]) == ("AZ", "Xankəndi")


def test_the_same_report_twice_changes_nothing(desk):
    rows = rows_of(drafts_of(desk))
    first = save_events(desk, TEXT, rows, SOURCE)
    again = save_events(desk, TEXT, rows_of(drafts_of(desk)), SOURCE)
    assert (again.unchanged, again.added, again.import_id) == (first.added, 0, None)
    assert desk.store.revision() == 2


def test_a_saved_region_is_not_without_a_place(desk):
    rows = rows_of([d for d in drafts_of(desk) if d.place.place_id == "nk"])
    assert save_events(desk, TEXT, rows, SOURCE).unplaced == 0


@pytest.mark.parametrize("title", ["", "  "])
def test_an_event_without_a_source_is_not_saved(desk, title):
    with pytest.raises(InputRefused, match="The report needs a title"):
        save_events(desk, TEXT, rows_of(drafts_of(desk)), ReportSource(title=title))
    assert desk.store.revision() == 1


def test_one_wrong_event_saves_none_and_is_named(desk):
    rows = rows_of(drafts_of(desk))
    rows[1]["event_type"] = "war"
    with pytest.raises(InputRefused, match=r"Event 2: event_type must be one of .*; nothing was saved"):
        save_events(desk, TEXT, rows, SOURCE)
    assert desk.store.revision() == 1


@given(st.text("ab.!?\n ", min_size=1, max_size=300), st.data())
def test_the_sentence_at_a_position_is_one_line_of_the_text(text, data):
    position = data.draw(st.integers(0, len(text) - 1))
    sentence = sentence_at(text, position)
    assert "\n" not in sentence
    assert sentence in " ".join(text.split())
    if not text[position].isspace():
        assert text[position] in sentence


@pytest.mark.parametrize(
    ("word", "sentence"),
    [("One", "One fell."), ("Two", "Two “rose.”"), ("Three", "Three in a row went on"), ("Four", "Four.")],
)
def test_a_sentence_ends_at_its_full_stop_or_at_an_empty_line(word, sentence):
    text = "One fell. Two “rose.” Three in\na row went on\n\nFour."
    assert sentence_at(text, text.index(word)) == sentence


def test_a_sentence_without_an_end_is_cut():
    assert len(sentence_at("word " * 1000, 2500)) <= 600


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "CSV-07"),
        (b" \n\t ", "CSV-07"),
        ("Շուշի".encode("utf-16"), "encoding"),
        (b"\xff\xfe\xfa", "encoding"),
    ],
)
def test_a_report_that_is_no_text_is_refused(content, code):
    with pytest.raises(InputRefused, match=r"^report\.txt ") as refusal:
        report_text(content, name="report.txt")
    assert refusal.value.code == code


def test_a_report_that_is_too_long_is_refused_with_both_lengths():
    with pytest.raises(InputRefused, match="has 2,000,001 characters, 2,000,000 are allowed: split it"):
        checked_text("x" * 2_000_001)


def test_line_ends_of_all_systems_are_read():
    assert report_text("\ufeffa\r\nb\rc\n".encode(), name="x") == "a\nb\nc\n"
