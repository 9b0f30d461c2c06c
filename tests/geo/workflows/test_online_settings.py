import pytest

from geo.errors import SettingError
from geo.settings import read_settings
from geo.workflows.desk import Desk
from geo.workflows.online import ask_online, service_name


def desk_with(tmp_path, **settings):
    named = {f"CONFLICTMAP_{name.upper()}": value for name, value in settings.items()}
    return Desk(read_settings({"CONFLICTMAP_VAR": str(tmp_path), **named}))


def test_without_a_setting_no_service_is_ever_asked(tmp_path):
    desk = desk_with(tmp_path)
    assert service_name(desk.settings) == ""
    with pytest.raises(SettingError, match="No online service is turned on"):
        ask_online(desk, "Shusha")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"geocoder": "google"}, "none of nominatim, photon, geonames"),
        ({"geocoder": "geonames"}, "wants a user name"),
        ({"geocoder": "nominatim", "geocoder_url": "ftp://example.org"}, "is not like https"),
        ({"geocoder": "nominatim", "geocoder_url": "example.org"}, "is not like https"),
    ],
)
def test_a_setting_that_makes_no_sense_is_an_error_that_says_what_to_do(tmp_path, settings, words):
    with pytest.raises(SettingError, match=words):
        ask_online(desk_with(tmp_path, **settings), "Shusha")
