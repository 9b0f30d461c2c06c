import pytest
from geopy.exc import GeocoderQueryError
from geopy.location import Location

from geo.geocode.offline import OfflineGeocoder


@pytest.fixture
def geocoder(gazetteer):
    return OfflineGeocoder(gazetteer)


def test_a_name_gives_a_geopy_location_with_latitude_first(geocoder):
    location = geocoder.geocode("Xankəndi")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (39.8177, 46.7528)
    assert location.raw["place_id"] == "stepanakert"
    assert {"place_id", "kind", "admin0", "matched_name", "score"} <= set(location.raw)


def test_an_unknown_name_gives_none(geocoder):
    assert geocoder.geocode("Qwertyabad") is None
    assert geocoder.geocode("Qwertyabad", exactly_one=False) is None


def test_all_places_of_a_name_come_best_first(geocoder):
    found = geocoder.geocode("Martuni", exactly_one=False, limit=2)
    assert {location.raw["place_id"] for location in found} == {"martuni_am", "martuni_nk"}


def test_a_country_code_narrows_the_search(geocoder):
    assert geocoder.geocode("Martuni", country_codes="az").raw["place_id"] == "martuni_nk"
    assert geocoder.geocode("Martuni", country_codes=["FR"]) is None


def test_a_country_after_a_comma_narrows_the_search(geocoder):
    assert geocoder.geocode("Martuni, Armenia").raw["place_id"] == "martuni_am"
    assert geocoder.geocode("Paris, Texas").raw["admin0"] == "US"


def test_the_address_speaks_the_language_that_is_asked_for(geocoder):
    assert geocoder.geocode("Stepanakert", language="hy").address.startswith("Ստեփանակերտ")
    assert geocoder.geocode("Stepanakert").address.startswith("Stepanakert")


@pytest.mark.parametrize("query", [(39.82, 46.76), "39.82, 46.76"])
def test_a_position_gives_the_nearest_place(geocoder, query):
    location = geocoder.reverse(query)
    assert location.raw["place_id"] == "stepanakert"
    assert location.raw["km"] < 2
    assert geocoder.reverse(query, exactly_one=False) == [location]


def test_what_is_no_position_is_refused(geocoder):
    with pytest.raises(GeocoderQueryError, match="not a position"):
        geocoder.reverse("somewhere")


def test_no_network_is_asked(geocoder, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the offline geocoder asked its adapter")

    monkeypatch.setattr(geocoder.adapter, "get_json", refuse)
    monkeypatch.setattr(geocoder.adapter, "get_text", refuse)
    assert geocoder.geocode("Baku")
    assert geocoder.reverse((40.4, 49.9))
