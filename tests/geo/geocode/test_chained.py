"""The gazetteer first, the service second: in Python, from the command line, and from twenty sessions at once."""

import inspect
import json
import threading
import time
from itertools import pairwise

import pytest
from fake_services import fake, recorded, reply
from geopy.exc import GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.location import Location

from geo import cli
from geo.geocode.chained import ChainedGeocoder
from geo.geocode.courtesy import INTERVAL_S, Courtesy
from geo.geocode.offline import OfflineGeocoder
from geo.geocode.online import OnlineGeocoder
from geo.geocode.services import SERVICES, ServiceSettings
from geo.settings import read_settings

SESSIONS = 20
SPEED = 20
"""How many seconds pass for the courtesy of the sessions while one passes for us."""
PLACE = {
    "lat": "39.9",
    "lon": "46.9",
    "display_name": "Qwertyabad",
    "class": "place",
    "type": "village",
    "address": {"country_code": "az"},
}


class Noting(Courtesy):
    """Notes when each turn is."""

    def __init__(self, path, turns, **how):
        super().__init__(path, **how)
        self.turns = turns

    def wait_for_turn(self, service):
        self.turns.append(super().wait_for_turn(service))
        return self.turns[-1]


def chained(gazetteer, service, courtesy):
    settings = ServiceSettings("conflictmap tests", domain=service.domain, scheme="http", timeout_s=5.0)
    return ChainedGeocoder(
        OfflineGeocoder(gazetteer), OnlineGeocoder(SERVICES["nominatim"], settings, courtesy)
    )


@pytest.fixture
def courtesy(tmp_path):
    return Courtesy(tmp_path / "courtesy.sqlite", sleep=lambda _: None)


@pytest.mark.parametrize("method", ["geocode", "reverse"])
def test_the_methods_have_the_signature_that_geopy_demands_of_its_own(method):
    named = list(inspect.signature(getattr(ChainedGeocoder, method)).parameters.values())
    assert named[1].name == "query"
    assert {p.kind for p in named[2:]} == {inspect.Parameter.KEYWORD_ONLY}
    defaults = {p.name: p.default for p in named[2:]}
    assert (defaults["exactly_one"], defaults["timeout"]) == (True, DEFAULT_SENTINEL)


def test_a_name_of_the_gazetteer_asks_nobody(gazetteer, courtesy):
    with fake(reply([PLACE])) as service:
        both = chained(gazetteer, service, courtesy)
        found = both.geocode("Stepanakert")
        near = both.reverse((39.82, 46.75))
    assert (found.raw["place_id"], found.raw["method"]) == ("stepanakert", "exact")
    assert near.raw["place_id"] == "stepanakert"
    assert service.asked == []


def test_another_name_is_suggested_by_the_service_which_is_named(gazetteer, courtesy):
    with fake(reply([PLACE])) as service:
        found = chained(gazetteer, service, courtesy).geocode("Qwertyabad")
    assert isinstance(found, Location)
    assert (found.latitude, found.longitude) == (39.9, 46.9)
    assert (found.raw["method"], found.raw["service"]) == ("online", "nominatim")
    assert "ODbL" in found.raw["credit"]


@pytest.mark.parametrize(("country", "count"), [("AZ", 1), ("am", 0), (None, 1)])
def test_a_suggestion_in_another_country_than_the_one_asked_for_is_none(gazetteer, courtesy, country, count):
    with fake(reply([PLACE])) as service:
        both = chained(gazetteer, service, courtesy)
        found = both.geocode("Qwertyabad", exactly_one=False, country_codes=country) or []
    assert len(found) == count


def test_what_is_wrong_with_the_service_is_an_error_of_geopy(gazetteer, courtesy):
    with fake(recorded("200_html")) as service, pytest.raises(GeocoderServiceError, match="not the JSON"):
        chained(gazetteer, service, courtesy).geocode("Qwertyabad")


@pytest.mark.parametrize(
    ("answer", "delay", "found"),
    [
        (reply([PLACE]), 0.05, SESSIONS),
        (reply(b"", status="429 Too Many Requests", Retry_After="120"), 0.05, 0),
        (recorded("200_html"), 0.05, 0),
        (reply([PLACE | {"lat": "0", "lon": "0"}, PLACE | {"lat": None}]), 0.05, 0),
    ],
    ids=["slow", "429", "html", "zero"],
)
def test_twenty_sessions_ask_a_bad_service_at_most_once_a_second_and_place_nothing_at_zero(
    gazetteer, tmp_path, answer, delay, found
):
    began, turns, locations, problems = time.time(), [], [], []
    fast = {
        "clock": lambda: began + (time.time() - began) * SPEED,
        "sleep": lambda seconds: time.sleep(seconds / SPEED),
    }

    def session(number, service):
        try:
            both = chained(gazetteer, service, Noting(tmp_path / "courtesy.sqlite", turns, **fast))
            assert both.geocode("Shusha").raw["place_id"] == "shusha"
            locations.append(both.geocode(f"Qwertyabad {number}"))
        except GeocoderServiceError as problem:
            problems.append(problem)

    with fake(answer, delay=delay) as service:
        threads = [threading.Thread(target=session, args=(n, service)) for n in range(SESSIONS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert (len(locations), len(problems)) == (found, SESSIONS - found)
    assert all(later - earlier >= INTERVAL_S - 1e-5 for earlier, later in pairwise(sorted(turns)))
    assert len(service.asked) <= len(turns)
    assert {(place.longitude, place.latitude) for place in locations} <= {(46.9, 39.9)}


@pytest.fixture
def geocode(tmp_path, monkeypatch, capsys):
    """Run ``conflictmap geocode`` with the gazetteer of the set-up and an online service, or with none."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "gazetteer.sqlite").symlink_to(read_settings().gazetteer.resolve())
    monkeypatch.setenv("CONFLICTMAP_VAR", str(tmp_path / "var"))

    def run(*arguments, service=None):
        if service:
            monkeypatch.setenv("CONFLICTMAP_GEOCODER", "nominatim")
            monkeypatch.setenv("CONFLICTMAP_GEOCODER_URL", f"http://{service.domain}")
        with pytest.raises(SystemExit) as ended:
            cli.main(["geocode", *arguments])
        return ended.value.code, capsys.readouterr()

    return run


def test_the_command_asks_only_for_names_that_the_gazetteer_lacks(geocode):
    with fake(reply([PLACE])) as service:
        code, said = geocode("Stepanakert", "Qwertyabad", "--online", "--json", service=service)
    known, unknown = json.loads(said.out)["results"]
    assert (code, len(service.asked)) == (0, 1)
    assert "online" not in known
    assert {c["method"] for c in known["candidates"]} == {"exact"}
    (candidate,) = unknown["candidates"]
    assert (candidate["method"], candidate["service"], candidate["place_id"]) == ("online", "nominatim", None)
    assert candidate.keys() >= known["candidates"][0].keys()
    assert unknown["online"] == {"service": "nominatim", "problem": "", "code": ""}


def test_without_the_flag_nobody_is_asked(geocode):
    with fake(reply([PLACE])) as service:
        _, said = geocode("Qwertyabad", service=service)
    assert said.out == "Qwertyabad: not in the gazetteer\n"
    assert service.asked == []


def test_without_the_setting_the_command_says_in_one_sentence_what_to_set(geocode):
    code, said = geocode("Stepanakert", "--online")
    assert (code, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "set CONFLICTMAP_GEOCODER, for instance to nominatim" in said.err


def test_a_name_that_is_only_similar_stands_behind_the_suggestion(geocode):
    with fake(reply([PLACE | {"class": "highway"}])) as service:
        _, said = geocode("Stepanakart", "--online", service=service)
    lines = said.out.splitlines()
    assert "suggested online by Nominatim, OpenStreetMap contributors (ODbL) (it is no place" in lines[1]
    assert "Stepanakert is similar to Stepanakart" in lines[2]


def test_what_the_service_refuses_is_said_and_the_gazetteer_still_answers(geocode):
    with fake(recorded("403")) as service:
        code, said = geocode("Stepanakart", "Qwertyabad", "--online", service=service)
    assert code == 0
    assert "Stepanakert is similar" in said.out
    assert "it refuses us" in said.out
    assert "nominatim is not asked for" in said.out
    assert len(service.asked) == 1


def test_a_name_that_cannot_be_asked_for_spoils_no_other(geocode):
    with fake(reply([])) as service:
        code, said = geocode("x" * 201, "Qwertyabad", "--online", service=service)
    assert code == 0
    assert "1 to 200 characters" in said.out
    assert "Qwertyabad: not in the gazetteer, nor with nominatim" in said.out
