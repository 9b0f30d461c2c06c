"""Charts below the map, their downloads, and the figures of one zone, as a person uses them."""

import csv
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from .test_map import MAP_OF_FRAME

CHARTS = "[data-testid='stVegaLiteChart']"
YEAR = "d=2020-12-20&days=365"


def opened(seen, address):
    seen.open(address).wait_for_map()
    expect(seen.page.locator(f"{CHARTS} :is(canvas, svg)")).to_have_count(4)
    return seen


def downloaded(seen, key):
    with seen.page.expect_download() as caught:
        seen.page.locator(f".st-key-{key} button").click()
    return Path(caught.value.path()).read_bytes()


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def total(rows, column):
    return sum(int(row[column]) for row in rows if row[column])


def test_the_charts_agree_with_the_figures_beside_the_map(served, watched):
    seen = opened(watched(), f"{served.url}/?{YEAR}&stats=1")
    tiles = seen.page.locator(".panel-host .tile strong")
    events, deaths = (tiles.nth(n).inner_text().replace("\u2009", "") for n in (0, 1))
    rows = rows_of(downloaded(seen, "events_csv"))
    assert total(rows, "events") == int(events)
    low, high = (int(figure) for figure in deaths.split("–"))
    assert (total(rows, "fatalities_low"), total(rows, "fatalities_high")) == (low, high)
    assert total(rows_of(downloaded(seen, "units_csv")), "events") == int(events)
    assert {row["holder"] for row in rows_of(downloaded(seen, "control_csv"))} >= {"azerbaijan"}


@pytest.mark.parametrize("stem", ["events", "deaths", "control", "units"])
def test_a_chart_becomes_a_picture_when_it_is_asked_for(served, watched, stem):
    seen = opened(watched(), f"{served.url}/?{YEAR}&stats=1")
    seen.page.locator(f".st-key-{stem}_png button").click()
    picture = Image.open(io.BytesIO(downloaded(seen, f"{stem}_save")))
    assert picture.format == "PNG"
    assert picture.width > 1200


def test_the_toggle_stands_in_the_link_and_hides_the_charts_again(served, watched):
    seen = watched().open(f"{served.url}/?{YEAR}").wait_for_map()
    assert seen.page.locator(CHARTS).count() == 0
    seen.page.locator(".st-key-stats label").click()
    expect(seen.page.locator(CHARTS)).to_have_count(4)
    seen.page.wait_for_url(re.compile("stats=1"))
    seen.page.locator(".st-key-stats label").click()
    expect(seen.page.locator(CHARTS)).to_have_count(0)


def test_a_move_of_the_time_bar_moves_the_charts(served, watched):
    seen = opened(watched(), f"{served.url}/?d=2020-11-24&stats=1")
    seen.frame.locator(".axis").press("ArrowRight")
    expect(seen.page.get_by_text("As of 25 Nov 2020").first).to_be_visible()


@pytest.mark.parametrize(
    ("width", "height", "dark"), [(1366, 768, False), (390, 844, False), (1366, 768, True)]
)
def test_the_charts_fit_the_screen(served, watched, width, height, dark):
    seen = opened(
        watched(width=width, height=height, dark=dark), f"{served.url}/?d=2024-06-12&mode=since&stats=1"
    )
    for box in (chart.bounding_box() for chart in seen.page.locator(CHARTS).all()):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    for number in (0, 3):
        seen.page.locator(CHARTS).nth(number).scroll_into_view_if_needed()
        seen.page.wait_for_timeout(600)
        seen.shoot(f"statistics-{width}{'-dark' if dark else ''}-{number}")


@pytest.mark.parametrize(("width", "dark"), [(1366, False), (390, True)])
def test_a_card_opens_the_figures_of_its_zone(served, watched, width, dark):
    seen = watched(width=width, height=844, dark=dark)
    seen.open(f"{served.url}/?{YEAR}&hide=events,posts,lines,presence&at=46.0,40.0,8.5").wait_for_map()
    spot = seen.frame.evaluate(
        f"(() => {{ const p = {MAP_OF_FRAME}.latLngToContainerPoint([40.0, 46.0]); return [p.x, p.y]; }})()"
    )
    seen.frame.locator(".folium-map").click(position={"x": spot[0], "y": spot[1]})
    seen.frame.get_by_role("button", name="Figures over time").click()
    dialog = seen.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Kalbajar")
    expect(dialog.locator(f"{CHARTS} :is(canvas, svg)")).to_have_count(2)
    expect(dialog).to_contain_text("Control of this ground")
    seen.page.wait_for_timeout(2500)
    assert dialog.is_visible(), "it stays while the page looks for news"
    seen.shoot(f"figures-{width}{'-dark' if dark else ''}")
