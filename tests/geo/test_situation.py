import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ServiceError
from geo.situation import OTHER_PARTY, read_situation

FILES = ("situation.toml", "parties.csv", "key_dates.csv")


@pytest.fixture(scope="module")
def karabakh(repo):
    return read_situation(repo / "data")


@pytest.fixture
def folder(repo, tmp_path):
    for name in FILES:
        shutil.copyfile(repo / "data" / name, tmp_path / name)
    return tmp_path


def test_every_listed_actor_belongs_to_its_party(karabakh):
    for party in karabakh.parties:
        for actor in party.actors:
            assert party.code in karabakh.parties_of(actor)


def test_several_actors_name_several_parties(karabakh):
    found = karabakh.parties_of("Azerbaijani forces; Armenian forces")
    assert found == {"azerbaijan", "armenian_forces"}


def test_an_unlisted_group_is_nobodys(karabakh):
    assert karabakh.parties_of("Azerbaijani forces of somewhere") == {OTHER_PARTY}


@given(actors=st.text())
def test_every_list_of_actors_has_a_party(karabakh, actors):
    assert karabakh.parties_of(actors)


def test_an_unlisted_party_is_grey_and_keeps_its_name(karabakh):
    party = karabakh.party("local_militia")
    assert (party.label, party.colour, party.actors) == ("Local militia", "#9A9A9A", frozenset())


def test_a_party_that_is_not_stated_is_called_so(karabakh):
    assert karabakh.party("").label == "Not stated"


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_an_error_that_says_what_to_restore(folder, name):
    (folder / name).unlink()
    with pytest.raises(
        ServiceError, match=rf"{name}.*restore situation\.toml, parties\.csv and key_dates\.csv"
    ):
        read_situation(folder)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("first_day", "first", "first_day"),
        ('last_day = "', 'last_day = "x', "not a day"),
        ("extent = [", "extent = [1, ", "too many"),
    ],
)
def test_a_damaged_description_is_an_error_that_names_the_fault(folder, old, new, why):
    path = folder / "situation.toml"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(ServiceError, match=why):
        read_situation(folder)
