"""The manners of every layer: words never reach the map's page, whatever they say."""

import importlib
import inspect
import pkgutil
import re
from html.parser import HTMLParser

import folium
import pytest
from making import ground
from shapely.geometry import LineString, box

import geo.layers
from geo.columns import FAMILIES
from geo.errors import UnsafeText
from geo.mapview import frame_html, read_assets
from geo.settings import read_settings

HOSTILE = (
    "{{7*191}}",
    "{% raw",
    "{# gone",
    "${alert(1)}",
    "<img src=x onerror=alert(1)>",
    "`+alert(1)+`",
    "</script><script>alert(1)</script>",
    "';alert(1);//",
    "https://evil.example/x.js",
)
CODES = {
    "kind": {"zones": "control", "lines": "corridor_road", "posts": "base"},
    "status": {"zones": "claimed"},
    "party": {"zones": "eu"},
}
EXTENT = (44.0, 38.0, 48.0, 41.0)
square, line = box(46, 39, 46.5, 39.5), LineString([(46, 39), (47, 40)])
SHAPES = {"zones": square, "lines": line, "posts": square.centroid}


def layer_functions():
    """Every function of the package that is called …_layer: a new layer is held to these manners at once."""
    modules = [
        importlib.import_module(f"geo.layers.{m.name}") for m in pkgutil.iter_modules(geo.layers.__path__)
    ]
    return {
        name: f
        for m in modules
        for name, f in inspect.getmembers(m, inspect.isfunction)
        if name.endswith("_layer")
    }


LAYERS = layer_functions()


def rows_saying(words, family):
    """One row of a family in which every column that holds free words holds these."""
    free = {
        c.name: words for c in FAMILIES[family] if c.type == "text" and not c.allowed and c.name not in CODES
    }
    coded = {name: codes[family] for name, codes in CODES.items() if family in codes}
    place = {"lat": 39.8, "lon": 46.7} if family == "posts" else {}
    return [{**free, **coded, **place, "valid_from": "2020-11-10", "shape": SHAPES[family]}]


def arguments_saying(words, situation):
    """What layers may ask for, by the name under which they ask."""
    frames = {
        family: ground(family, rows_saying(words, family) if words is not None else ()) for family in SHAPES
    }
    return {**frames, "situation": situation}


def made_layers(words, situation):
    given = arguments_saying(words, situation)
    return [f(**{name: given[name] for name in inspect.signature(f).parameters}) for f in LAYERS.values()]


@pytest.fixture(scope="module")
def assets():
    return read_assets(read_settings({}).web_dir)


@pytest.fixture(scope="module")
def page_saying(desk_template, assets):
    def page(words):
        return frame_html(made_layers(words, desk_template.situation), extent=EXTENT, assets=assets)

    return page


def test_the_family_is_complete():
    assert set(LAYERS) == {"lines_layer", "posts_layer", "zones_layer"}


@pytest.mark.parametrize("words", HOSTILE)
def test_the_page_is_the_same_whatever_the_words_say(page_saying, words):
    page = page_saying(words)
    assert page == page_saying("harmless")
    assert words not in page


def test_what_the_words_would_compute_is_nowhere(page_saying):
    assert not re.search(r"(?<!\d)1337(?!\d)", re.sub(r"base64,[\w+/=]+", "", page_saying("{{7*191}}")))


@pytest.mark.parametrize("words", [*HOSTILE, "two words", "Şuşa"])
def test_words_in_the_place_of_a_code_are_refused(desk_template, words):
    rows = [row | {"party": words} for row in rows_saying("harmless", "zones")]
    with pytest.raises(UnsafeText, match="was about to enter the map's template"):
        LAYERS["zones_layer"](ground("zones", rows), desk_template.situation)


class Sources(HTMLParser):
    """Collects every address that a browser would fetch or follow by itself."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [
            value for name, value in attrs if name in {"src", "href", "srcset", "data", "action", "poster"}
        ]


def sources_of(page):
    parser = Sources()
    parser.feed(page)
    return (
        parser.found
        + re.findall(r"url\(\s*[\"']?([^)\"']+)", page)
        + re.findall(r"@import\s+[\"']([^\"']+)", page)
    )


@pytest.mark.parametrize("words", ["harmless", None])
def test_the_page_asks_no_other_host(page_saying, words):
    foreign = [s for s in sources_of(page_saying(words)) if re.match(r"\s*(\w+:)?//", s or "")]
    assert foreign == []


def test_the_whole_map_asks_no_other_host(desk_template):
    foreign = [s for s in sources_of(desk_template.frame(1)) if re.match(r"\s*(\w+:)?//", s or "")]
    assert foreign == []


def test_the_same_data_give_the_same_page_byte_by_byte(page_saying):
    assert page_saying("x") == page_saying("x")


def test_another_shape_gives_another_page(desk_template, assets):
    rows = rows_saying("x", "zones")
    moved = [{**rows[0], "shape": box(45, 39, 45.5, 39.5)}]
    pages = {
        frame_html(
            [LAYERS["zones_layer"](ground("zones", r), desk_template.situation)], extent=EXTENT, assets=assets
        )
        for r in (rows, moved)
    }
    assert len(pages) == 2


def test_without_data_the_page_is_whole_and_its_layers_empty(page_saying):
    page = page_saying(None)
    assert page.startswith("<!DOCTYPE html>")
    assert page.rstrip().endswith("</html>")
    layers = dict(re.findall(r'name: "(\w+)", rows: (.*?)\}\);', page))
    assert set(layers) == {"lines", "posts", "zones"}
    assert [layers[name] for name in ("lines", "posts")] == ["[]", "[]"]
    assert layers["zones"].endswith('"rows":[]}')


@pytest.mark.parametrize(("stated", "near"), [(None, "false"), (1, "false"), (2, "true")])
def test_a_post_is_near_its_place_only_when_its_source_says_so(desk_template, stated, near):
    (row,) = rows_saying("x", "posts")
    layer = LAYERS["posts_layer"](ground("posts", [row | {"geo_precision": stated}]), desk_template.situation)
    assert f'"near":{near}' in layer.rows


@pytest.mark.parametrize("words", ["{{7*191}}", "{% raw", "{# gone", "${alert(1)}"])
@pytest.mark.parametrize(
    "element", [lambda w: folium.Marker((39, 46), tooltip=w), lambda w: folium.Marker((39, 46), popup=w)]
)
def test_template_code_in_an_element_of_folium_is_refused_before_it_runs(assets, element, words):
    with pytest.raises(UnsafeText, match="which is code to a template: a layer let words in"):
        frame_html([element(words)], extent=EXTENT, assets=assets)
