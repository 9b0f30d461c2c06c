"""The map without a mouse, without colours, on a small screen and for a screen reader."""

import json
import re

import pytest
from playwright.sync_api import expect

from .conftest import ROOT

AXE = (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
RULES = json.dumps(
    {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
)


def violations(frame):
    """Every A and AA rule that a document breaks: its id and the first elements."""
    frame.evaluate(f"{AXE}; undefined")
    found = frame.evaluate(f"axe.run(document, {{...{RULES}, iframes: false}}).then((r) => r.violations)")
    return [(v["id"], [node["html"][:160] for node in v["nodes"][:3]]) for v in found]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("query", ["?d=2020-12-20", "?d=2020-12-20&vs=2020-09-26&days=365"])
def test_page_and_frame_break_no_rule_of_wcag_a_and_aa(served, watched, query, dark):
    seen = watched(dark=dark).open(f"{served.url}/{query}").wait_for_map()
    seen.page.wait_for_timeout(1500)
    assert violations(seen.frame) == []
    assert violations(seen.page.main_frame) == []


def press(locator, *keys):
    locator.focus()
    for key in keys:
        locator.press(key)


def test_everything_can_be_done_with_the_keyboard_alone(served, watched):
    """Set a range of days, play, open an event, filter, compare, copy the link: no pointer is used."""
    seen = watched().open(f"{served.url}/?d=2020-11-30&days=30").wait_for_map()
    page, frame = seen.page, seen.frame
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    press(frame.get_by_role("slider", name="First day of the window"), "Shift+ArrowLeft")
    page.wait_for_url(re.compile("days=37"))
    press(frame.get_by_role("slider", name="Day shown"), "ArrowRight")
    page.wait_for_url(re.compile("d=2020-12-01"))

    press(frame.get_by_role("slider", name="Day shown"), "Space")
    expect(frame.get_by_role("button", name="Pause")).to_be_visible()
    press(frame.get_by_role("slider", name="Day shown"), "Space")
    expect(frame.get_by_role("button", name="Play")).to_be_visible()
    press(frame.get_by_role("slider", name="Day shown"), "Home")
    press(frame.get_by_label("Jump to a key date"), "2")  # a native list takes letters and digits
    frame.get_by_label("Day shown: ").press("Enter")
    frame.get_by_label("Day shown, typed").fill("2020-11-30")
    frame.get_by_label("Day shown, typed").press("Enter")
    expect(frame.locator(".end .day-face")).to_have_text("Mon 30 Nov 2020")

    press(frame.get_by_role("button", name="List what is in sight"), "Enter")
    press(frame.get_by_role("button", name=re.compile("events? in sight")), "Enter")
    expect(frame.locator(".card h2")).to_have_text(re.compile("events in sight"))
    press(frame.locator(".event-lines button").first, "Enter")
    expect(frame.locator(".card dl")).to_contain_text("Source")
    page.wait_for_url(re.compile("pick="))
    page.wait_for_timeout(1000)

    press(page.locator("summary", has_text="Filters"), "Enter")
    types = page.get_by_label("Event types")
    page.wait_for_timeout(800)  # the drawer opens
    types.focus()
    page.keyboard.type("Handover")
    page.wait_for_timeout(600)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("type="))
    field = page.get_by_label("Compare with (YYYY-MM-DD)")
    field.focus()
    page.keyboard.type("2020-09-26")
    field.press("Enter")
    page.wait_for_url(re.compile("vs=2020-09-26"))
    expect(page.locator(".comparison h3")).to_contain_text("26 Sep 2020 to 30 Nov 2020")

    press(page.get_by_role("button", name="Copy link"), "Enter")
    expect(page.locator(".link-host span")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


@pytest.mark.parametrize(("width", "height"), [(390, 844), (683, 384)], ids=["phone", "laptop at 200 %"])
def test_a_small_screen_scrolls_down_and_never_sideways(served, watched, width, height):
    seen = (
        watched(width=width, height=height).open(f"{served.url}/?d=2020-12-20&vs=2020-09-26").wait_for_map()
    )
    seen.page.wait_for_timeout(800)
    for document in (seen.page.main_frame, seen.frame):
        wide = document.evaluate(
            "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
        )
        assert wide[0] <= wide[1]
    seen.shoot(f"map-{width}")
