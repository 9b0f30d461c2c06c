"""Lengths, degrees and north on the sheet are those of the ground."""

import pytest
from pyproj import Geod

from geo.briefing.furniture import degree_words, scale_bar
from geo.briefing.layout import layout_of, page_size
from geo.briefing.projection import checked_extent, ground_of, sheet_crs, true_north
from geo.errors import SettingError

GEOD = Geod(ellps="WGS84")
EXTENTS = [
    (45.0, 38.75, 47.7, 40.75),
    (-1.0, -1.0, 1.0, 1.0),
    (22.0, 44.0, 40.5, 52.5),
    (-72.0, -54.0, -68.0, -51.0),
    (36.2, 49.8, 36.4, 50.1),
]


def ground_in(extent):
    return ground_of(extent, layout_of(page_size("a4")).map, sheet_crs(extent))


def km_between(ground, x, y, mm):
    (lon0, lat0), (lon1, lat1) = ground.degrees_at(x, y), ground.degrees_at(x + mm, y)
    return GEOD.inv(lon0, lat0, lon1, lat1)[2] / 1000


@pytest.mark.parametrize("extent", EXTENTS)
def test_the_scale_bar_is_as_long_as_it_says_within_one_percent(extent):
    ground = ground_in(extent)
    bar = scale_bar(ground)
    middle = ground.box.x + ground.box.width / 2 - bar.mm / 2
    km = km_between(ground, middle, ground.box.y + ground.box.height / 2, bar.mm)
    assert km == pytest.approx(bar.km, rel=0.01)


def test_the_drawn_bar_is_as_long_as_it_says_within_one_percent(sheet):
    texts = [text for axes in sheet.figure.axes for text in axes.texts]
    end = next(text for text in texts if text.get_text().endswith(" km") and text.get_text()[0].isdigit())
    start = next(
        text for text in texts if text.get_text() == "0" and text.get_position()[1] == end.get_position()[1]
    )
    (x0, y), (x1, _) = start.get_position(), end.get_position()
    km = km_between(sheet.content.ground, x0, y, x1 - x0)
    assert km == pytest.approx(float(end.get_text().removesuffix(" km")), rel=0.01)


@pytest.mark.parametrize("extent", EXTENTS)
def test_the_whole_extent_lies_on_the_map(extent):
    west, south, east, north = ground_in(extent).degrees_shown()
    assert west <= extent[0] + 1e-6
    assert south <= extent[1] + 1e-6
    assert east >= extent[2] - 1e-6
    assert north >= extent[3] - 1e-6


def test_the_axes_are_as_long_east_as_north(sheet):
    ground = sheet.content.ground
    x0, y0, x1, y1 = ground.bounds
    assert (x1 - x0) / (y1 - y0) == pytest.approx(ground.box.width / ground.box.height)


def test_true_north_leans_by_the_convergence_of_the_grid():
    # East of the central meridian (45 E) on the northern hemisphere, true north lies left of grid north.
    assert true_north(ground_in((45.0, 38.75, 47.7, 40.75))) == pytest.approx(-0.87, abs=0.05)


@pytest.mark.parametrize(
    ("value", "sides", "words"),
    [(45.5, "EW", "45°30′E"), (-3, "NS", "3°S"), (0, "NS", "0°"), (46.05, "EW", "46°03′E")],
)
def test_degrees_are_written_with_minutes_and_a_side(value, sides, words):
    assert degree_words(value, sides) == words


@pytest.mark.parametrize(
    "wrong", [(10, 0, 5, 5), (0, 0, 200, 5), (0, 0, 1), ("a", 0, 1, 1), (0, float("nan"), 1, 1)]
)
def test_an_extent_that_cannot_be_drawn_is_refused_with_the_remedy(wrong):
    with pytest.raises(SettingError, match="west,south,east,north"):
        checked_extent(wrong)


def test_a_size_that_does_not_exist_is_refused_with_the_remedy(make):
    with pytest.raises(SettingError, match="a4, a3, 16:9"):
        make(size="letter")


@pytest.mark.parametrize(("size", "mm"), [("a4", (297, 210)), ("a3", (420, 297)), ("16:9", (338.67, 190.5))])
def test_a_sheet_has_the_size_of_its_paper(make, size, mm):
    inches = make(size=size).figure.get_size_inches()
    assert inches * 25.4 == pytest.approx(mm, abs=0.1)
