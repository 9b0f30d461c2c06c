"""Several people, and a command line, at one store."""

import os
import re
import subprocess
import sys

from playwright.sync_api import expect

from geo.settings import ROOT

EVENT = "E058"


def edit(seen, served):
    seen.open(f"{served.url}/?d=2020-12-10&pick={EVENT}").wait_for_map()
    seen.page.get_by_role("button", name="Edit event").click()
    expect(seen.page.get_by_text("Why (stands in the history)")).to_be_visible()
    return seen.page


def field(page, name):
    return page.get_by_role("textbox", name=name, exact=True)


def test_the_second_of_two_editors_sees_both_versions_and_loses_nothing(served, watched):
    mine, theirs = edit(watched(), served), edit(watched(), served)
    field(theirs, "Toponym").fill("Lachin / Laçın")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.get_by_text("Why (stands in the history)")).not_to_be_visible()
    field(mine, "Description").fill("My own words.")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("changed this event on")).to_be_visible()
    expect(mine.get_by_text("theirs: Lachin / Laçın")).to_be_visible()
    expect(mine.get_by_text("yours: My own words.")).to_be_visible()
    mine.get_by_role("button", name="Save this version").click()
    expect(mine.get_by_text("changed this event on")).not_to_be_visible()
    again = edit(watched(), served)
    expect(field(again, "Toponym")).to_have_value("Lachin / Laçın")
    expect(field(again, "Description")).to_have_value("My own words.")


def test_what_the_command_line_imports_appears_on_the_open_page(served, watched, tmp_path):
    path = tmp_path / "march.csv"
    path.write_text(
        "event_id,event_date,event_type,location\nCLI1,2022-05-05,Battle,Askeran\n", encoding="utf-8"
    )
    seen = watched().open(f"{served.url}/?d=2022-05-05&mode=day").wait_for_map()
    expect(seen.page.get_by_role("button", name="Askeran", exact=True)).to_have_count(0)
    command = [sys.executable, "-m", "geo", "import", str(path), "--store", served.store]
    subprocess.run(command, cwd=ROOT, env=os.environ, check=True, capture_output=True)
    # The page looks every second; drawing it again takes a moment more.
    expect(seen.page.get_by_role("button", name="Askeran", exact=True)).to_be_visible(timeout=4_000)


def test_the_map_as_known_before_an_import_is_marked_and_does_not_show_it(served, watched):
    seen = watched().open(f"{served.url}/?d=2022-05-05&mode=day&known=1").wait_for_map()
    expect(seen.page.get_by_text(re.compile("As known on 2"))).to_be_visible()
    expect(seen.page.get_by_role("button", name="Askeran", exact=True)).to_have_count(0)
    seen.page.get_by_role("button", name="Show what is known now").click()
    expect(seen.page.get_by_role("button", name="Askeran", exact=True)).to_be_visible()
    expect(seen.page.get_by_text(re.compile("As known on 2"))).not_to_be_visible()


def test_an_undo_that_somebody_else_was_quicker_with_is_not_redone(served, watched):
    first, second = watched(), watched()
    for seen in (first, second):
        seen.open(f"{served.url}/history")
        expect(seen.page.get_by_role("button", name="Undo").first).to_be_visible()
    newest = first.page.get_by_role("button", name="Undo").first
    newest.click()
    second.page.get_by_role("button", name="Undo").first.click(no_wait_after=True)
    expect(second.page.get_by_text("undone").first).to_be_visible()
    expect(second.page.get_by_text("Redo of")).to_have_count(0)


def test_who_edits_an_event_that_was_deleted_meanwhile_is_told_so_and_keeps_the_words(served, watched):
    mine, theirs = edit(watched(), served), edit(watched(), served)
    theirs.get_by_role("button", name="Delete this event").click()
    theirs.get_by_role("button", name="Delete", exact=True).click()
    expect(theirs.get_by_text("Why (stands in the history)")).not_to_be_visible()
    field(mine, "Description").fill("Words that nobody may lose.")
    mine.get_by_role("button", name="Save", exact=True).click()
    expect(mine.get_by_text("took this event away on")).to_be_visible()
    expect(field(mine, "Description")).to_have_value("Words that nobody may lose.")
