"""Words from a file are words everywhere: no server template, no script, no markup runs."""

import csv
import re
import urllib.error
import urllib.request

import pytest
from playwright.sync_api import expect

from .conftest import follow_to_map, tick_first_row

HOSTILE = [
    "{{7*191}}",
    "{% raw",
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "`tick`",
    "</script><script>alert(1)</script>",
]
ALL = " ".join(HOSTILE)


@pytest.fixture(scope="module")
def hostile_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("hostile") / "events.csv"
    columns = [
        "event_id",
        "event_date",
        "event_type",
        "sub_type",
        "actor1",
        "actor2",
        "toponym",
        "lat",
        "lon",
        "admin0",
        "admin1",
        "description",
        "source_name",
        "source_url",
        "tags",
        "geo_precision",
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        for number, word in enumerate(HOSTILE):
            texts = {
                c: word
                for c in columns
                if c not in {"event_id", "event_date", "event_type", "lat", "lon", "geo_precision"}
            }
            writer.writerow(
                {
                    **texts,
                    "event_id": f"H{number} {word}",
                    "event_date": "2022-05-05",
                    "event_type": "battle",
                    "lat": 39.9 + number / 50,
                    "lon": 46.3,
                    "geo_precision": 1,
                }
            )
    return path


def test_hostile_cells_are_shown_as_text_in_import_table_map_and_card(served, watched, hostile_file):
    seen = watched().open(f"{served.url}/import")
    seen.page.set_input_files("input[type=file]", hostile_file)
    seen.page.get_by_role("button", name="Commit 6 rows").click(timeout=30_000)
    expect(seen.page.get_by_text("Saved: events.csv")).to_be_visible()
    seen.open(f"{served.url}/?d=2022-05-05&mode=day").wait_for_map()
    expect(seen.frame.locator(".counts")).to_contain_text("6 of 104")
    rows = seen.page.locator("button.pick")
    assert sorted(rows.all_inner_texts()) == sorted(HOSTILE)
    for word in HOSTILE:
        seen.page.locator("button.pick", has_text=word).first.click()
        card = seen.frame.locator(".card")
        expect(card.locator("h2")).to_have_text(f"Battle, {word}")
        expect(card.locator("p.text")).to_have_text(word)
    assert "1337" not in seen.page.content() + seen.frame.content()
    assert seen.frame.locator("img").count() == 0
    assert seen.frame.locator("canvas.events").count() == 1


def read_report(seen, text):
    seen.page.get_by_label("Report text").fill(text)
    seen.page.get_by_role("button", name="Find the places").click()
    seen.wait_for_map()


def test_a_hostile_report_is_shown_as_text(served, watched):
    seen = watched().open(f"{served.url}/reports")
    text = f"{ALL} Shelling near Martakert on 5 May 2022. {ALL}"
    read_report(seen, text)
    assert seen.page.locator(".report-host .text").evaluate("(box) => box.textContent") == text
    assert seen.page.locator(".report-host :is(img, script, iframe:not([sandbox]))").count() == 0
    assert "1337" not in seen.page.content() + seen.frame.content()


def test_a_hostile_report_is_saved_and_comes_back_as_text(served, watched):
    """Its first line becomes its title, its sentence the evidence: both reach table, receipt, map and history."""
    seen = watched().open(f"{served.url}/reports")
    read_report(seen, f"{ALL}\n\nOn 5 March 2022 shelling hit <b onclick=alert(1)>Askeran</b> ${{alert(2)}}.")
    tick_first_row(seen)
    seen.page.get_by_label("Publisher").fill(ALL)
    address = seen.page.get_by_label("Address")
    address.fill("javascript:alert(3)")
    address.press("Tab")
    seen.page.get_by_role("button", name="Save the ticked events").click()
    expect(seen.page.get_by_text("The address must begin with https://")).to_be_visible()
    address.fill("https://agency.example/?q=<script>alert(4)</script>")
    address.press("Tab")
    seen.page.get_by_role("button", name="Save the ticked events").click()
    expect(seen.page.get_by_text("Saved: {{7*191}}")).to_be_visible()
    follow_to_map(seen)
    expect(seen.frame.locator(".card")).to_contain_text("</script><script>alert(1)</script>")
    assert "1337" not in seen.page.content() + seen.frame.content()
    seen.open(f"{served.url}/history")
    expect(seen.page.get_by_text("</script><script>alert(1)</script>").first).to_be_visible()
    assert "1337" not in seen.page.content()


def test_direction_marks_of_a_report_turn_nothing_around_it(served, watched):
    seen = watched().open(f"{served.url}/reports")
    read_report(seen, "\u202eShelling hit Askeran\u202e near \u2067Martuni on 5 May 2022.")
    expect(seen.page.get_by_text("Invisible direction marks")).to_be_visible()
    expect(seen.page.locator(".report-host .counts")).to_have_text(re.compile(r"^\d+ names?, \d+ to settle$"))
    isolated = seen.page.locator(".report-host .text, .report-host .text .mark").evaluate_all(
        "(all) => all.every((each) => getComputedStyle(each).unicodeBidi === 'isolate')"
    )
    assert isolated


def test_a_word_of_200_000_letters_neither_stops_the_desk_nor_widens_the_page(served, watched, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("Shelling hit Askeran. " + "A" * 200_000 + "\u0301" * 500, encoding="utf-8")
    seen = watched(width=390, height=844).open(f"{served.url}/reports")
    seen.page.locator("input[type=file]").set_input_files(path)
    seen.wait_for_map()
    expect(seen.page.locator(".report-host .text .mark").first).to_have_text("Askeran")
    wide = seen.page.evaluate(
        "[document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]"
    )
    assert wide[0] <= wide[1]
    seen.page.keyboard.press("x")
    expect(seen.page.locator(".report-host .text .mark").first).to_have_class("mark rejected")


def test_the_page_and_the_frame_carry_their_policies(served, watched):
    answers = {}
    seen = watched()
    seen.page.on(
        "response",
        lambda r: answers.setdefault(r.url.split("?")[0], r.headers.get("content-security-policy", "")),
    )
    seen.open(served.url).wait_for_map()
    assert "frame-ancestors 'self'" in answers[f"{served.url}/"]
    frame_policy = next(policy for url, policy in answers.items() if "/conflictmap/frame/" in url)
    assert "default-src 'none'" in frame_policy
    assert "sandbox allow-scripts" in frame_policy


def test_a_name_that_is_not_ours_gets_no_answer(served):
    for path in ("/", "/conflictmap/words/1"):
        request = urllib.request.Request(f"{served.url}{path}", headers={"Host": "elsewhere.example"})
        with pytest.raises(urllib.error.HTTPError, match="400"):
            urllib.request.urlopen(request, timeout=10)


def test_the_frame_has_no_way_to_the_network_or_to_the_page(served, watched):
    seen = watched().open(served.url).wait_for_map()
    reached = seen.frame.evaluate("fetch('/conflictmap/healthz').then(() => 'reached', () => 'refused')")
    assert reached == "refused"
    assert (
        seen.frame.evaluate(
            "(() => { try { return String(parent.document.title) } catch { return 'refused' } })()"
        )
        == "refused"
    )
