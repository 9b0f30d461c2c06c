from collections import Counter

import pytest

from geo.columns import FAMILIES, id_column, names
from geo.store.tables import REVISIONS

families = pytest.mark.parametrize("family", FAMILIES)


@families
def test_a_word_names_one_column_only(family):
    words = Counter(word for c in FAMILIES[family] for word in (c.name, *c.aliases))
    assert [word for word, count in words.items() if count > 1] == []


@families
def test_names_and_aliases_are_written_in_small_letters(family):
    words = [word for c in FAMILIES[family] for word in (c.name, *c.aliases)]
    assert [word for word in words if word != word.casefold()] == []


@families
def test_the_id_is_a_required_text(family):
    first = FAMILIES[family][0]
    assert (id_column(family), first.type, first.required) == (first.name, "text", True)


@families
def test_every_column_says_what_it_means(family):
    assert [c.name for c in FAMILIES[family] if not c.meaning.strip()] == []


@families
def test_the_store_has_every_column(family):
    assert set(names(family)) <= set(REVISIONS[family].columns.keys())


@families
def test_limits_stand_only_on_numbers(family):
    numbers = {"int", "real"}
    assert [
        c.name for c in FAMILIES[family] if (c.low, c.high) != (None, None) and c.type not in numbers
    ] == []
