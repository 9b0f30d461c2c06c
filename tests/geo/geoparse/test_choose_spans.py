from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from geo.geoparse.accept import Verdict
from geo.geoparse.choose import THRESHOLD, WORD_BONUS, choose
from geo.geoparse.span import Span

verdicts = st.lists(
    st.builds(
        lambda first, length, strength: Verdict(Span(first, first + length, "x", "name"), strength, "name"),
        st.integers(0, 8), st.integers(1, 4), st.sampled_from([0.0, 0.3, 0.5, 0.7, 0.9]),
    ),
    max_size=7,
)  # fmt: skip


def _weight(chosen):
    lengths = [(v.strength - THRESHOLD, v.span.last - v.span.first) for v in chosen]
    return sum(surplus * length * (1 + WORD_BONUS * (length - 1)) for surplus, length in lengths)


def _overlap(one, other):
    return one.span.first < other.span.last and other.span.first < one.span.last


@given(verdicts)
def test_no_choice_without_overlap_weighs_more(given_verdicts):
    chosen = choose(given_verdicts)
    assert not any(_overlap(one, other) for one, other in combinations(chosen, 2))
    useful = [v for v in given_verdicts if v.strength > THRESHOLD]
    subsets = (s for size in range(len(useful) + 1) for s in combinations(useful, size))
    free = (s for s in subsets if not any(_overlap(one, other) for one, other in combinations(s, 2)))
    assert abs(_weight(chosen) - max(map(_weight, free))) < 1e-9
