"""Names that no list has, lists of units, and texts made to hurt."""

import pytest

from geo.geoparse.lexicon import Lexicon
from geo.geoparse.parse import parse, parse_text
from geo.geoparse.recognise import spans_around
from geo.geoparse.spans import MOST_SPANS


def kinds(text, gazetteer):
    return {around.name: around.span.kind for around in spans_around(text, Lexicon(gazetteer))[0]}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("They left the village of Qwertyabad at night.", "Qwertyabad"),
        ("Shells fell north of Zwordan.", "Zwordan"),
        ("Police closed Orchardville Street on Monday.", "Orchardville Street"),
        ("Fighting in Hadrut and Zwordan went on.", "Zwordan"),
        ("The Khan Zwordan district was hit.", "Khan Zwordan"),
        ("Near Deir al Zwordan the road was cut.", "Deir al Zwordan"),
    ],
)
def test_a_name_that_nobody_lists_is_proposed_where_the_context_says_place(gazetteer, text, name):
    assert kinds(text, gazetteer)[name] == "unknown"


@pytest.mark.parametrize("text", ["Zwordan said nothing.", "He met Zwordan.", "It was Zwordan who paid."])
def test_a_capitalised_word_alone_is_not_proposed(gazetteer, text):
    assert "Zwordan" not in kinds(text, gazetteer)


def test_a_name_that_sounds_like_a_listed_one_is_looked_up_under_it_in_the_country_of_the_text(gazetteer):
    told = "Troops left Stepanakertt. Azerbaijan denied it."
    assert kinds(told, gazetteer).get("Stepanakertt") == "sound"
    assert "sound" not in kinds(told.replace("Azerbaijan", "Norway"), gazetteer).values()


def test_names_joined_by_a_hyphen_are_not_proposed_as_one(gazetteer):
    found = kinds("The Armenia-Azerbaijan border was quiet.", gazetteer)
    assert "Armenia-Azerbaijan" not in found
    assert {"Armenia", "Azerbaijan"} <= set(found)


@pytest.mark.parametrize("text", ["HARTFORD, Conn. - Rain.", "He moved to Pittsburgh, Pa. in May."])
def test_an_abbreviated_state_keeps_its_stop(gazetteer, text):
    states = [r for r in parse(text, gazetteer) if r.mention.name in ("Conn.", "Pa.")]
    assert [r.alternatives[0].place.kind for r in states] == ["admin1"]


def test_each_name_of_a_list_of_counties_is_a_county(gazetteer):
    text = "Flood warnings were out in Becker, Clay and Otter Tail counties, Minnesota."
    start = [text.index(name) for name in ("Becker", "Clay", "Otter Tail")]
    spans = [(at, at + length) for at, length in zip(start, (6, 4, 10), strict=True)]
    found = parse(text, gazetteer, given=[*spans, (text.index("Minnesota"), len(text) - 1)])
    best = [r.alternatives[0].place for r in found[:3]]
    assert [(place.name, place.kind, place.admin1) for place in best] == [
        ("Becker County", "admin2", "Minnesota"),
        ("Clay County", "admin2", "Minnesota"),
        ("Otter Tail County", "admin2", "Minnesota"),
    ]


HURTFUL = {
    "one word": ("a" * 1_000_000, 0),
    "capitals": ("Aa " * 300_000, 0),
    "brackets": ("(" * 200_000 + "near Shusha" + ")" * 200_000, 1),
    "hyphens": ("A-" * 200_000, 0),
    "stops": ("A." * 200_000, 0),
    "quotes": ("“" * 200_000, 0),
}


@pytest.mark.parametrize("name", HURTFUL)
def test_a_text_made_to_hurt_is_answered(gazetteer, name):
    text, mentions = HURTFUL[name]
    assert len(parse_text(text, gazetteer).resolutions) == mentions


def test_a_text_of_too_many_names_is_read_in_part_and_it_is_said(gazetteer):
    text = "Shusha Stepanakert " * 34_000
    parsed = parse_text(text, gazetteer)
    [notice] = parsed.notices
    assert (notice.code, len(parsed.resolutions), parsed.is_capped) == ("capped", 5_000, True)
    assert parsed.found <= MOST_SPANS + 1
    assert "of 646,000 characters were read" in notice.sentence
