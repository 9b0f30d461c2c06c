from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.drafting.sentences import LONGEST_SENTENCE, paragraphs, sentences


def quotes(text):
    return [sentence.quote for sentence in sentences(text, paragraphs(text))]


def test_a_sentence_ends_at_its_full_stop_or_at_an_empty_line():
    text = "One fell. Two “rose.” Three in\na row went on\n\nFour."
    assert quotes(text) == ["One fell.", "Two “rose.”", "Three in a row went on", "Four."]


@pytest.mark.parametrize(
    "text", ["Gen. Petrov spoke.", "It fell at 3.5 km.", "J. Smith said so.", "on Sept. 20 it fell"]
)
def test_a_stop_of_an_abbreviation_or_number_ends_no_sentence(text):
    assert quotes(text) == [text]


def test_a_number_before_the_stop_ends_its_sentence():
    assert quotes("It fell in 2023. Then it rose.") == ["It fell in 2023.", "Then it rose."]


def test_where_no_line_is_blank_each_short_line_is_a_paragraph():
    assert quotes("A title\nSome text") == ["A title", "Some text"]


def test_a_line_that_an_editor_broke_goes_on():
    line = "word " * 15
    assert len(quotes(f"{line}\n{line}")) == 1


@given(st.text("ab.!?\n “”", max_size=300))
def test_sentences_lie_in_the_text_in_order_and_lose_no_letter(text):
    found = list(sentences(text, paragraphs(text)))
    assert all(one.end <= two.start for one, two in pairwise(found))
    letters = "".join(text[s.start : s.end] for s in found)
    assert [c for c in letters if c.isalpha()] == [c for c in text if c.isalpha()]


def test_a_sentence_without_an_end_is_cut():
    assert all(
        s.end - s.start <= LONGEST_SENTENCE for s in sentences("word " * 5000, paragraphs("word " * 5000))
    )


@pytest.mark.parametrize("mark", [" | ", "\t"])
def test_a_row_of_a_table_is_a_sentence_of_its_own(mark):
    rows = [
        mark.join(("Shusha", "5 May 2020", "was shelled and people then left the town")),
        mark.join("abc"),
    ]
    text = f"Before the table stands a line that is as long as a line of prose\n{rows[0]}\n{rows[1]}\nafter"
    assert quotes(text)[1:] == [" ".join(rows[0].split()), " ".join(rows[1].split()), "after"]
