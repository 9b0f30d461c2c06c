from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import SettingError
from geo.view import Filters, ViewState
from geo.workflows.figures import instant, snapshot_json, snapshot_of_days, snapshot_of_view
from geo.workflows.panel import day_words, number_words, panel_data

THIN = "\N{THIN SPACE}"
DAY = date(2020, 12, 20)


def shown_on(desk, day=DAY, **how):
    return snapshot_of_days(desk, as_of=day, **how)


def figure(words):
    return int(words.replace(THIN, "").replace("−", "-"))


@settings(max_examples=15)
@given(day=st.dates(date(1992, 1, 1), date(2024, 12, 31)))
def test_the_panel_says_the_snapshots_figures(desk_template, day):
    shown = shown_on(desk_template, day)
    panel = panel_data(desk_template, shown)
    km2 = {row["label"]: row["km2"] for row in panel["control"]}
    assert km2.pop("Contested") == shown.contested_km2
    assert km2 == {desk_template.situation.party(code).label: area for code, area in shown.areas_km2.items()}
    assert figure(panel["window"]["events"]) == len(shown.events)
    assert figure(panel["window"]["unplaced"]) == shown.unplaced
    assert sum(int(row["count"]) for row in panel["posts"]) == len(shown.posts)
    assert len(panel["events"]) == len(shown.events)


@settings(max_examples=15)
@given(day=st.dates(date(1994, 5, 12), date(2024, 12, 31)))
def test_shares_of_control_add_up(desk_template, day):
    shares = [row["share"] for row in panel_data(desk_template, shown_on(desk_template, day))["control"]]
    assert sum(shares) == pytest.approx(1)


def test_a_day_without_any_control_zone_shows_no_figures_of_control(desk_template):
    assert panel_data(desk_template, shown_on(desk_template, date(1965, 6, 12)))["control"] == []


def test_the_change_is_measured_from_the_windows_first_day(desk_template):
    panel = panel_data(desk_template, shown_on(desk_template, first=date(2020, 11, 20)))
    change = {row["label"]: row["change_words"] for row in panel["control"]}
    before, after = (
        shown_on(desk_template, day).areas_km2["azerbaijan"] for day in (date(2020, 11, 20), DAY)
    )
    assert figure(change["Azerbaijan"]) == round(after - before) > 0
    assert change["Armenian forces"].startswith("−")
    assert change["Contested"] == "0"


def test_the_newest_event_stands_first(desk_template):
    shown = shown_on(desk_template, date(2023, 10, 1))
    starts = desk_template.model().events.start
    listed = [starts[event["index"]] for event in panel_data(desk_template, shown)["events"]]
    assert listed == sorted(listed, reverse=True)
    assert len(set(listed)) > 1


def test_a_window_without_events_says_that_silence_is_not_peace(desk_template):
    panel = panel_data(desk_template, shown_on(desk_template, date(1950, 1, 1)))
    assert panel["events"] == []
    assert panel["empty"].startswith(
        "No event on record in this window, which does not mean that nothing happened."
    )
    assert "remove a filter" not in panel["empty"]


def test_a_filtered_window_without_events_advises_to_remove_the_filter(desk_template):
    shown = shown_on(desk_template, filters=Filters(types=frozenset({"mine"})))
    assert "remove a filter" in panel_data(desk_template, shown)["empty"]


def test_numbers_have_thin_spaces_and_days_are_written_out():
    assert (number_words(11_633.2), number_words(0), day_words(date(1923, 7, 7))) == (
        f"11{THIN}633",
        "0",
        "7 Jul 1923",
    )


def test_the_figures_of_the_command_line_are_the_snapshots(desk_template):
    shown = shown_on(desk_template)
    said = snapshot_json(shown, known_at="x")
    assert (said["as_of"], said["window"], said["known_at"]) == (
        "2020-12-20",
        {"from": "2020-11-21", "to": "2020-12-20"},
        "x",
    )
    assert (said["events"], said["posts"], len(said["post_ids"])) == (
        len(shown.events),
        len(shown.posts),
        len(shown.posts),
    )
    assert sum(said["by_type"].values()) == said["events"]


def test_the_map_opens_on_the_last_day_with_data(desk_template):
    last = max(
        end or start
        for start, end in desk_template.store.read("events")[["event_date", "date_end"]].to_numpy()
    )
    assert snapshot_of_view(desk_template, ViewState()).as_of.isoformat() == last


def test_a_window_that_begins_after_its_day_is_refused(desk_template):
    with pytest.raises(
        SettingError, match="begins on 2021-01-01, after the day 2020-12-20: swap the two days"
    ):
        shown_on(desk_template, first=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-01", "2026-05-01T23:59:59.999999+00:00"),
        ("2026-05-01T12:00", "2026-05-01T12:00:00.000000+00:00"),
        ("2026-05-01T12:00+04:00", "2026-05-01T08:00:00.000000+00:00"),
        ("2026-05-01T12:00Z", "2026-05-01T12:00:00.000000+00:00"),
    ],
)
def test_a_time_is_read_as_utc_and_a_day_as_its_last_moment(text, moment):
    assert instant(text) == moment


@pytest.mark.parametrize("text", ["", "yesterday", "01/05/2026", "2026-02-30"])
def test_what_is_no_time_is_an_error_with_an_example(text):
    with pytest.raises(SettingError, match="is not a time like 2026-05-01T12:00"):
        instant(text)


def test_as_known_before_the_seed_there_was_nothing(desk_template):
    shown = shown_on(desk_template, known_at="1994-05-12T00:00:00.000000+00:00")
    assert (shown.revision, shown.events_total, shown.zones.empty) == (0, 0, True)


@pytest.mark.parametrize(
    "text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2020-13-01", "now"]
)
def test_a_time_that_is_none_is_an_error_with_a_sentence(text):
    with pytest.raises(SettingError, match="is not a time like"):
        instant(text)
