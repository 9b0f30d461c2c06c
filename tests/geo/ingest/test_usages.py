"""Rows carry numbers of names; past a bound the names are numbered anew."""

import pytest

from geo.ingest import usages as module
from geo.ingest.cases import KEEP
from geo.ingest.names import Names
from geo.ingest.usages import Usages


class _NoGazetteer:
    """A gazetteer that has no place."""

    def find(self, _name, *, limit):
        return [][:limit]


@pytest.fixture
def names():
    return Names(_NoGazetteer())


def test_a_name_in_two_countries_is_two_usages(names):
    usages = Usages(names, {"place:Foo|B": KEEP})
    assert usages.numbers([("Foo", "A"), ("Foo", "B"), ("Foo", "A")]) == [0, 1, 0]
    assert [usages.of(number).answer for number in (0, 1)] == ["", KEEP]


def test_an_answer_about_all_places_is_for_names_that_tables_write_for_nothing(names):
    usages = Usages(names, {"places": KEEP})
    numbers = usages.numbers([("NA", "A"), ("Foo", "A")])
    assert [usages.of(number).answer for number in numbers] == [KEEP, ""]
    assert [usages.of(number).is_odd for number in numbers] == [True, False]


def test_names_past_the_bound_are_numbered_anew(names, monkeypatch):
    monkeypatch.setattr(module, "MOST_NAMES", 1)
    usages = Usages(names, {})
    assert usages.numbers([("Foo", ""), ("Bar", "")]) == [0, 1]
    assert usages.numbers([("Bar", "")]) == [0]
    assert usages.of(0).key == "place:Bar|"
