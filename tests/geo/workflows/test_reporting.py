from datetime import date

import pytest

from geo.drafting.identity import text_digest
from geo.errors import InputRefused
from geo.workflows.drafting import bare_places, drafted, event_row
from geo.workflows.reporting import (
    ReportSource,
    named_places,
    parse_report,
    save_events,
)

TEXT = (
    "STEPANAKERT, 20 September 2023 - A ceasefire took hold in Nagorno-Karabakh.\n\n"
    "In Stepanakert people came out. President Ilham Aliyev spoke in Baku. Fighting went on near Martuni."
)
SOURCE = ReportSource(title="Guns fall silent", publisher="Agency", url="https://agency.example/1")


def found_in(desk, text=TEXT):
    return {named.name.casefold(): named for named in named_places(parse_report(desk, text))}


def drafts_of(desk, text=TEXT):
    places = named_places(parse_report(desk, text))
    found = drafted(desk, text, places, {})
    return [*found.drafts, *bare_places(desk, text, places, {}, found.drafts)]


def rows_of(made):
    edited = {"fatalities_low": None, "fatalities_high": None, "confidence": "medium"}
    return [
        event_row(
            d,
            edited
            | {
                "day": d.when.first or date(2023, 9, 20),
                "event_type": d.event_type or "incident",
                "description": d.evidence[0].text,
            },
        )
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


def test_saved_events_carry_the_report_as_their_source_and_their_unit(desk):
    made = [d for d in drafts_of(desk) if d.place.place_id == "stepanakert"]
    report = save_events(desk, TEXT, rows_of(made), SOURCE)
    row = desk.store.read_rows("events", [made[0].event_id])[made[0].event_id]
    assert (report.added, report.unplaced, report.sha256) == (1, 0, text_digest(TEXT))
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
