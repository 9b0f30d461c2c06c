"""Each page draws, in Streamlit's own test runner: quick, without a browser."""

import json
from datetime import date
from pathlib import Path

from making import change, event

from geo.workflows.reporting import ReportSource, save_events
from ui import desk as shared

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


REPORT_FILES, REPORT_TEXT, REPORT_SAMPLE = "report_files_0", "report_pasted_0", "report_sample_0"


def reports(app):
    return app.run().switch_page("screens/reports_screen.py").run()


def test_the_report_desk_finds_the_places_of_a_sample(app):
    reports(app).selectbox(key=REPORT_SAMPLE).select("2023-09-20-ceasefire").run()
    marks = component_data(app, "report")["view"]["marks"]
    assert len(marks) > 10
    assert all(mark["status"] in {"resolved", "review", "not_found"} for mark in marks)


def test_a_web_page_becomes_a_report_with_its_day_and_what_was_left_out(app):
    page = "<html><head><meta name='date' content='2021-05-06'></head><script>x</script><p>Shelling hit Shusha.</p>"
    reports(app).file_uploader(key=REPORT_FILES).set_value([("r.html", page.encode(), "text/html")]).run()
    assert component_data(app, "report")["text"] == "Shelling hit Shusha."
    assert "reduced to its text" in app.info[0].value
    assert next(d for d in app.date_input if d.label == "Day of the report").value == date(2021, 5, 6)


def test_an_empty_report_is_refused_in_a_sentence(app):
    reports(app).text_area(key=REPORT_TEXT).input("   ")
    button(app, "Find the places").click().run()
    assert "is empty" in app.error[0].value


def test_a_bad_file_among_good_ones_is_named_and_the_others_are_read(app):
    files = [
        ("a.txt", b"Shelling hit Shusha.", "text/plain"),
        ("bad.pdf", b"this is no pdf", "application/pdf"),
        ("b.md", b"Mines went off in Goris.", "text/markdown"),
    ]
    reports(app).file_uploader(key=REPORT_FILES).set_value(files).run()
    assert [error.value.split(" ")[0] for error in app.error] == [r"bad\.pdf"]
    labels = [b.label for b in app.button if "to settle" in b.label]
    assert len(labels) == 2
    assert component_data(app, "report")["text"] == "Shelling hit Shusha."
    button(app, labels[1]).click().run()
    assert component_data(app, "report")["text"] == "Mines went off in Goris."


def test_a_report_that_is_open_already_is_not_opened_twice(app):
    reports(app)
    for number, text in enumerate(("Shelling hit Shusha.", "Shelling  hit Shusha.\n")):
        if number:
            button(app, "Add reports").click().run()
        app.text_area(key=f"report_pasted_{number}").input(text)
        button(app, "Find the places").click().run()
    assert "open already" in app.info[0].value
    assert len([b for b in app.button if "to settle" in b.label]) == 1


def test_a_report_whose_events_were_saved_says_when_by_whom_and_how_many(app):
    text = "On 7 March 2022 shelling hit Askeran."
    row = {
        "event_id": "R-1", "event_date": "2022-03-07", "event_type": "shelling", "toponym": "Askeran",
        "place_id": "askeran", "lat": 39.94, "lon": 46.83, "geo_precision": 1,
    }  # fmt: skip
    save_events(shared.desk(), text, [row], ReportSource("Night report"))
    reports(app).text_area(key=REPORT_TEXT).input(f" {text}\n")
    button(app, "Find the places").click().run()
    assert "1 event saved on" in app.info[0].value
    assert r"by " in app.info[0].value


def test_the_question_for_the_day_of_the_report_goes_with_its_answer(app):
    reports(app).text_area(key=REPORT_TEXT).input("On Wednesday shelling hit Askeran.")
    button(app, "Find the places").click().run()
    assert [text for text in app.text if "needs the day of the report" in text.value]
    next(d for d in app.date_input if d.label == "Day of the report").set_value(date(2022, 3, 10)).run()
    assert not [text for text in app.text if "needs the day of the report" in text.value]


def button(app, label):
    return next(button for button in app.button if button.label == label)


def test_an_import_shows_its_ledger_and_commits(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type,location\nA1,2022-03-01,Shelling,Shusha\nA2,2022-13-01,Battle,Shusha\n"
    app.file_uploader(key="import_file").set_value([("a.csv", rows.encode(), "text/csv")]).run()
    assert [metric.value for metric in app.metric] == ["2", "1", "0", "0", "1", "0"]
    next(button for button in app.button if button.label == "Commit 1 row").click().run()
    assert "Saved" in app.success[0].value


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


def test_the_history_says_that_an_undo_kept_a_row_and_takes_the_rest_once_it_can(app):
    app.run().switch_page("screens/history_screen.py").run()
    store = shared.desk().store
    first = store.commit(change(event("A"), event("B")))
    later = store.commit(change(event("B", toponym="by hand")))
    store.undo(first.import_id, recorded_by="tester")
    app.run()
    assert any("undone, but for 1 row edited since" in line.value for line in app.markdown)
    button(app, "Undo the rest").click().run()
    assert any("Nothing was written" in text.value for text in app.text)
    store.undo(later.import_id, recorded_by="tester")
    app.run()
    button(app, "Undo the rest").click().run()
    assert {"A", "B"}.isdisjoint(store.read("events")["event_id"])
    assert not [b for b in app.button if b.label == "Undo the rest"]


def test_a_receipt_stays_where_its_undo_found_only_edited_rows(app):
    app.run().switch_page("screens/import_screen.py").run()
    rows = "event_id,event_date,event_type,location\nA1,2022-03-01,Shelling,Shusha\n"
    app.file_uploader(key="import_file").set_value([("a.csv", rows.encode(), "text/csv")]).run()
    button(app, "Commit 1 row").click().run()
    shared.desk().store.commit(change(event("A1", toponym="by hand")))
    button(app, "Undo").click().run()
    assert "Nothing was taken back" in app.toast[0].value
    assert button(app, "Undo")


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
