import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from geo.gazetteer.blocks import prior_step, step_prior
from geo.gazetteer.letters import most_bits, packed, signature, unpacked, width_of
from geo.gazetteer.normalise import name_key
from geo.gazetteer.similar import most_edits, similar_keys

OWN = "SELECT DISTINCT n.name, p.place_id FROM names n JOIN places p ON p.place = n.place WHERE p.source = 'own'"
WORDS = st.text("abcdeə шуşΩ李\U00010348", min_size=1, max_size=14)


def edited(key, place, edit, letter):
    """The key with one edit at a place; a swap at the end changes nothing."""
    head, tail = key[:place], key[place:]
    return {
        "insert": head + letter + tail,
        "delete": head + tail[1:],
        "replace": head + letter + tail[1:],
        "swap": head + tail[1:2] + tail[:1] + tail[2:],
    }[edit]


edits = st.tuples(
    st.integers(0, 13), st.sampled_from(["insert", "delete", "replace", "swap"]), st.characters()
)


def ids(candidates):
    return [c.place.place_id for c in candidates]


@pytest.fixture(scope="module")
def own_names(gazetteer):
    return sorted(gazetteer._rows(OWN, ()))


@pytest.fixture(scope="module")
def all_keys(gazetteer):
    return [key for (key,) in gazetteer._rows("SELECT DISTINCT name_key FROM name_keys", ())]


@given(
    number=st.integers(0, 10**6),
    place=st.integers(0, 40),
    edit=st.sampled_from(["insert", "delete", "replace", "swap"]),
    other=st.integers(0, 40),
)
def test_any_single_edit_of_a_name_of_our_places_is_found(gazetteer, own_names, number, place, edit, other):
    name, place_id = own_names[number % len(own_names)]
    key = name_key(name)
    assume(len(key) > 2)
    written = edited(key, place % len(key), edit, key[other % len(key)])
    assume(written != key and name_key(written) == written)
    assert place_id in ids(gazetteer.similar(written, limit=5000))


@pytest.mark.parametrize(
    "written",
    ["stepanakart", "shsuha", "baqo", "an", "xocalli", "степанокерт", "ստեփանակերդ", "上梅", "san jsoe"],
)
def test_no_key_within_the_edits_is_missed_and_none_beyond_is_found(gazetteer, all_keys, written):
    near = process.extract(written, all_keys, scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=None)
    expected = {key: n for key, n, _ in near if 0 < n <= most_edits(len(written), len(key))}
    found = {s.key: s.terms["similarity"] for s in similar_keys(gazetteer._rows, written)}
    assert found == {k: round(1 - n / max(len(k), len(written)), 4) for k, n in expected.items()}


@given(key=WORDS, changes=st.lists(edits, min_size=1, max_size=2))
def test_signatures_differ_in_no_more_bits_than_the_edits_allow(key, changes):
    written = key
    for place, edit, letter in changes:
        written = edited(written, place % (len(written) + 1), edit, letter)
    assume(written)
    bits = int(np.bitwise_count(signature(key) ^ signature(written)))
    assert bits <= most_bits(len(changes), abs(len(key) - len(written)))


@given(keys=st.lists(WORDS.filter(lambda w: len(w) > 2).map(lambda w: w[:3]), min_size=1))
def test_packed_keys_come_back(keys):
    width = max(map(width_of, keys))
    assert unpacked(packed(keys, width), width, 3) == keys


@given(st.floats(-2, 6))
def test_a_stored_prior_is_never_below_the_true_one(prior):
    assert -1e-9 <= step_prior(prior_step(prior)) - prior <= 1 / 30 + 1e-9


def test_a_short_name_allows_one_edit_and_a_single_letter_none():
    assert [most_edits(n, n) for n in (1, 2, 4, 5)] == [0, 1, 1, 2]
    assert most_edits(6, 4) == 1


@pytest.mark.parametrize("name", ["Shusha", "Ŝuŝa", "Xankəndi", "Paris"])
def test_those_that_bear_the_very_name_are_not_similar_under_it(gazetteer, name):
    assert all(name_key(c.matched_name) != name_key(name) for c in gazetteer.similar(name, limit=50))


@pytest.mark.parametrize("name", ["Stepanakart", "Lodnon", "Marttuni", "Baqo"])
def test_the_score_is_the_sum_of_its_terms_and_the_best_comes_first(gazetteer, name):
    found = gazetteer.similar(name, near=(46.7, 39.8), limit=50)
    assert found
    assert all(c.score == pytest.approx(sum(c.terms.values()), abs=1e-3) for c in found)
    assert all(0 < c.terms["similarity"] < 1 for c in found)
    assert all(a.score >= b.score for a, b in pairwise(found))


def test_a_shorter_list_is_the_beginning_of_a_longer_one(gazetteer):
    long = gazetteer.similar("San Jsoe", limit=60)
    assert [gazetteer.similar("San Jsoe", limit=n) for n in (0, 1, 7)] == [[], long[:1], long[:7]]
    assert gazetteer.similar("San Jsoe", limit=-1) == []


def test_each_place_comes_once(gazetteer):
    found = ids(gazetteer.similar("Stepanakart", limit=100))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("country", ["AM", "am"])
def test_a_country_narrows_the_search_without_losing_its_places(gazetteer, country):
    inside = gazetteer.similar("Martunni", country=country, limit=1000)
    everywhere = gazetteer.similar("Martunni", limit=1000)
    assert ids(inside) == ids(c for c in everywhere if c.place.admin0 == "AM") != []


@pytest.mark.parametrize("country", ["ZZ", "Z", "ÄÖ", "Armenia"])
def test_an_unknown_country_has_no_similar_name(gazetteer, country):
    assert gazetteer.similar("Martunni", country=country) == []


def test_what_is_near_comes_first(gazetteer):
    west, east = (44.5, 40.2), (47.11, 39.79)
    assert gazetteer.similar("Martunni", near=west)[0].place.place_id == "martuni_am"
    assert gazetteer.similar("Martunni", near=east)[0].place.place_id == "martuni_nk"


@pytest.mark.parametrize(
    "name",
    ["", " ", "\0", "\0\0\0", "12", "7*191", "🙂", "x" * 10_000, "я" * 10_000, "\ud800", "x", "İ", "-'-"],
)
def test_hostile_words_have_no_similar_name(gazetteer, name):
    assert gazetteer.similar(name) == []


@given(st.text(max_size=30))
def test_any_text_has_an_answer_with_finite_scores(gazetteer, name):
    assert all(math.isfinite(c.score) for c in gazetteer.similar(name))


def test_the_same_question_has_the_same_answer(gazetteer):
    assert gazetteer.similar("Kalbajor", limit=40) == gazetteer.similar("Kalbajor", limit=40)
