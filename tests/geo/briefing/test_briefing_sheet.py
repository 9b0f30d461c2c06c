"""What stands on a sheet is what is drawn, what is missing makes it a draft, and no word is read as code."""

import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import matplotlib
import pytest
from matplotlib.figure import Figure

from geo import vocab
from geo.briefing.layout import page_size
from geo.briefing.lint import check_sheet
from geo.briefing.looks import look_of
from geo.briefing.make import save, to_bytes
from geo.briefing.marginalia import draw_marking
from geo.briefing.page import Page, page_axes
from geo.briefing.words import TLP, SourceList
from geo.errors import SettingError

MADE_AT = datetime(2024, 5, 6, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[3]
HOSTILE = [
    "$x^2$ and $\\frac{1}{0}",
    "{{7*191}} ${7*191} <script>alert(1)</script>",
    "word " * 600,
    "unbroken" * 300,
    "مرحبا שלום \u202eabc\u202c",
    "flag \U0001f1e6\U0001f1f2 rocket \U0001f680 漢字",
    "tab\tand\nline\x00end\u2028",
    "",
]


def test_the_legend_has_exactly_the_statuses_that_are_drawn(sheet, texts):
    drawn = {(zone.kind, zone.status, zone.party) for zone in sheet.content.zones}
    listed = {(entry.kind, entry.status, entry.party) for entry in sheet.content.legend.ground}
    assert listed == drawn
    assert {status for _, status, _ in drawn} == set(vocab.codes(vocab.ZONE_STATUSES))
    assert all(party != "mission" or kind != "control" for kind, _, party in drawn)


def test_each_entry_of_the_legend_is_written_with_its_definition(make, model_with, texts):
    made = make(model=model_with(statuses=("assessed_control", "contested", "claimed")))
    words = " ".join(texts(made))
    for term in vocab.ZONE_STATUSES:
        assert (term.definition in words) == (term.code in {"assessed_control", "contested", "claimed"})


def test_a_full_legend_gets_smaller_instead_of_losing_lines(sheet, texts):
    assert len(sheet.content.legend.ground) == len(vocab.ZONE_STATUSES)
    words = texts(sheet)
    assert not any("more lines" in text for text in words)
    assert {"Headquarters", "Observation post", "Battle", "Displacement"} <= set(words)


def test_the_legend_counts_the_events_that_are_drawn(sheet):
    assert sheet.content.legend.types == {"battle": 2, "shelling": 1, "mine": 1, "displacement": 1}


def test_statuses_and_parties_differ_without_colour(sheet):
    looks = {
        (zone.status, zone.party): (
            zone.look.outline_only,
            zone.look.fill > 0,
            zone.look.texture,
            zone.look.hatch,
            zone.look.dash,
        )
        for zone in sheet.content.zones
    }
    north = look_of("control", "assessed_control", "north", sheet.content.situation)
    south = look_of("control", "assessed_control", "south", sheet.content.situation)
    assert north.texture != south.texture
    assert len(set(looks.values())) == len(looks)


def test_no_symbol_stands_over_another_or_over_the_furniture(sheet):
    marks = [*sheet.content.marks.posts, *sheet.content.marks.events]
    corners = sheet.content.corners
    boxes = [*(mark.box.grown(-0.01) for mark in marks), corners.locator, corners.scale]
    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])
    assert any(mark.moved for mark in marks)


def test_no_name_stands_over_another(sheet):
    boxes = [name.box for name in sheet.content.names]
    assert len(boxes) == 3
    assert not any(a.meets(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_a_complete_sheet_is_no_draft(sheet, texts):
    assert sheet.lint == ()
    assert sheet.sidecar["draft"] is False
    assert not any("DRAFT" in text for text in texts(sheet))


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"title": " ", "marking": ""}, ["title_missing", "marking_missing"]),
        ({"extent": (10.0, 10.0, 12.0, 12.0)}, ["nothing_shown"]),
    ],
)
def test_a_sheet_that_lacks_something_is_stamped_draft(make, texts, change, codes):
    made = make(**change)
    assert [finding.code for finding in made.lint] == codes
    assert "DRAFT" in texts(made)
    assert [finding["code"] for finding in made.sidecar["lint"]] == codes


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "", "title_missing"),
        ("title", "\u202e\n", "title_missing"),
        ("title", "long " * 60, "title_cut"),
        ("marking", "", "marking_missing"),
        ("marking", "TLP:WHITE", "marking_unknown"),
        ("number", "", "number_missing"),
        ("version", "", "version_missing"),
        ("producer", "", "producer_missing"),
        ("disclaimer", "", "disclaimer_missing"),
        ("name_policy", "", "name_policy_missing"),
        ("boundary_view", "", "boundary_view_missing"),
        ("credits", ("",), "credits_missing"),
        ("crs", "", "crs_missing"),
        ("precision", "", "precision_missing"),
        ("sources", SourceList((), "", "", 0), "sources_missing"),
        ("made_at", MADE_AT.replace(tzinfo=None), "made_at_without_zone"),
        ("as_of", date(2030, 1, 1), "as_of_in_future"),
    ],
)
def test_each_thing_that_is_missing_is_one_finding(sheet, field, value, code):
    content = sheet.content
    stated = replace(content.sheet, **{field: value})
    found = check_sheet(stated, content.layout, zones_drawn=True, anything_drawn=True)
    assert [finding.code for finding in found] == [code]


def test_ground_without_a_source_makes_a_draft(make, model_with):
    made = make(model=model_with(statuses=("contested",), source=""))
    assert [finding.code for finding in made.lint] == ["source_of_row_missing"]


def test_hostile_words_are_drawn_as_words(hostile, texts):
    to_bytes(hostile, "png")
    written = texts(hostile)
    assert "1337" not in "".join(written)
    for kept in HOSTILE[:2]:
        assert any(kept in text for text in written)
    assert all(artist.get_parse_math() is False for axes in hostile.figure.axes for artist in axes.texts)


def test_hostile_words_are_drawn_as_words_in_vector_formats(hostile):
    assert b"<script>" not in to_bytes(hostile, "svg")
    assert to_bytes(hostile, "pdf").startswith(b"%PDF")


@pytest.fixture(scope="module")
def hostile(make, sheet):
    """A sheet with hostile words wherever somebody's words stand."""
    labels = [
        {"lon": 45.3 + 0.25 * n, "lat": 38.95, "rank": 1 + n % 4, "name": text, "other": text}
        for n, text in enumerate(HOSTILE)
    ]
    content = sheet.content
    sides = tuple(
        replace(party, label=text, label_short=text)
        for party, text in zip(content.situation.parties, HOSTILE[2:], strict=False)
    )
    situation = replace(
        content.situation,
        title=HOSTILE[4],
        parties=sides,
        producer=HOSTILE[5],
        credits=tuple(HOSTILE[:2]),
        name_policy=HOSTILE[6],
        boundary_view=HOSTILE[2],
        disclaimer=HOSTILE[3],
    )
    return make(
        situation=situation,
        labels=labels,
        sources=HOSTILE,
        title=HOSTILE[0],
        marking=HOSTILE[5],
        number=HOSTILE[3],
        permalink=HOSTILE[1],
    )


def test_no_text_leaves_the_paper(make):
    made = make(title="word " * 600, sources=["source " * 50] * 40, number="9" * 500, marking="mark " * 50)
    renderer = made.figure.canvas.get_renderer()
    page = made.figure.bbox
    for text in (text for axes in made.figure.axes for text in axes.texts if text.get_text()):
        box = text.get_window_extent(renderer)
        assert page.x0 - 1 <= box.x0
        assert box.x1 <= page.x1 + 1
        assert page.y0 - 1 <= box.y0
        assert box.y1 <= page.y1 + 1


def test_the_sums_of_the_sidecar_are_those_of_the_snapshot(sheet):
    counts, figures = sheet.sidecar["counts"], sheet.sidecar["figures"]
    kinds = ("shown_as_symbols", "shown_as_areas", "beyond_the_sheet", "unplaced", "in_hidden_layer")
    assert [counts[f"events_{kind}"] for kind in kinds] == [4, 1, 1, 1, 0]
    assert counts["events_in_window"] == sum(figures["by_type"].values()) == 7
    assert counts["events_total"] == 8
    assert figures["fatalities"] == {
        "low": 4,
        "best": 13,
        "high": 42,
        "events_without_best": 0,
        "events_without_figures": 4,
    }
    assert counts["zones"] == len(vocab.ZONE_STATUSES) + 1
    assert counts["posts"] == counts["posts_shown"] == 3


def test_shares_of_control_add_up_to_the_whole(sheet):
    figures = sheet.content.figures
    assert sum(holding.km2 for holding in figures.holdings) == pytest.approx(figures.total_km2)
    assert sum(holding.share for holding in figures.holdings) == pytest.approx(1)


def test_a_layer_that_is_switched_off_is_counted_and_stated(make, texts):
    made = make(hidden=frozenset({"events", "posts"}))
    assert made.sidecar["counts"]["events_in_hidden_layer"] == 7
    assert made.content.marks.events == made.content.marks.posts == ()
    assert any("without events, posts" in text for text in texts(made))


def test_the_sheet_states_what_it_must(sheet, texts):
    words = " ".join(texts(sheet))
    for needed in (
        "Specimen of every status",
        "Situation as of Fri 1 Jan 2021, 23:59 UTC",
        "made 6 May 2024, 07:08 UTC",
        "TLP:CLEAR",
        "Map T-1",
        "version 1",
        "The producer",
        "WGS 84 / UTM zone 38N (EPSG:32638)",
        "Both forms are shown.",
        "Boundaries are those of Natural Earth.",
        "recorded 1 May 2024",
        "example.org",
        "Second source",
        "A newspaper",
        "±1–4 km",
        "Natural Earth",
        "30 days",
        sheet.content.situation.disclaimer,
    ):
        assert needed in words


@pytest.mark.parametrize("word", TLP)
def test_a_marking_of_the_protocol_has_its_colour(word):
    size = page_size("a4")
    page = Page(page_axes(Figure(), size, order=1), size)
    draw_marking(page, 280, 10, word)
    assert [(text.get_text(), text.get_color()) for text in page.axes.texts] == [(word, TLP[word])]


@pytest.mark.parametrize("fmt", ["png", "pdf", "svg"])
def test_the_same_sheet_gives_the_same_bytes(make, sheet, fmt):
    assert to_bytes(make(), fmt) == to_bytes(sheet, fmt)


def test_a_pdf_has_one_page(sheet, tmp_path):
    save(sheet, tmp_path / "sheet.pdf", fmt="pdf")
    assert len(re.findall(rb"/Type /Page\b", (tmp_path / "sheet.pdf").read_bytes())) == 1


def test_a_format_that_does_not_exist_is_refused_with_the_remedy(sheet):
    with pytest.raises(SettingError, match="png, pdf, svg"):
        to_bytes(sheet, "gif")


def test_no_setting_of_the_process_changes_and_no_window_is_opened(make):
    before = dict(matplotlib.rcParams)
    to_bytes(make(), "svg")
    assert dict(matplotlib.rcParams) == before
    code = "import geo.briefing.make, sys; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
