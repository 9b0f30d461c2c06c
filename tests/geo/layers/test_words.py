import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import event, events, ground, model_of
from shapely.geometry import LineString, Point, box

from geo.layers.labels import labels_of, other_form
from geo.layers.words import deaths_short, deaths_words, event_card, links_in, map_words, span_words
from geo.model import Place
from geo.store.base import plain_rows

HOSTILE = "{{7*191}} {% raw ${alert(1)} <img src=x onerror=alert(1)> ` </script>"
square = box(46, 39, 46.5, 39.5)
numbers = st.none() | st.integers(0, 300)


def place(place_id="gn:1", **facts):
    return Place(**{"place_id": place_id, "name": "Town", "kind": "town", "lon": 46.0, "lat": 39.0, **facts})


@pytest.fixture(scope="module")
def hostile_words(desk_template):
    zone = {
        "row_id": HOSTILE,
        "name": HOSTILE,
        "kind": "control",
        "status": "claimed",
        "party": "eu",
        "note": HOSTILE,
        "source": HOSTILE,
    }
    line = {"line_id": HOSTILE, "name": HOSTILE, "kind": "corridor_road", "note": HOSTILE}
    post = {
        "post_id": HOSTILE,
        "name": HOSTILE,
        "kind": "base",
        "contingent": HOSTILE,
        "geo_precision": 1,
        "note": HOSTILE,
    }
    since = {"valid_from": "2020-11-10", "valid_to": "2023-09-20"}
    model = model_of(
        situation=desk_template.situation,
        zones=[{**zone, **since, "shape": square}],
        lines=[{**line, **since, "shape": LineString([(46, 39), (47, 40)])}],
        posts=[{**post, **since, "shape": square.centroid}],
    )
    labels = labels_of([place(name=HOSTILE, names={"az": (f"{HOSTILE}!",)})])
    return json.loads(json.dumps(map_words(model, desk_template.situation, labels=labels), allow_nan=False))


@pytest.mark.parametrize("family", ["zones", "lines", "posts"])
def test_hostile_words_travel_verbatim(hostile_words, family):
    card = hostile_words[family][0]["card"]
    assert card["title"] == HOSTILE
    assert ["Note", HOSTILE] in card["rows"]
    assert ["Id", HOSTILE] in card["rows"]


def test_hostile_names_travel_verbatim(hostile_words):
    (label,) = hostile_words["labels"]
    assert (label["name"], label["other"]) == (HOSTILE, f"{HOSTILE}!")


@pytest.mark.parametrize("family", ["zones", "lines", "posts"])
def test_the_last_day_shown_is_the_one_before_the_handover(hostile_words, family):
    assert ["Days", "2020-11-10 to 2023-09-19"] in hostile_words[family][0]["card"]["rows"]


def test_the_words_of_the_data_set_are_json(desk_template):
    words = json.loads(json.dumps(desk_template.words(1), allow_nan=False))
    assert len(words["zones"]) == len(desk_template.model().zones)
    assert {zone["party"] for zone in words["zones"]} - {""} <= set(words["parties"])


def test_an_event_card_keeps_hostile_words_and_says_what_is_not_stated():
    (row,) = plain_rows("events", events(event(toponym=HOSTILE, description=HOSTILE, source_name=HOSTILE)))
    card = event_card({**row, "recorded_at": "2024-01-01T00:00:00", "recorded_by": "x", "revision": 1})
    rows = dict(card["rows"])
    assert (card["title"], card["text"], rows["Source"]) == (f"Shelling, {HOSTILE}", HOSTILE, HOSTILE)
    assert (rows["Confidence"], rows["Place"], rows["Deaths"]) == ("not stated", "precision not stated", "")


@pytest.mark.parametrize(
    ("figures", "words", "short"),
    [
        ((None, None, None), "", ""),
        ((None, 0, None), "0", "0"),
        ((12, 15, 15), "12 to 15, best estimate 15", "12–15"),
        ((7, 7, 7), "7", "7"),
        ((7, None, 7), "7", "7"),
        ((12, None, None), "at least 12", "≥ 12"),
        ((None, None, 12), "at most 12", "≤ 12"),
        ((12, 15, None), "at least 12, best estimate 15", "≥ 12"),
        ((0, None, 4), "0 to 4", "0–4"),
    ],
)
def test_deaths_are_said_with_their_doubt(figures, words, short):
    assert (deaths_words(*figures), deaths_short(*figures)) == (words, short)


@given(numbers, numbers, numbers)
def test_only_what_was_published_is_said(low, best, high):
    for words in (deaths_words(low, best, high), deaths_short(low, best, high)):
        said = {int(n) for n in "".join(c if c.isdigit() else " " for c in words).split()}
        assert said <= {low, best, high}
        assert bool(words) == ({low, best, high} != {None})


@given(st.text())
def test_only_web_addresses_become_links(text):
    assert all(link.startswith(("https://", "http://")) for link in links_in(text))


def test_addresses_are_found_in_a_list_of_sources():
    assert links_in("Agency; https://a.example/x;javascript:alert(1) http://b.example") == [
        "https://a.example/x",
        "http://b.example",
    ]


def test_a_span_without_an_end_is_open():
    assert span_words("2020-11-10", "") == "since 2020-11-10"


def test_both_forms_of_a_name_are_shown_and_equal_ones_once():
    names = {"az": ("Xankəndi",), "hy-Latn": ("Stepanakert",)}
    assert other_form(place(name="Stepanakert", names=names)) == "Xankəndi"
    assert (
        other_form(place(name="Shusha", names={"az": ("Şuşa",), "hy-Latn": ("Shushi",)})) == "Şuşa / Shushi"
    )
    assert other_form(place(name="Goris")) == ""


@pytest.mark.parametrize(
    ("facts", "rank"),
    [
        ({"kind": "country"}, 0),
        ({"place_id": "stepanakert", "kind": "city"}, 2),
        ({"place_id": "askeran", "kind": "town"}, 3),
        ({"place_id": "parukh", "kind": "village"}, 4),
        ({"population": 2_000_000}, 1),
        ({"population": 150_000}, 2),
        ({"population": 30}, 5),
    ],
)
def test_important_places_come_first(facts, rank):
    assert [label["rank"] for label in labels_of([place(**facts)])] == [rank]


@pytest.mark.parametrize("kind", ["region", "line", "corridor", "sea", "river", "admin1", "continent"])
def test_what_is_no_country_or_settlement_has_no_label(kind):
    assert labels_of([place(kind=kind)]) == []


def test_a_quarter_of_a_large_town_has_no_label_of_its_own():
    town = place("gn:1", name="Baku", population=2_000_000)
    quarter = place("gn:2", name="Quarter", lon=46.05, lat=39.05, population=100_000)
    far = place("gn:3", name="Far", lon=47.0, population=100_000)
    ours = place("own", name="Ours", lon=46.05, lat=39.05, population=100)
    assert [label["name"] for label in labels_of([town, quarter, far, ours])] == ["Baku", "Far", "Ours"]


def test_ground_without_a_party_names_nobody(desk_template):
    zone = {
        "row_id": "Z",
        "name": "Z",
        "kind": "control",
        "status": "contested",
        "valid_from": "2020-11-10",
        "shape": square,
    }
    model = model_of(situation=desk_template.situation, zones=[zone])
    (made,) = map_words(model, desk_template.situation, labels=[])["zones"]
    assert (made["party"], made["card"]["badge"]) == ("", "Contested")
    assert ground("zones", [zone])["party"].tolist() == [""]


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (("2020-11-10", "2023-09-20"), "2020-11-10 to 2023-09-20"),
        (("2020-11-10", ""), "since 2020-11-10"),
        (("", "2023-09-20"), "until 2023-09-20, start not stated"),
        (("", ""), "start not stated"),
    ],
)
def test_a_span_says_what_is_not_stated(span, words):
    assert span_words(*span) == words


def test_a_post_without_a_contingent_has_words_and_colours_all_the_same(desk_template):
    situation = desk_template.situation
    post = {"post_id": "P", "name": "x", "kind": "site", "lat": 39.8, "lon": 46.7, "shape": Point(46.7, 39.8)}
    words = map_words(model_of(situation=situation, posts=[post]), situation, labels=[])
    assert words["parties"][""]["label"] == "Not stated"
