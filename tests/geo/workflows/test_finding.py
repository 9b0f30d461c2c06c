import pytest
from making import change, event

from geo.workflows.finding import MOST_OF_A_KIND, found_for


def kinds(found):
    return [hit.kind for hit in found]


@pytest.mark.parametrize("words", ["Shusha", "shusha", "ŞUŞA", "Шуша", "Շուշի", "shush"])
def test_a_place_is_found_by_any_of_its_names_and_by_a_beginning(desk_template, words):
    found = found_for(desk_template, words)
    assert "shusha" in [hit.row_id for hit in found if hit.kind == "place"]


@pytest.mark.parametrize(
    ("words", "kind", "row_id"), [("Kalbajar", "zone", "KAL"), ("khachmach", "post", "P06")]
)
def test_zones_and_posts_are_found_by_their_names(desk_template, words, kind, row_id):
    hits = [hit for hit in found_for(desk_template, words) if hit.kind == kind]
    assert hits
    assert row_id is None or hits[0].row_id == row_id
    assert all(-180 <= hit.lon <= 180 and -90 <= hit.lat <= 90 for hit in hits)


def test_an_event_is_found_by_its_words_with_its_day(desk_template):
    hit = next(hit for hit in found_for(desk_template, "fuel depot") if hit.kind == "event")
    assert hit.day == "2023-09-25"


@pytest.mark.parametrize(
    "words", ["", " ", "x", "!", "%", "{{7*191}}", "' OR 1=1 --", "no such words anywhere"]
)
def test_nothing_is_found_for_words_that_name_nothing(desk_template, words):
    assert found_for(desk_template, words) == []


def test_no_kind_has_more_than_its_share(desk_template):
    found = found_for(desk_template, "ar")
    assert max(kinds(found).count(kind) for kind in set(kinds(found))) <= MOST_OF_A_KIND


def test_what_was_not_known_then_is_not_found_then(desk):
    desk.store.commit(change(event("Z1", description="a quite peculiar incident")))
    assert kinds(found_for(desk, "quite peculiar")) == ["event"]
    assert found_for(desk, "quite peculiar", revision=1) == []


def test_a_misspelt_place_is_offered_last_and_marked_as_similar(desk_template):
    hits = found_for(desk_template, "Stepanakart")
    assert [(hit.row_id, hit.is_similar) for hit in hits] == [("stepanakert", True)]
    assert hits[0].note.startswith("similar name Stepanakert: city")


@pytest.mark.parametrize("words", ["Shusha", "shush"])
def test_similar_names_are_not_offered_beside_the_name_itself(desk_template, words):
    assert not any(hit.is_similar for hit in found_for(desk_template, words))
