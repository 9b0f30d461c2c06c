"""The scorer that was trained."""

import numpy as np
import pytest

from geo.geoparse.features import FEATURES
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.parse import parse_text
from geo.geoparse.recognise import Rules, spans_around
from geo.geoparse.trees import trained_scorer, trees_of

SMALL = {
    "features": list(FEATURES),
    "start": -1.0,
    "trees": [
        ["population", 3.0, -0.5, ["located", 0.5, 0.25, 2.0]],
        ["words", 1.0, 0.5, -0.125],
    ],
}


def row(**numbers):
    return [float(numbers.get(name, 0)) for name in FEATURES]


def test_each_row_goes_down_each_tree_and_the_leaves_add_up():
    rows = np.array(
        [row(), row(population=5), row(population=5, located=1, words=3), row(population=3, words=2)]
    )
    assert trees_of(SMALL).log_odds(rows).tolist() == [-1.0, -0.25, 0.875, -1.625]


def test_trees_of_other_features_are_refused():
    with pytest.raises(ValueError, match="other features"):
        trees_of({**SMALL, "features": ["population"]})


def test_the_scorer_never_takes_a_people_a_month_or_mixed_letters(gazetteer):
    text = "On 3 May the Armenian side and the Syrians met in Ѕhusha."
    arounds, _ = spans_around(text, Lexicon(gazetteer))
    strengths = {a.name: v.strength for a, v in zip(arounds, trained_scorer().verdicts(arounds), strict=True)}
    assert all(not strengths.get(name, 0) for name in ("May", "Armenian", "Syrians", "Ѕhusha"))


def test_both_scorers_answer_for_every_span_in_order(gazetteer):
    text = "Fighting went on near Shusha, while Michael Jordan spoke in Paris."
    arounds, _ = spans_around(text, Lexicon(gazetteer))
    for scorer in (Rules(), trained_scorer()):
        verdicts = scorer.verdicts(arounds)
        assert [v.span for v in verdicts] == [a.span for a in arounds]
        assert all(0 <= v.strength <= 1 and v.reason for v in verdicts)
    assert Rules().verdicts([]) == trained_scorer().verdicts([]) == []


def test_the_rules_can_be_asked_instead_of_the_trees(gazetteer):
    text = "Fighting went on near Shusha."
    [by_rules], [by_trees] = (
        parse_text(text, gazetteer, scorer=scorer).resolutions for scorer in (Rules(), trained_scorer())
    )
    assert by_rules.place == by_trees.place
