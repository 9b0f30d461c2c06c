import inspect

import pytest
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL
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


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_the_methods_have_the_signature_that_geopy_demands_of_its_own(method):
    """As geopy's own test of all its geocoders asks for: query first, the rest by keyword, the same defaults."""
    signature = inspect.signature(getattr(OfflineGeocoder, method))
    named = list(signature.parameters.values())
    assert named[1].name == "query"
    assert {p.kind for p in named[2:]} == {inspect.Parameter.KEYWORD_ONLY}
    assert signature.parameters["exactly_one"].default is True
    assert signature.parameters["timeout"].default is DEFAULT_SENTINEL


def test_a_geocoder_has_no_public_method_beyond_geopys():
    own = {name for name in vars(OfflineGeocoder) if not name.startswith("_")}
    assert own == {"geocode", "reverse"}


def test_a_viewbox_puts_its_places_first_and_bounded_leaves_no_others(geocoder):
    karabakh, armenia = ((39.5, 46.9), (40.0, 47.3)), ((40.0, 45.0), (40.4, 45.6))
    first = [geocoder.geocode("Martuni", viewbox=box).raw["place_id"] for box in (karabakh, armenia)]
    assert first == ["martuni_nk", "martuni_am"]
    both = geocoder.geocode("Martuni", viewbox=karabakh, exactly_one=False, limit=2)
    assert len(both) == 2
    alone = geocoder.geocode("Martuni", viewbox=karabakh, bounded=True, exactly_one=False)
    assert [location.raw["place_id"] for location in alone] == ["martuni_nk"]
    assert geocoder.geocode("Martuni", viewbox=((0, 0), (1, 1)), bounded=True) is None


@pytest.mark.parametrize("box", [((1, 2),), "nonsense", (1, 2, 3), ((9, 0), "x")])
def test_a_viewbox_that_is_none_is_refused(geocoder, box):
    with pytest.raises(GeocoderQueryError, match="two opposite corners"):
        geocoder.geocode("Martuni", viewbox=box)


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
