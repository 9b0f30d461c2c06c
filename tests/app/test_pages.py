"""Each page draws, in Streamlit's own test runner: quick, without a browser."""

import json
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_a_question_keeps_the_commit_away_and_its_answer_brings_it(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type,location\nA1,03/04/2022,Shelling,Shusha\n"
    app.file_uploader(key="import_file").set_value([("a.csv", rows.encode(), "text/csv")]).run()
    assert not [button for button in app.button if button.label.startswith("Commit")]
    app.radio(key="question_date_order:event_date").set_value("mdy").run()
    button(app, "Answer").click().run()
    button(app, "Commit 1 row").click().run()
    assert "Saved" in app.success[0].value


def test_an_unfinished_import_waits_on_the_page_until_it_is_thrown_away(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type\nA1,2022-03-01,Shelling\n"
    app.file_uploader(key="import_file").set_value([("waiting.csv", rows.encode(), "text/csv")]).run()
    app.query_params.clear()
    app.run()
    assert "waiting.csv" in [text.value for text in app.text]
    button(app, "Throw away").click().run()
    assert "waiting.csv" not in [text.value for text in app.text]


def test_a_draft_that_the_link_invents_is_refused_in_a_sentence(app):
    app.run().switch_page("screens/import_screen.py").run()
    app.query_params["draft"] = "../../etc/passwd"
    app.run()
    assert not app.exception
    assert [warning for warning in app.warning if "upload the file again" in warning.value]


def test_the_history_lists_changes_and_takes_one_back(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type,location\nA1,2022-03-01,Shelling,Shusha\n"
    app.file_uploader(key="import_file").set_value([("a.csv", rows.encode(), "text/csv")]).run()
    button(app, "Commit 1 row").click().run()
    app.switch_page("screens/history_screen.py").run()
    assert any("a\\.csv" in line.value for line in app.markdown)
    button(app, "Undo").click().run()
    assert any("undone" in line.value for line in app.markdown)
    assert [b for b in app.button if b.label == "Redo"]


def test_the_history_shows_what_a_change_altered(app):
    app.run().switch_page("screens/history_screen.py").run()
    button(app, "Details").click().run()
    assert not app.exception
    assert len(app.dataframe[0].value) > 100


def test_the_map_as_known_then_says_so(app):
    app.query_params["known"] = "1"
    app.run()
    assert any("As known on" in warning.value for warning in app.warning)


def test_a_change_that_does_not_exist_is_refused_with_a_notice(app):
    app.query_params["known"] = "99"
    app.run()
    assert any("no such change" in warning.value for warning in app.warning)


def test_a_store_that_cannot_be_opened_is_said_in_a_sentence(app, monkeypatch, tmp_path):
    (tmp_path / "store.sqlite").write_bytes(b"")
    app.run()
    assert "is empty" in app.error[0].value
    assert not app.exception
