import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ServiceError, UnsafeText
from geo.layers.text import map_code, script_json
from geo.mapview import guard_addresses, guard_page

DANGEROUS = "{}$<>`\"'\\&%()=;/ \n\r\u2028\x00"
TOKENS = ("{{", "{%", "{#", "${", "<", "`")
codes = st.from_regex(r"[A-Za-z0-9_#.:+-]{0,80}", fullmatch=True)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | codes,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(codes, inner, max_size=4),
    max_leaves=20,
)


@given(st.text(), st.sampled_from(DANGEROUS), st.text())
def test_a_text_with_a_character_of_templates_or_scripts_is_refused(before, character, after):
    with pytest.raises(UnsafeText, match="send words with the frame's JSON instead"):
        map_code(before + character + after)


@given(codes)
def test_a_code_passes_unchanged(code):
    assert map_code(code) == code


def test_a_code_followed_by_a_line_break_is_no_code():
    with pytest.raises(UnsafeText):
        map_code("eu\n")


@given(values)
def test_script_json_holds_no_template_or_markup_and_says_the_same(value):
    text = script_json(value)
    assert not [token for token in TOKENS if token in text]
    assert json.loads(text) == json.loads(json.dumps(value))


@given(st.text(min_size=1).filter(lambda t: not re.fullmatch(r"[A-Za-z0-9_#.:+-]{0,80}", t)))
def test_words_are_refused_wherever_they_stand(words):
    for value in (words, [1, [words]], {"kind": {"x": words}}, {words: 1}):
        with pytest.raises(UnsafeText):
            script_json(value)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_cannot_carry_is_refused(number):
    with pytest.raises(UnsafeText, match="is not a number that JSON can carry"):
        script_json({"lon": [number]})


@pytest.mark.parametrize("token", ["{{", "{%", "{#", "${"])
def test_a_page_with_template_code_is_refused(token):
    with pytest.raises(UnsafeText, match="a layer let words in"):
        guard_page(f"<html>{token}</html>")


@pytest.mark.parametrize(
    "tag",
    ['<script src="https://cdn.example/x.js">', "<img src=//evil.example/x>", '<link rel="stylesheet" href="http://x/y.css">',
     "<style>a{background:url(https://x/y.png)}</style>", "<style>a{background:url( '//x/y.png')}</style>",
     '<style>@import "https://x/y.css"</style>', "<SCRIPT SRC='HTTPS://X/Y.JS'>"],
)  # fmt: skip
def test_a_page_that_would_ask_another_host_is_refused(tag):
    with pytest.raises(ServiceError, match="would ask another host"):
        guard_addresses(f"<html>{tag}</html>")


def test_a_page_with_its_own_assets_passes():
    guard_page(
        '<script src="data:text/javascript;base64,eA=="></script><style>a{background:url(data:image/png;base64,eA)}</style>'
    )
