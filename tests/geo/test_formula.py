from hypothesis import example, given
from hypothesis import strategies as st

from geo.formula import SIGNS, guarded, unguarded

texts = st.text(st.sampled_from("'=+-@\t\r＝ab1")) | st.text()


@given(texts)
@example("'=1")
def test_a_guarded_text_is_no_formula_and_comes_back_as_it_was(text):
    assert not guarded(text).startswith(SIGNS)
    assert unguarded(guarded(text)) == text


def test_plain_words_stay_as_they_are():
    assert [guarded(word) for word in ("Shusha", "", "'tis", "39-40")] == ["Shusha", "", "'tis", "39-40"]
