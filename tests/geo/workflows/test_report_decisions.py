import json
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest

from geo.drafting.identity import text_digest
from geo.errors import InputRefused
from geo.geoparse.parse import ParsedText
from geo.geoparse.span import SpanKind
from geo.model import Mention, Resolution
from geo.workflows.byhand import hand_choice, hand_spot
from geo.workflows.decisions import checked_decisions, decided_places, doubtful_left
from geo.workflows.drafting import bare_places, drafted, event_row
from geo.workflows.learntnames import LEARNT, forget_name, learn_name, read_learnt, with_learnt
from geo.workflows.reasons import METHOD_WORDS, TERM_WORDS
from geo.workflows.reporting import NOT_A_PLACE, ReportSource, parse_report, save_events
from geo.workflows.reportview import report_view
from geo.workflows.savedreports import saved_before, saved_source

TEXT = "On 7 March 2022 shelling hit Askeran. Two days later mines went off in Askeran and near Baku."
SOURCE = ReportSource(
    "Night report", "Agency", "https://agency.example/1", date(2022, 3, 8), date(2022, 3, 9)
)


def starts_of(parsed, name):
    return [r.mention.start for r in parsed.resolutions if r.mention.name == name]


def rows_of(desk, decisions=None, text=TEXT):
    """Every draft of a text as an event, with the days and types that it proposes or plain ones."""
    parsed = parse_report(desk, text)
    places, choices = decided_places(parsed, decisions or {})
    found = drafted(desk, text, places, choices)
    made = [*found.drafts, *bare_places(desk, text, places, choices, found.drafts)]
    return [
        event_row(
            draft,
            {
                "day": draft.when.first or date(2022, 3, 7),
                "event_type": draft.event_type or "incident",
                "fatalities_low": None,
                "fatalities_high": None,
                "description": draft.evidence[0].text,
                "confidence": "medium",
            },
        )
        for draft in made
    ]


@pytest.mark.parametrize(("km", "precision"), [(1, 1), (3, 1), (20, 2), (120, 3)])
def test_a_place_by_hand_gives_the_event_its_position_and_a_precision_by_its_radius(
    desk_template, km, precision
):
    parsed = parse_report(desk_template, TEXT)
    choice = hand_choice(46.5, 39.75, km)
    rows = rows_of(desk_template, dict.fromkeys(starts_of(parsed, "Askeran"), choice))
    placed = [row for row in rows if row["toponym"] == "Askeran"]
    assert {(row["lon"], row["lat"], row["geo_precision"], row["place_id"]) for row in placed} == {
        (46.5, 39.75, precision, "")
    }


def test_zero_is_a_position_and_the_outside_of_the_world_is_none():
    assert (hand_spot("@0,0,5").lon, hand_spot("@0,0,5").lat) == (0, 0)
    for wrong in ("@181,0,5", "@0,91,5", "@0,0,0", "@0,0,301", "@nan,0,5", "@1,2", "@a,b,c", "askeran"):
        assert hand_spot(wrong) is None


def test_events_by_hand_are_saved_in_the_unit_around_them(desk):
    starts = starts_of(parse_report(desk, TEXT), "Askeran")
    rows = rows_of(desk, dict.fromkeys(starts, hand_choice(46.75, 39.82, 10)))
    receipt = save_events(desk, TEXT, rows, SOURCE)
    saved = desk.store.read_rows("events", [row["event_id"] for row in rows])
    assert (receipt.rejected, receipt.unplaced) == (0, 0)
    assert {saved[row["event_id"]]["admin0"] for row in rows if row["toponym"] == "Askeran"} == {"AZ"}


def test_decisions_about_nothing_are_left_out(desk_template):
    parsed = parse_report(desk_template, TEXT)
    start = starts_of(parsed, "Baku")[0]
    said = {str(start): "goris", "99999": "goris", "x": NOT_A_PLACE, "1.5": "goris"}
    assert checked_decisions(desk_template, parsed, said) == {start: "goris"}
    assert checked_decisions(desk_template, parsed, {str(start): "' OR 1=1 --"}) == {}
    assert checked_decisions(desk_template, parsed, [start]) == {}


def test_a_mention_decided_apart_is_a_place_of_its_own(desk_template):
    parsed = parse_report(desk_template, TEXT)
    first, second = starts_of(parsed, "Askeran")
    places, choices = decided_places(parsed, {second: NOT_A_PLACE})
    assert [[r.mention.start for r in p.resolutions] for p in places if p.name == "Askeran"] == [
        [first],
        [second],
    ]
    assert choices == {str(second): NOT_A_PLACE}


def test_a_name_counts_as_doubtful_until_all_its_mentions_are_decided():
    starts = {0: "Springfield", 20: "SPRINGFIELD", 40: "Qqorvan"}
    opened = [
        Resolution(Mention(at, at + len(name), name), "review", None, "doubtful", 0.3, 1)
        for at, name in starts.items()
    ]
    parsed = ParsedText(tuple(opened), len(opened))
    assert doubtful_left(parsed, {}) == 2
    assert doubtful_left(parsed, {0: "goris"}) == 2
    assert doubtful_left(parsed, {0: "goris", 20: NOT_A_PLACE, 40: NOT_A_PLACE}) == 0


def test_a_taught_name_is_used_by_the_next_report_until_it_is_forgotten(desk):
    text = "Shelling hit Zzyrkhan on 7 March 2022. In Zzyrkhan it was quiet."
    learn_name(desk, "Zzyrkhan", "askeran")
    assert read_learnt(desk) == {"Zzyrkhan": "askeran"}
    found = with_learnt(desk, text, parse_report(desk, text), read_learnt(desk)).resolutions
    told = [r for r in found if r.mention.name == "Zzyrkhan"]
    assert [(r.status, r.method, r.place.place_id) for r in told] == [("resolved", LEARNT, "askeran")] * 2
    assert [r.mention.start for r in found] == sorted(r.mention.start for r in found)
    forget_name(desk, "Zzyrkhan")
    assert read_learnt(desk) == {}


def test_a_taught_name_is_no_part_of_a_longer_word(desk):
    learn_name(desk, "Ask", "askeran")
    text = "Asked about Askeran, the Ask council said nothing."
    found = with_learnt(desk, text, parse_report(desk, text), read_learnt(desk)).resolutions
    assert [text[r.mention.start : r.mention.end] for r in found if r.method == LEARNT] == ["Ask"]


def test_a_taught_name_whose_place_is_gone_changes_nothing(desk):
    learn_name(desk, "Askeran", "no_such_place")
    parsed = parse_report(desk, TEXT)
    assert with_learnt(desk, TEXT, parsed, read_learnt(desk)) == parsed


@pytest.mark.parametrize(
    "other",
    [f"  {TEXT}\n\n", TEXT.replace(" ", "  "), TEXT.replace(". ", ".\n"), TEXT.replace(" ", "\u00a0")],
)
def test_white_space_changes_neither_the_digest_nor_the_ids_of_events(desk_template, other):
    assert text_digest(other) == text_digest(TEXT)
    assert {r["event_id"] for r in rows_of(desk_template, text=f"  {TEXT}\n\n")} == {
        r["event_id"] for r in rows_of(desk_template)
    }


def test_a_saved_report_is_recognised_until_its_events_are_taken_back(desk):
    assert saved_before(desk, text_digest(TEXT)) == ()
    receipt = save_events(desk, TEXT, rows_of(desk), SOURCE)
    [saved] = saved_before(desk, text_digest(f"{TEXT}\n"))
    assert (saved.rows, saved.title, saved.import_id) == (receipt.added, "Night report", receipt.import_id)
    assert saved.who == desk.settings.user
    assert saved_source(desk, saved) == replace(SOURCE, accessed=None)
    again = save_events(desk, f"{TEXT} \n", rows_of(desk, text=f"{TEXT} \n"), SOURCE)
    assert (again.added, again.changed, again.unchanged) == (0, 0, receipt.added)
    desk.store.undo(receipt.import_id, recorded_by="x")
    assert saved_before(desk, text_digest(TEXT)) == ()


def test_the_days_of_the_report_and_of_reading_it_stand_in_the_history(desk):
    save_events(desk, TEXT, rows_of(desk), SOURCE)
    entry = desk.store.history(limit=1)[0]
    assert entry.note == "published 2022-03-08; accessed 2022-03-09; https://agency.example/1"
    assert entry.sha256 == text_digest(TEXT)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://a b", "ftp://x", "//x"])
def test_an_address_that_is_none_of_the_web_is_refused(desk_template, url):
    with pytest.raises(InputRefused, match="https://"):
        save_events(desk_template, TEXT, rows_of(desk_template), ReportSource("Title", url=url))


def test_every_term_and_method_of_the_sample_reports_has_words(desk_template):
    terms, methods = set(), set()
    for path in sorted((desk_template.settings.data_dir / "reports").glob("*.md")):
        text = (
            path.read_text("utf-8")
            + "\n\nIn Paris, Texas, near Springfield and Zzyrkhan, Martuni district.\n"
        )
        for resolution in parse_report(desk_template, text).resolutions:
            methods.add(resolution.method)
            terms |= {code for candidate in resolution.alternatives for code in candidate.terms}
    assert terms - set(TERM_WORDS) == set()
    assert (methods | set(get_args(SpanKind))) - set(METHOD_WORDS) == set()


def test_the_view_names_every_candidate_once_whatever_the_number_of_mentions(desk_template):
    text = "Shelling hit Goris. " * 50
    view = report_view(desk_template, parse_report(desk_template, text))
    assert len(view["marks"]) == 50
    assert len(view["readings"]) == 1
    assert {c["place"] for reading in view["readings"] for c in reading} <= set(view["places"])
    assert text[view["marks"][1]["start"] : view["marks"][1]["end"]] == "Goris"
    assert json.dumps(view, allow_nan=False)
