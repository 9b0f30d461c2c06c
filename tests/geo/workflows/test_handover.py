"""The hand-over of Kalbajar on 25 November 2020, asked of everything that says who holds what."""

import json
from datetime import UTC, date, datetime

import pytest

from geo.interval import day_number
from geo.workflows.briefs import Wish, write_brief
from geo.workflows.comparing import compared, comparison_json
from geo.workflows.figures import snapshot_json, snapshot_of_days
from geo.workflows.here import here_card
from geo.workflows.panel import panel_data

EVE, DAY = date(2020, 11, 24), date(2020, 11, 25)
KALBAJAR_KM2 = 1_800


def holder_on_the_map(desk, day):
    """The party of the zone's row that the frame draws on a day."""
    number = day_number(day)
    names = desk.model().zones["zone_id"]
    rows = desk.words(1)["zones"]
    return [
        row["party"]
        for row, zone in zip(rows, names, strict=True)
        if zone == "KAL" and row["start"] <= number < row["end"]
    ]


def test_map_spot_figures_panel_difference_and_briefing_agree_on_both_days(desk_template, tmp_path):
    held, panel, briefed = {}, {}, {}
    for day in (EVE, DAY):
        shown = snapshot_of_days(desk_template, as_of=day)
        held[day] = snapshot_json(shown)["areas_km2"]["azerbaijan"]
        panel[day] = {row["label"]: row["km2"] for row in panel_data(desk_template, shown)["control"]}[
            "Azerbaijan"
        ]
        made = write_brief(
            desk_template,
            shown,
            tmp_path / f"{day}.svg",
            fmt="svg",
            wish=Wish(made_at=datetime(2026, 1, 1, tzinfo=UTC)),
        )
        sidecar = json.loads((tmp_path / made["sidecar"]).read_text("utf-8"))
        briefed[day] = sidecar["figures"]["areas_km2"]["azerbaijan"]
    gained = comparison_json(compared(desk_template, EVE, DAY), desk_template.situation)["net_km2"][
        "azerbaijan"
    ]
    for figures in (held, panel, briefed):
        assert figures[DAY] - figures[EVE] == pytest.approx(gained, abs=0.2)
    assert gained == pytest.approx(KALBAJAR_KM2, rel=0.01)
    assert holder_on_the_map(desk_template, EVE) == ["armenian_forces"]
    assert holder_on_the_map(desk_template, DAY) == ["azerbaijan"]
    spot = {
        day: dict(here_card(desk_template, lon=46.0, lat=40.1, day=day)["rows"])["Held by"]
        for day in (EVE, DAY)
    }
    assert spot[EVE].startswith("Armenian forces")
    assert spot[DAY].startswith("Azerbaijan")
