"""Names that a language model of the user proposes."""

import sys
from types import SimpleNamespace

import pytest

from geo.errors import SettingError
from geo.geoparse.parse import parse_text
from geo.geoparse.suggest import suggester

TEXT = "Witnesses spoke of smoke, Qarvend said. Shusha was quiet."
START = TEXT.index("Qarvend")


@pytest.fixture(autouse=True)
def _forget():
    suggester.cache_clear()
    yield
    suggester.cache_clear()


def test_a_name_that_only_the_model_sees_becomes_a_mention(gazetteer):
    without = [r.mention.name for r in parse_text(TEXT, gazetteer).resolutions]
    found = parse_text(TEXT, gazetteer, suggest=lambda _: [(START, START + 7)]).resolutions
    assert "Qarvend" not in without
    assert (found[0].mention.name, found[0].method, found[0].status) == ("Qarvend", "suggested", "not_found")
    assert [r.mention.name for r in found[1:]] == without


def test_a_name_that_we_found_too_stays_ours(gazetteer):
    at = TEXT.index("Shusha")
    [shusha] = parse_text(TEXT, gazetteer, suggest=lambda _: [(at, at + 6)]).resolutions
    assert (shusha.method, shusha.place.place_id) == ("name", "shusha")


@pytest.mark.parametrize("stretch", [(START + 1, START + 7), (START, START + 3), (0, 0), (5, 2), (900, 901)])
def test_a_proposal_that_cuts_a_word_is_left_out(gazetteer, stretch):
    assert len(parse_text(TEXT, gazetteer, suggest=lambda _: [stretch]).resolutions) == 1


def test_spacy_is_asked_for_places_only(monkeypatch):
    entities = [
        SimpleNamespace(start_char=0, end_char=4, label_="GPE"),
        SimpleNamespace(start_char=5, end_char=9, label_="PERSON"),
    ]
    fake = SimpleNamespace(
        load=lambda name: lambda text: SimpleNamespace(ents=entities) if name == "m" else None
    )
    monkeypatch.setitem(sys.modules, "spacy", fake)
    assert suggester("spacy:m")("Baku Anna") == [(0, 4)]


def test_gliner_is_asked_for_places(monkeypatch):
    model = SimpleNamespace(
        predict_entities=lambda text, labels: [{"start": 0, "end": 4}] if "place" in labels else []
    )
    fake = SimpleNamespace(GLiNER=SimpleNamespace(from_pretrained=lambda name: model))
    monkeypatch.setitem(sys.modules, "gliner", fake)
    assert suggester("gliner:m")("Baku") == [(0, 4)]


def test_no_setting_is_no_model_and_a_wrong_one_is_said_in_a_sentence(monkeypatch):
    assert suggester("") is None
    for wrong in ("bert", "spacy:", "other:model"):
        with pytest.raises(SettingError, match="is not like spacy:"):
            suggester(wrong)
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SettingError, match="install spacy and the model"):
        suggester("spacy:en_core_web_sm")
