"""Looks, selection, comparison, search and links of the map, as a person uses them."""

import io
import re
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from .conftest import ROOT, wait_until
from .test_map import MAP_OF_FRAME, date_shown


def drag(seen, start, *through):
    """Drag over the map; points are pixels of the frame."""
    box = seen.page.query_selector("iframe").bounding_box()
    mouse = seen.page.mouse
    mouse.move(box["x"] + start[0], box["y"] + start[1])
    mouse.down()
    for x, y in through:
        mouse.move(box["x"] + x, box["y"] + y)
    mouse.up()


def shown(seen):
    return seen.frame.locator(".counts").inner_text()


@pytest.mark.parametrize(
    ("display", "drawn"),
    [
        ("auto", "symbols"),
        ("points", "symbols"),
        ("cells", "cells"),
        ("heat", "heat"),
        ("clusters", "clusters"),
    ],
)
def test_each_display_draws_and_says_what_it_is(served, watched, display, drawn):
    seen = watched().open(f"{served.url}/?d=2024-06-12&mode=since&show={display}").wait_for_map()
    canvas = seen.frame.locator("canvas.events")
    assert canvas.get_attribute("data-display") == drawn
    assert canvas.evaluate(
        "(c) => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.some((v) => v > 0)"
    )
    assert ("shown as" in shown(seen)) == (drawn not in {"symbols", "dots"})
    seen.shoot(f"display-{display}")


def painted(seen):
    """Spots of the map on which the canvas of the events is painted, as pixels of the frame."""
    return seen.frame.evaluate(
        f"""() => {{ const box = {MAP_OF_FRAME}.getContainer().getBoundingClientRect(), spots = [];
        const context = document.querySelector('canvas.events').getContext('2d');
        for (let y = 20; y < box.height - 60; y += 16) for (let x = 100; x < box.width - 340; x += 16)
          if (context.getImageData(x, y, 1, 1).data[3] > 150) spots.push({{ x, y }});
        return spots; }}"""
    )


def test_a_cell_opens_the_list_of_its_events_and_the_list_a_card(served, watched):
    seen = watched().open(f"{served.url}/?d=2024-06-12&mode=since&show=cells").wait_for_map()
    lines = seen.frame.locator(".event-lines button")
    for spot in painted(seen):
        seen.frame.locator(".folium-map").click(position=spot)
        expect(seen.frame.locator(".card")).to_be_visible()
        if lines.count() > 1:
            break
    expect(seen.frame.locator(".card h2")).to_contain_text("events here")
    lines.first.click()
    expect(seen.frame.locator(".card dl")).to_contain_text("Source")
    seen.frame.get_by_role("button", name="Back to the list").click()
    expect(lines.first).to_be_visible()


@pytest.mark.parametrize("tool", ["rectangle", "lasso"])
def test_a_selection_narrows_map_figures_and_link_alike_and_can_be_removed(served, watched, tool):
    seen = watched().open(f"{served.url}/?d=2020-12-20&days=365").wait_for_map()
    before = shown(seen)
    seen.frame.get_by_label(f"Select events by a {tool}").click()
    drag(seen, (380, 150), (520, 160), (560, 330), (400, 340))
    seen.page.wait_for_url(re.compile("in="))
    events = re.match(r"[\d\u2009]+", shown(seen)).group()
    assert shown(seen) != before
    assert seen.frame.locator(".card").is_hidden()
    expect(seen.page.locator(".panel-host .tile strong").first).to_have_text(events)
    again = watched().open(seen.page.url).wait_for_map()
    assert shown(again) == shown(seen)
    seen.frame.get_by_label("Remove the selection").click()
    expect(seen.frame.locator(".counts")).to_have_text(before)


def test_two_days_are_compared_with_the_same_figures_on_map_and_page(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20&vs=2020-09-26").wait_for_map()
    expect(seen.frame.locator("path.change")).not_to_have_count(0)
    words = seen.frame.locator(".compare .changes").text_content()
    assert "Azerbaijan gained 8\u2009539 km²" in words
    expect(seen.page.locator(".comparison .summary")).to_have_text(words)
    seen.page.wait_for_timeout(500)
    seen.shoot("compare")


def test_the_day_before_a_handover_and_the_day_itself_have_different_holders(served, watched):
    for day, holder in (("2020-11-24", "Armenian forces"), ("2020-11-25", "Azerbaijan")):
        seen = watched().open(f"{served.url}/?d={day}&at=46.04,40.1,9").wait_for_map()
        spot = seen.frame.evaluate(
            f"(() => {{ const p = {MAP_OF_FRAME}.latLngToContainerPoint([40.1, 46.0]); return [p.x, p.y]; }})()"
        )
        seen.frame.locator(".folium-map").click(position={"x": spot[0], "y": spot[1]})
        expect(seen.frame.locator(".card")).to_contain_text(holder)


def test_swiping_shows_one_day_left_and_the_other_right_of_the_divider(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20&vs=2020-09-26").wait_for_map()
    seen.frame.get_by_role("button", name="Swipe").click()
    divider = seen.frame.get_by_role("slider", name="Divider between the two days")
    before = seen.frame.evaluate("document.querySelector('.leaflet-zonesbefore-pane').style.clip")
    assert [divider.locator(side).inner_text() for side in (".before", ".after")] == [
        "26 Sep 2020",
        "20 Dec 2020",
    ]
    divider.press("ArrowRight")
    assert divider.get_attribute("aria-valuenow") == "52"
    assert seen.frame.evaluate("document.querySelector('.leaflet-zonesbefore-pane').style.clip") != before
    assert seen.frame.locator(".leaflet-zonesbefore-pane path").count() > 0
    for _ in range(4):
        seen.frame.locator(".axis").press("PageDown")
    expect(divider.locator(".before")).to_have_text("22 Aug 2020")
    expect(divider.locator(".after")).to_have_text("26 Sep 2020")
    seen.frame.get_by_role("button", name="Swipe").click()
    assert seen.frame.locator(".leaflet-zonesbefore-pane path").count() == 0


def test_a_lasso_along_a_line_selects_nothing_and_the_page_goes_on_following(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20&days=365").wait_for_map()
    every = shown(seen)
    seen.frame.get_by_label("Select events by a lasso").click()
    drag(seen, (380, 150), (420, 190), (460, 230), (500, 270), (540, 310))
    seen.page.wait_for_timeout(500)
    assert shown(seen) == every
    seen.frame.locator(".axis").press("ArrowLeft")
    seen.page.wait_for_url(re.compile("d=2020-12-19"))


def test_a_selection_beyond_the_edge_of_the_world_ends_at_it(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20&days=365&at=46,40,2").wait_for_map()
    seen.frame.get_by_label("Select events by a rectangle").click()
    drag(seen, (120, 40), (400, 200), (760, 440))
    seen.page.wait_for_url(re.compile("in="))
    seen.frame.locator(".axis").press("ArrowLeft")
    seen.page.wait_for_url(re.compile("d=2020-12-19"))


def test_a_typed_day_is_taken_by_enter_and_its_field_closes(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20").wait_for_map()
    seen.frame.locator(".end .day-face").press("Enter")
    seen.frame.get_by_label("Day shown, typed").fill("2020-12-05")
    seen.frame.get_by_label("Day shown, typed").press("Enter")
    expect(seen.frame.locator(".end .day-face")).to_have_text("Sat 5 Dec 2020")
    expect(seen.frame.get_by_label("Day shown, typed")).to_be_hidden()


def test_a_drag_to_the_edge_of_a_zoomed_axis_stops_at_the_edge(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-10&days=30").wait_for_map()
    for _ in range(7):
        seen.frame.get_by_role("button", name="Closer in time").click()
    box = seen.frame.locator(".axis").bounding_box()
    seen.page.mouse.move(box["x"] + box["width"] / 2 + 30, box["y"] + 20)
    seen.page.mouse.down()
    for step in range(12):
        seen.page.mouse.move(box["x"] + box["width"] - 3 + step / 4, box["y"] + 20)
    seen.page.mouse.up()
    assert date_shown(seen).endswith(("2020", "2021"))


def test_a_spot_without_a_mark_says_where_it_is_and_who_holds_it(served, watched):
    seen = watched().open(f"{served.url}/?d=2019-01-01&days=1&hide=zones,presence,posts,lines").wait_for_map()
    seen.frame.locator(".folium-map").click(position={"x": 420, "y": 250})
    expect(seen.frame.locator(".card dl")).to_contain_text("Held by")
    expect(seen.frame.locator(".card dl")).to_contain_text("Nearest place")


@pytest.mark.parametrize("words", ["Şuşa", "Шуша", "shushi"])
def test_a_place_is_found_in_any_script_and_the_map_goes_there(served, watched, words):
    seen = watched().open(f"{served.url}/?d=2020-12-20").wait_for_map()
    seen.page.get_by_label("Find a place, event, post or zone").fill(words)
    seen.page.keyboard.press("Enter")
    seen.page.locator(".stSidebar button", has_text="Shusha").first.click()
    seen.page.wait_for_url(re.compile("at=46.7"))
    wait_until(lambda: seen.frame.evaluate(f"{MAP_OF_FRAME}.getZoom()") == 10, seconds=10)


def test_an_event_that_is_found_brings_its_day_and_its_card(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20").wait_for_map()
    seen.page.get_by_label("Find a place, event, post or zone").fill("fuel depot")
    seen.page.keyboard.press("Enter")
    seen.page.locator(".stSidebar button", has_text="2023-09-25").first.click()
    expect(seen.frame.locator(".end .day-face")).to_have_text("Mon 25 Sep 2023")
    expect(seen.frame.locator(".card")).to_be_visible()


def test_a_link_shows_the_same_picture_in_a_second_browser(served, watched):
    first = (
        watched()
        .open(f"{served.url}/?d=2020-12-20&days=365&vs=2020-09-26&colour=type&at=46.7,39.8,8.5&hide=labels")
        .wait_for_map()
    )
    first.frame.locator(".axis").press("ArrowLeft")
    first.page.wait_for_url(re.compile("d=2020-12-19"))
    first.frame.evaluate("document.activeElement.blur()")
    first.page.mouse.move(5, 5)
    first.page.wait_for_timeout(2500)
    second = watched().open(first.page.url).wait_for_map()
    second.page.mouse.move(5, 5)
    second.page.wait_for_timeout(2500)
    pictures = [seen.page.locator("iframe").screenshot() for seen in (first, second)]
    assert different_share(*pictures) < 0.002


def different_share(one, other):
    """Share of the pixels of two pictures that differ visibly."""
    a, b = (np.asarray(Image.open(io.BytesIO(picture)).convert("RGB"), int) for picture in (one, other))
    assert a.shape == b.shape
    return float((np.abs(a - b).max(axis=2) > 24).mean())


def test_an_embedded_map_stands_alone_and_opening_it_writes_nothing(served, watched):
    seen = watched().open(f"{served.url}/?embed=1&d=2020-12-20&vs=2020-09-26").wait_for_map()
    assert date_shown(seen) == "Sun 20 Dec 2020"
    expect(seen.frame.locator(".compare .changes")).to_be_visible()
    box = seen.page.locator("iframe").bounding_box()
    assert box["height"] > 700
    assert box["width"] > 1300
    assert seen.sent == []
    assert seen.page.get_by_text("Open the full map").get_attribute("href") == "?d=2020-12-20&vs=2020-09-26"
    seen.shoot("embed")


def test_a_drag_of_an_end_of_the_window_changes_its_length(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-30&days=365").wait_for_map()
    opener = seen.frame.locator(".opener").bounding_box()
    seen.page.mouse.move(opener["x"] + opener["width"] / 2, opener["y"] + 30)
    seen.page.mouse.down()
    seen.page.mouse.move(opener["x"] - 80, opener["y"] + 30, steps=4)
    seen.page.mouse.up()
    seen.page.wait_for_url(re.compile(r"days=\d{4}"))
    assert date_shown(seen) == "Mon 30 Nov 2020"


def test_a_typed_day_before_1970_is_shown(served, watched):
    seen = watched().open(f"{served.url}/?d=1923-07-10").wait_for_map()
    assert date_shown(seen) == "Tue 10 Jul 1923"
    assert seen.frame.locator("path.zone-administrative").count() > 0


def test_a_press_in_the_legend_filters_at_once_and_the_sidebar_and_the_link_follow(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-12-20&days=365").wait_for_map()
    every = shown(seen)
    row = seen.frame.locator("button.legend-row", has_text="Capture")
    if not row.is_visible():
        seen.frame.locator(".legend summary").click()
    row.click()
    assert shown(seen) != every
    assert seen.frame.locator(".card").is_hidden()
    assert row.get_attribute("aria-pressed") == "true"
    seen.page.wait_for_url(re.compile("type=capture"))
    expect(seen.page.locator(".stSidebar").get_by_text("Capture", exact=True)).to_have_count(1)
    few = shown(seen)
    seen.page.wait_for_timeout(1500)
    assert shown(seen) == few
    row.click()
    expect(seen.frame.locator(".counts")).to_have_text(every)
    seen.page.wait_for_url(lambda url: "type=" not in url)


def test_events_without_a_place_wait_in_the_tray(served, watched, tmp_path):
    file = tmp_path / "nowhere.csv"
    file.write_text("event_id,event_date,event_type\nN1,1987-05-05,incident\nN2,1987-05-06,incident\n")
    command = [sys.executable, "-m", "geo", "import", str(file), "--store", served.store]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    seen = watched().open(f"{served.url}/?d=1987-05-10").wait_for_map()
    tray = seen.frame.locator(".tray button")
    expect(tray).to_have_text("2 without a place")
    assert "2 without a place" in shown(seen)
    tray.click()
    expect(seen.frame.locator(".card h2")).to_have_text("Events without a place")
    assert seen.frame.locator(".event-lines button").count() == 2
