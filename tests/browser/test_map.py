"""The map page as a person uses it."""

import re
import statistics

import pytest
from playwright.sync_api import expect

MAP_OF_FRAME = "window[Object.keys(window).find((key) => key.startsWith('map_'))]"


def date_shown(seen) -> str:
    return seen.frame.locator(".end .day-face").inner_text()


def test_the_map_opens_on_the_last_day_with_data(served, watched):
    seen = watched().open(served.url).wait_for_map()
    assert date_shown(seen) == "Wed 12 Jun 2024"


@pytest.mark.parametrize(
    ("day", "title", "figures"),
    [
        ("2019-01-01", "Control on 1 Jan 2019", {"Armenian forces": "11 633", "Azerbaijan": "187"}),
        ("2021-01-01", "Control on 1 Jan 2021", {"Armenian forces": "3 033", "Azerbaijan": "8 727"}),
        ("2023-09-19", "Control on 19 Sep 2023", {"Armenian forces": "0", "Contested": "3 020"}),
        ("2023-10-01", "Control on 1 Oct 2023", {"Armenian forces": "0", "Azerbaijan": "11 821"}),
    ],
)
def test_a_day_shows_its_control_figures_on_screen(served, watched, day, title, figures):
    seen = watched().open(f"{served.url}/?d={day}").wait_for_map()
    expect(seen.page.locator(".panel-host h3").first).to_have_text(title)
    for party, km2 in figures.items():
        row = seen.page.locator(".panel-host tr", has_text=party).first
        assert row.locator("td").first.inner_text().replace("\u2009", " ") == km2
    seen.page.wait_for_timeout(600)
    seen.shoot(f"map-{day}")


def test_ten_slider_moves_keep_zoom_and_frame_cost_little_and_the_table_follows(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-01&days=30").wait_for_map()
    frame = seen.frame
    frame.evaluate(f"{MAP_OF_FRAME}.setZoom(9, {{animate: false}})")
    seen.page.wait_for_timeout(1500)
    element = seen.page.query_selector("iframe")
    axis = frame.locator(".axis")
    costs, sizes = [], []
    for _ in range(10):
        seen.sent.clear()
        axis.press("ArrowRight")
        costs.append(float(frame.evaluate("document.documentElement.dataset.drawMs")))
        seen.page.wait_for_timeout(900)
        sizes.append(sum(seen.sent))
    assert element.evaluate("(e) => e.isConnected")
    assert frame.evaluate(f"{MAP_OF_FRAME}.getZoom()") == 9
    assert statistics.median(costs) <= 40
    assert 0 < max(sizes) <= 5_000
    assert date_shown(seen) == "Wed 11 Nov 2020"
    expect(seen.page.locator(".panel-host h3").first).to_have_text("Control on 11 Nov 2020")


def test_the_link_follows_the_time_bar_and_brings_the_view_back(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-24").wait_for_map()
    seen.frame.locator(".axis").press("ArrowRight")
    seen.frame.locator("select[aria-label='Events shown']").select_option("window 90")
    seen.page.wait_for_url(re.compile(r"d=2020-11-25.*days=90"))
    again = watched().open(seen.page.url).wait_for_map()
    assert date_shown(again) == "Wed 25 Nov 2020"
    assert again.frame.locator(".counts").inner_text() == seen.frame.locator(".counts").inner_text()


def test_a_page_opened_again_by_the_same_browser_draws_its_map_again(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-01-01").wait_for_map()
    seen.open("about:blank").open(f"{served.url}/?d=2020-01-01").wait_for_map()
    assert date_shown(seen) == "Wed 1 Jan 2020"


def test_a_bad_parameter_in_the_link_gives_a_notice(served, watched):
    seen = watched().open(f"{served.url}/?d=2023-02-30&mode=sideways").wait_for_map()
    notices = seen.page.locator("[data-testid='stAlert']")
    expect(notices).to_have_count(2)
    expect(notices.first).to_contain_text("was ignored")
    assert date_shown(seen) == "Wed 12 Jun 2024"


@pytest.mark.parametrize(
    ("key", "day"),
    [
        ("ArrowLeft", "Sun 31 Jan 2021"),
        ("Shift+ArrowRight", "Mon 8 Feb 2021"),
        ("Home", "Fri 1 Jan 1988"),
        ("End", "Tue 31 Dec 2024"),
    ],
)
def test_keys_move_the_day(served, watched, key, day):
    seen = watched().open(f"{served.url}/?d=2021-02-01").wait_for_map()
    seen.frame.locator(".axis").press(key)
    assert date_shown(seen) == day


def test_play_moves_the_day_until_it_is_paused(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-02-01").wait_for_map()
    seen.frame.locator("button[aria-label='Play']").click()
    seen.page.wait_for_timeout(700)
    seen.frame.locator("button[aria-label='Pause']").click()
    stopped = date_shown(seen)
    assert stopped != "Mon 1 Feb 2021"
    seen.page.wait_for_timeout(300)
    assert date_shown(seen) == stopped


def test_a_key_date_jumps_to_its_day(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-02-01").wait_for_map()
    seen.frame.locator(".key-date[data-day='2023-09-19']").click()
    assert date_shown(seen) == "Tue 19 Sep 2023"


def test_an_event_picked_in_the_table_is_shown_on_the_map(served, watched):
    seen = watched().open(f"{served.url}/?d=2023-09-20").wait_for_map()
    seen.page.locator("button.pick", has_text="Janyatag").click()
    card = seen.frame.locator(".card")
    expect(card).to_contain_text("Incident, Janyatag")
    expect(card).to_contain_text("azernews.az")
    expect(seen.page.locator("tr.picked")).to_contain_text("Janyatag")


def test_an_event_clicked_on_the_map_is_marked_in_the_table(served, watched):
    seen = watched().open(f"{served.url}/?d=2023-09-19&days=7").wait_for_map()
    spot = seen.frame.evaluate(
        f"(() => {{ const p = {MAP_OF_FRAME}.latLngToContainerPoint([39.67, 46.92]); return [p.x, p.y]; }})()"
    )
    box = seen.page.locator("iframe").bounding_box()
    seen.page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    expect(seen.frame.locator(".card")).to_contain_text("Tagaverd")
    expect(seen.page.locator("tr.picked")).to_contain_text("Tagaverd")


def test_a_filter_changes_map_and_figures_alike(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-10&days=60&type=capture").wait_for_map()
    expect(seen.frame.locator(".counts")).to_contain_text("7 of 98")
    expect(seen.page.locator(".tile strong").first).to_have_text("7")


def test_a_zone_says_who_holds_it_since_when_and_by_which_source(served, watched):
    seen = watched().open(f"{served.url}/?d=2019-01-01").wait_for_map()
    spot = seen.frame.evaluate(
        f"(() => {{ const p = {MAP_OF_FRAME}.latLngToContainerPoint([40.0, 46.1]); return [p.x, p.y]; }})()"
    )
    box = seen.page.locator("iframe").bounding_box()
    seen.page.mouse.click(box["x"] + spot[0], box["y"] + spot[1])
    card = seen.frame.locator(".card")
    for words in (
        "Kalbajar / Karvachar",
        "Armenian forces",
        "1993-04-02 to 2020-11-24",
        "Accuracy",
        "Confidence",
    ):
        expect(card).to_contain_text(words)


def test_the_disclaimer_and_the_credits_are_always_visible(served, watched):
    seen = watched().open(served.url).wait_for_map()
    expect(seen.frame.locator(".disclaimer")).to_contain_text("do not imply endorsement")
    expect(seen.frame.locator(".credits")).to_contain_text("GeoNames")


def test_nothing_scrolls_sideways_on_a_phone(served, watched):
    seen = watched(width=390, height=844).open(f"{served.url}/?d=2021-01-01").wait_for_map()
    assert seen.page.evaluate("document.scrollingElement.scrollWidth") <= 390
    assert seen.frame.evaluate("document.scrollingElement.scrollWidth") <= 390
    seen.page.wait_for_timeout(600)
    seen.shoot("map-phone")


def test_the_map_follows_the_dark_theme(served, watched):
    seen = watched(dark=True).open(f"{served.url}/?d=2021-01-01").wait_for_map()
    assert seen.frame.evaluate("document.documentElement.dataset.theme") == "dark"
    seen.page.wait_for_timeout(600)
    seen.shoot("map-dark")


def test_a_link_that_hides_the_events_draws_the_rest(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-01-01&hide=events").wait_for_map()
    assert seen.frame.locator("canvas.events").count() == 0
    assert seen.frame.locator("path.zone-control").count() > 0


def test_one_filter_after_the_other_counts(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-01-01").wait_for_map()
    for layer in ("Posts", "Control zones", "Control lines"):
        seen.page.get_by_test_id("stSidebar").get_by_text(layer, exact=True).click()
        seen.page.wait_for_timeout(1200)
    seen.page.wait_for_url(re.compile(r"hide=lines%2Cposts%2Czones|hide=lines,posts,zones"))
    assert seen.frame.locator("path.zone-control").count() == 0


def test_the_back_button_brings_the_day_before_back(served, watched):
    seen = watched().open(f"{served.url}/?d=2020-11-10").wait_for_map()
    for _ in range(2):
        seen.frame.locator(".axis").press("ArrowRight")
        seen.page.wait_for_timeout(1200)
    seen.page.go_back()
    expect(seen.frame.locator(".end .day-face")).to_have_text("Wed 11 Nov 2020")


def test_a_typed_day_moves_the_map(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-01-01").wait_for_map()
    seen.page.get_by_text("Set the day").click()
    seen.page.get_by_label("Day shown (YYYY-MM-DD)").fill("2016-04-03")
    seen.page.keyboard.press("Enter")
    expect(seen.frame.locator(".end .day-face")).to_have_text("Sun 3 Apr 2016")


def test_a_layer_can_be_hidden(served, watched):
    seen = watched().open(f"{served.url}/?d=2021-01-01&hide=posts,zones").wait_for_map()
    assert seen.frame.locator(".leaflet-marker-icon.post").count() == 0
    assert seen.frame.locator("path.zone-control").count() == 0
    assert seen.frame.locator("path.zone-presence").count() > 0


@pytest.mark.parametrize("width", [1366, 390])
def test_the_map_works_before_the_page_is_there_and_is_moved_into_it_as_it_stands(served, watched, width):
    seen = watched(width=width)
    page = seen.page
    seen.open(f"{served.url}/?d=2020-12-20").wait_for_map()  # the server has the map at hand
    held, is_free = [], []
    page.route("**/_stcore/health", lambda route: route.continue_() if is_free else held.append(route))
    page.goto(f"{served.url}/?d=2020-12-20")
    page.wait_for_selector(".map-early[data-drawn]", timeout=30_000)
    early = page.locator(".map-early").bounding_box()
    seen.frame.evaluate("window.stays = true")
    seen.frame.locator(".axis").press("ArrowLeft")
    page.wait_for_timeout(500)
    is_free.append(True)
    for route in held:
        route.continue_()
    seen.wait_for_map()
    assert page.locator(".map-early").count() == 0
    assert seen.frame.evaluate("window.stays") is True
    page.wait_for_url("**d=2020-12-19**", timeout=30_000)
    late = page.locator(".map-host").bounding_box()
    assert all(abs(early[side] - late[side]) <= 3 for side in ("x", "y", "width"))
