"""Positions that a text gives only roughly."""

import pytest

from geo.crs import distance_km
from geo.geoparse.approximate import inherited_spots, relative_spot
from geo.geoparse.parse import parse
from geo.model import Place

SHUSHA = Place("shusha", "Shusha", "town", 46.75, 39.76)


def place(place_id, kind, lon):
    return Place(place_id, place_id, kind, lon, 40.0)


@pytest.mark.parametrize(
    ("before", "east", "north"),
    [
        ("12 km north of ", 0, 12),
        ("12 kilometres to the south of ", 0, -12),
        ("12 km north-east of the town of ", 8.5, 8.5),
        ("10 miles west of ", -16.1, 0),
        ("some 800 m east from ", 0.8, 0),
    ],
)
def test_a_distance_with_a_bearing_moves_the_spot_that_way(before, east, north):
    text = f"A convoy was stopped {before}Shusha."
    spot = relative_spot(text, text.index("Shusha"), SHUSHA)
    assert float(distance_km(spot.lon, SHUSHA.lat, to_lon=SHUSHA.lon, to_lat=SHUSHA.lat)) == pytest.approx(
        abs(east), abs=0.2
    )
    assert (spot.lat - SHUSHA.lat) * 111 == pytest.approx(north, abs=0.2)
    assert (spot.lon > SHUSHA.lon) == (east > 0) or east == 0


def test_the_circle_of_a_spot_grows_with_the_distance_and_without_a_bearing():
    def radius(words):
        text = f"{words} Shusha"
        return relative_spot(text, text.index("Shusha"), SHUSHA).radius_km

    assert radius("4 km north of") < radius("40 km north of") < radius("40 km from")


@pytest.mark.parametrize("words", ["in", "12 people of", "north of", "4000 km north of", "0 km north of"])
def test_without_a_distance_that_can_be_a_position_there_is_no_spot(words):
    text = f"{words} Shusha"
    assert relative_spot(text, text.index("Shusha"), SHUSHA) is None


def test_a_distance_from_a_country_says_nothing():
    text = "12 km north of Armenia"
    assert relative_spot(text, text.index("Armenia"), place("country_am", "country", 45)) is None


def test_an_unlisted_name_takes_the_town_before_it_then_the_one_after_it_then_an_area():
    town, later, land = place("a", "town", 1), place("b", "village", 2), place("c", "country", 3)
    assert [s and s.lon for s in inherited_spots([town, None, later])] == [None, 1, None]
    assert [s and s.lon for s in inherited_spots([land, None, later])] == [None, 2, None]
    assert [s and s.lon for s in inherited_spots([land, None])] == [None, 3]
    assert inherited_spots([None, place("d", "continent", 4)])[0] is None


def test_a_relative_place_is_an_area_beside_its_town_and_says_why(gazetteer):
    [found] = parse("A convoy was stopped 12 km north-east of Stepanakert on the road.", gazetteer)
    assert (found.place.place_id, found.geo_precision) == ("stepanakert", 2)
    assert found.spot.why == "12 km north-east of Stepanakert"
    assert found.spot.radius_km == pytest.approx(6)
    assert float(
        distance_km(found.spot.lon, found.spot.lat, to_lon=found.place.lon, to_lat=found.place.lat)
    ) == pytest.approx(12, rel=0.01)


def test_an_unlisted_village_is_open_and_says_beside_which_place_it_stands(gazetteer):
    found = parse("The village of Qaraxanbeyov near Stepanakert was shelled.", gazetteer)
    unlisted = found[0]
    assert (unlisted.status, unlisted.place) == ("not_found", None)
    assert unlisted.spot.why == "not listed; Stepanakert is named beside it"
