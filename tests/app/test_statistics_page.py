"""The statistics section and the figures of one zone or unit, in Streamlit's own test runner."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from geo.view import Filters
from geo.workflows.groundfigures import ground_figures

ROOT = Path(__file__).resolve().parents[2]
TITLES = ["Events by week and type", "Deaths by week and type", "Control over time", "Events by admin unit"]


def charts(app):
    return app.get("vega_lite_chart") or app.get("arrow_vega_lite_chart")


def test_no_chart_is_drawn_until_somebody_asks(app):
    app.run()
    assert not app.toggle(key="stats").value
    assert not charts(app)


def test_the_toggle_draws_four_charts_and_stands_in_the_link(app):
    app.query_params["d"], app.query_params["days"] = "2020-12-20", "365"
    app.run()
    app.toggle(key="stats").set_value(True).run()
    assert not app.exception
    assert [heading.value for heading in app.subheader] == TITLES
    assert len(charts(app)) == 4
    assert app.query_params["stats"] in ("1", ["1"])


def test_each_chart_says_of_what_it_is(app):
    app.query_params.update({"d": "2020-12-20", "days": "365", "stats": "1", "type": "capture"})
    app.run()
    captions = [caption.value for caption in app.caption if "As of 20 Dec 2020" in caption.value]
    assert len(captions) == 3, "no deaths are known of captures"
    assert all("types\\: Capture" in caption for caption in captions)
    assert any("silence is not zero" in caption.value for caption in app.caption)


def test_a_window_without_events_says_that_silence_is_no_proof(app):
    app.query_params.update({"d": "1996-02-02", "days": "2", "stats": "1"})
    app.run()
    assert not app.exception
    assert any("does not mean that nothing happened" in caption.value for caption in app.caption)
    assert len(charts(app)) == 2


@pytest.mark.parametrize("day", ["1900-01-01", "1970-01-01", "2199-12-31"])
def test_any_day_and_mode_can_be_shown(app, day):
    app.query_params.update({"d": day, "mode": "since", "stats": "1"})
    app.run()
    assert not app.exception
    app.segmented_control(key="stats_unit").set_value("day").run()
    assert not app.exception


def test_too_many_days_for_a_chart_become_coarser_and_are_said(app):
    app.query_params.update({"d": "2024-06-12", "mode": "since", "stats": "1"})
    app.run()
    app.segmented_control(key="stats_unit").set_value("day").run()
    assert any("Too many days for one chart" in caption.value for caption in app.caption)


@pytest.mark.parametrize(
    "about",
    [None, 7, "zone", [], {}, {"kind": "zone"}, {"kind": "zone", "id": 1}, {"kind": "zone", "id": "<b>"},
     {"kind": "unit", "admin0": "AZ"}, {"kind": "unit", "admin0": "AZ", "admin1": ["x"]},
     {"kind": "unit", "admin0": "AZ", "admin1": "Atlantis"}, {"kind": "place", "id": "KAL"}],
)  # fmt: skip
def test_what_only_a_forged_frame_asks_for_has_no_figures(desk_template, about):
    assert ground_figures(desk_template, about, filters=Filters(), as_of=date(2024, 1, 1)) is None


@pytest.mark.parametrize(
    "about", [{"kind": "zone", "id": "NK-CORE"}, {"kind": "unit", "admin0": "AZ", "admin1": "Xankəndi"}]
)
def test_the_figures_of_a_zone_or_unit_add_up(desk_template, about):
    found = ground_figures(desk_template, about, filters=Filters(), as_of=date(2024, 6, 12))
    assert found.events["events"].sum() == found.total["events"] > 0
    assert len(found.newest) == min(found.total["events"], 20)
    assert found.newest["Day"].is_monotonic_decreasing
    last = found.control[found.control["valid_to"] == found.control["valid_to"].max()]
    assert last.loc[last["km2"] > 0, "holder"].tolist() == ["azerbaijan"]


def test_a_zone_without_an_event_still_tells_who_held_it(desk_template):
    wanted = Filters(types=frozenset({"riot"}))
    found = ground_figures(
        desk_template, {"kind": "zone", "id": "KAL"}, filters=wanted, as_of=date(2024, 6, 12)
    )
    assert found.total["events"] == 0
    assert found.events.empty
    assert found.holders["Held by"].tolist() == ["Armenian forces", "Azerbaijan"]
    assert isinstance(found.control, pd.DataFrame)
