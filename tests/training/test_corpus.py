"""Our own corpus, and what is made of it."""

import json
import random

import numpy as np
import pytest

from geo.geoparse.features import FEATURES
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.trees import trees_of
from training.corpus import NO_PLACES, read_corpus, unmarked
from training.examples import Gold, examples_of, gold_of
from training.swaps import Names, swapped
from training.train import as_json, trained


@pytest.fixture(scope="module")
def documents():
    return read_corpus()


def test_marks_are_taken_out_of_the_text_and_keep_their_place():
    text, marks = unmarked(
        "Near [Shusha]{shusha}, not in [Aleppo]{gn:170063 negated}, [Paris Hilton]{person} said."
    )
    assert text == "Near Shusha, not in Aleppo, Paris Hilton said."
    assert [(text[m.start : m.end], m.label, m.is_denied, m.is_place) for m in marks] == [
        ("Shusha", "shusha", False, True),
        ("Aleppo", "gn:170063", True, True),
        ("Paris Hilton", "person", False, False),
    ]


def test_the_corpus_is_as_large_and_as_mixed_as_its_readme_says(documents):
    assert len(documents) >= 300
    assert len({d.facts["conflict"] for d in documents} - {""}) >= 25
    assert len({country for d in documents for country in d.facts["countries"].split()}) >= 60
    assert {d.facts["style"] for d in documents} >= {
        "wire",
        "sitrep",
        "ngo",
        "social",
        "ministry",
        "history",
        "local",
        "general",
    }
    assert len({d.doc_id for d in documents}) == len(documents)
    assert 0.23 <= np.mean([d.is_for_testing for d in documents]) <= 0.27


def test_every_mark_of_the_corpus_has_a_known_label(documents):
    labels = {mark.label for d in documents for mark in d.marks} - NO_PLACES
    for label in labels:
        if label.startswith("@"):
            lat, lon = map(float, label[1:].split(","))
            assert -90 <= lat <= 90
            assert -180 <= lon <= 180
        else:
            assert label.replace(":", "").replace("-", "").replace("_", "").isalnum(), label


def test_no_document_keeps_a_rest_of_its_mark_up(documents):
    assert [d.doc_id for d in documents if set("[]{}") & set(d.text)] == []


def test_a_copy_has_other_names_in_the_same_sentences(documents):
    document = next(d for d in documents if len(d.places) > 3 and any(m.label == "person" for m in d.marks))
    towns = {mark.label: "town" for mark in document.places}
    names = Names(["Zwickau"], ["Norway"], ["ada"], ["lovelace"], towns)
    copy = swapped(document, names, random.Random(1))
    assert len(copy.marks) == len(document.marks)
    assert [m.label for m in copy.marks] == [m.label for m in document.marks]
    assert "Zwickau" in [copy.text[m.start : m.end] for m in copy.places]
    plain = lambda d: [d.text[a.end : b.start] for a, b in zip(d.marks, d.marks[1:], strict=False)]  # noqa: E731
    assert plain(copy) == plain(document)


def test_a_partly_marked_text_teaches_what_is_marked_and_what_the_rules_reject(gazetteer):
    text = "On Monday troops shelled Shusha while General Paris spoke in Baku."
    start = text.index("Shusha")
    lexicon = Lexicon(gazetteer)
    partial = Gold(text, ((start, start + 6),), is_partial=True)
    assert examples_of([partial], lexicon, weight=1).is_place.tolist() == [True]
    taught = examples_of([partial], lexicon, weight=1, taught=0.5)
    assert taught.is_place.sum() == 1
    assert set(taught.weight[~taught.is_place]) == {0.5}


def test_the_written_model_says_what_the_trained_one_says(gazetteer, documents):
    lexicon = Lexicon(gazetteer)
    examples = examples_of([gold_of(d) for d in documents[:12]], lexicon, weight=1)
    model = trained(examples)
    written = json.loads(as_json(model))
    assert written["features"] == list(FEATURES)
    odds = trees_of(written).log_odds(examples.rows.astype(np.float32))
    assert np.allclose(odds, model.decision_function(examples.rows), atol=0.02)
