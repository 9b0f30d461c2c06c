"""Words fit the box that they are given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.briefing.text import can_draw, clean, cut, width_mm, wrap
from geo.briefing.words import source_names

words = st.text(max_size=300)
widths = st.floats(5, 120)


@given(words, widths, st.integers(1, 5))
def test_wrapped_lines_fit_and_are_as_few_as_allowed(text, width, most):
    lines = wrap(text, width, 6, most=most)
    assert len(lines) <= most
    assert all(width_mm(line, 6) <= width + 1e-6 for line in lines)


@given(words, widths)
def test_a_line_that_is_cut_fits_and_ends_in_an_ellipsis(text, width):
    line = cut(text, width, 8, face="bold")
    assert width_mm(line, 8, "bold") <= width
    assert line == clean(text) or line.endswith("…")


@given(words)
def test_cleaned_words_can_be_drawn_on_one_line(text):
    line = clean(text)
    assert can_draw(line)
    assert not set(line) & set("\n\r\t\0\u202e")
    assert clean(line) == line


@pytest.mark.parametrize("text", ["Şuşa", "Ստեփանակերտ", "თბილისი", "Степанакерт", "Xankəndi", "قره باغ"])
def test_names_of_the_situation_are_drawn_as_they_are(text):
    assert clean(text) == text


def test_a_character_without_a_glyph_becomes_a_box():
    assert clean("A漢B") == "A□B"


def test_a_source_is_named_by_its_words_or_its_host():
    listed = "https://www.tass.com/a?b=1 ; UN report 5 (1993) ; http://x.org/y (note) ; https://x.org/z"
    assert source_names(listed) == ["tass.com", "UN report 5", "x.org"]
