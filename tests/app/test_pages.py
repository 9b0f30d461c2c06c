"""Each page draws, in Streamlit's own test runner: quick, without a browser."""

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from ui import desk as shared

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app(monkeypatch, tmp_path):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("CONFLICTMAP_STORE", f"sqlite:///{tmp_path / 'store.sqlite'}")
    shared.desk.cache_clear()
    yield AppTest.from_file(str(ROOT / "ui" / "main.py"), default_timeout=60)
    shared.desk.cache_clear()


def component_data(app, name):
    found = [e.proto for e in app.get("bidi_component") if e.proto.component_name == f"conflictmap_{name}"]
    return json.loads(found[0].json)


def test_the_map_page_hands_the_map_its_addresses_and_the_last_day_with_data(app):
    data = component_data(app.run(), "map")
    assert data["frame"].startswith("/conflictmap/frame/1/")
    assert data["view"]["as_of"] == "2024-06-12"


def test_the_panel_shows_the_figures_of_the_day_in_the_link(app):
    app.query_params["d"] = "2021-01-01"
    data = component_data(app.run(), "panel")
    held = {row["label"]: row["km2_words"] for row in data["control"]}
    assert held["Armenian forces"] == "3\N{THIN SPACE}033"
    assert data["posts"] == [
        {"label": "Russian peacekeepers", "colour": "#009E73", "edge": "#006B4E", "count": "14"}
    ]


def test_a_wrong_day_in_the_link_gives_a_notice_and_the_usual_day(app):
    app.query_params["d"] = "2023-02-30"
    app.run()
    assert len(app.warning) == 1
    assert component_data(app, "map")["view"]["as_of"] == "2024-06-12"


def test_a_markdown_payload_in_the_link_is_shown_as_it_is(app):
    app.query_params["mode"] = "![x](http://example.org/a.png)"
    app.run()
    assert r"\!\[x\]\(http\:" in app.warning[0].value


def test_a_filter_reaches_map_and_panel(app):
    app.query_params["d"], app.query_params["days"], app.query_params["type"] = "2020-11-10", "60", "capture"
    app.run()
    assert component_data(app, "map")["view"]["filters"]["types"] == ["capture"]
    assert {event["type"] for event in component_data(app, "panel")["events"]} == {"Capture"}


def test_the_report_desk_finds_the_places_of_a_sample(app):
    app.run().switch_page("screens/reports_screen.py").run()
    app.selectbox(key="report_sample").select("2023-09-20-ceasefire").run()
    marks = component_data(app, "report")["marks"]
    assert len(marks) > 10
    assert all(mark["status"] in {"resolved", "review", "not_found"} for mark in marks)


def test_an_empty_report_is_refused_in_a_sentence(app):
    app.run().switch_page("screens/reports_screen.py").run()
    app.text_area(key="report_pasted").input("   ").run()
    next(button for button in app.button if button.label == "Find the places").click().run()
    assert "is empty" in app.error[0].value


def test_an_import_shows_its_ledger_and_commits(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type,location\nA1,2022-03-01,Shelling,Shusha\nA2,2022-13-01,Battle,Shusha\n"
    app.file_uploader(key="import_file").set_value([("a.csv", rows.encode(), "text/csv")]).run()
    assert [metric.value for metric in app.metric] == ["2", "1", "0", "0", "1", "0"]
    next(button for button in app.button if button.label == "Commit 1 row").click().run()
    assert "Saved" in app.success[0].value


def test_a_store_that_cannot_be_opened_is_said_in_a_sentence(app, monkeypatch, tmp_path):
    (tmp_path / "store.sqlite").write_bytes(b"")
    app.run()
    assert "is empty" in app.error[0].value
    assert not app.exception
