"""Names that different alphabets spell differently."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.beginnings import beginnings_filter, may_begin
from geo.gazetteer.normalise import name_key
from geo.gazetteer.sounds import sound_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dayr az-Zawr", "Deir ez-Zor"),
        ("Naxçıvan", "Nakhchivan"),
        ("Xankəndi", "Khankendi"),
        ("Степанакерт", "Stepanakert"),
        ("Ստեփանակերտ", "Stepanakert"),
        ("სოხუმი", "Sokhumi"),
        ("Харьков", "Kharkov"),
        ("Qarabağ", "Karabagh"),
        ("Al-Hudaydah", "Hudaydah"),
    ],
)
def test_spellings_of_one_name_have_one_sound(one, other):
    assert sound_key(name_key(one)) == sound_key(name_key(other)) != ""


@pytest.mark.parametrize("name", ["Baku", "Hama", "", "Ur", "—"])
def test_a_short_name_has_no_sound(name):
    assert sound_key(name_key(name)) == ""


def test_other_names_keep_other_sounds():
    names = ["Stepanakert", "Martakert", "Martuni", "Donetsk", "Luhansk", "Aleppo City", "Damascus"]
    assert len({sound_key(name_key(name)) for name in names}) == len(names)


def test_the_gazetteer_finds_a_place_by_the_sound_of_its_name(gazetteer):
    assert "stepanakert" in [c.place.place_id for c in gazetteer.sounding(name_key("Xankendi"))]
    assert gazetteer.sounding(name_key("Qwrtplk")) == []


@given(
    st.lists(
        st.text(st.characters(min_codepoint=32, max_codepoint=0x5FF), max_size=20).map(name_key), max_size=30
    )
)
def test_whatever_begins_a_name_is_told_so(keys):
    filled = beginnings_filter(sorted(filter(None, keys)), count=len(keys))
    for key in filter(None, keys):
        parts = key.split()
        assert all(may_begin(filled, " ".join(parts[:count])) for count in range(1, len(parts) + 1))


def test_what_begins_no_name_is_nearly_always_told_so():
    filled = beginnings_filter(sorted({f"name{i} of {i}" for i in range(20_000)}), count=20_000)
    wrong = sum(may_begin(filled, f"word{i}") for i in range(5_000))
    assert wrong < 5
