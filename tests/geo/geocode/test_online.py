"""Online services as they are in the field: slow, blocked, behind a login page, or simply wrong. All on loopback."""

import threading
from itertools import pairwise

import pytest
from fake_services import fake, recorded, reply

from geo.errors import ServiceError
from geo.geocode.adapter import LONGEST_ANSWER
from geo.geocode.courtesy import FIRST_PAUSE_S, INTERVAL_S, LONGEST_PAUSE_S, Courtesy
from geo.geocode.online import OnlineGeocoder
from geo.geocode.services import SERVICES, ServiceSettings


class Clock:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 1_000_000.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def courtesy(tmp_path, clock):
    return Courtesy(tmp_path / "courtesy.sqlite", clock=clock, sleep=clock.sleep)


def geocoder(service, courtesy, *, name="nominatim", timeout=5.0):
    settings = ServiceSettings(
        "conflictmap tests", domain=service.domain, scheme="http", user="x", timeout_s=timeout
    )
    return OnlineGeocoder(SERVICES[name], settings, courtesy)


def test_a_good_answer_is_a_suggestion_with_its_licence(courtesy):
    with fake(recorded("ok")) as service:
        (found,) = geocoder(service, courtesy).ask("Stepanakert").suggestions
    assert (found.name, found.lat, found.lon, found.doubts) == ("Stepanakert", 39.8153, 46.7519, ())
    assert "ODbL" in found.credit


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("403", "GCD-01"), ("200_html", "GCD-02"), ("null_latlon", "GCD-02"), ("nan_latlon", "GCD-02"),
        ("duplicate_json", "GCD-02"), ("redirect_internal", "NET-01"),
    ],
)  # fmt: skip
def test_a_bad_answer_gives_no_position_and_a_sentence(courtesy, name, code):
    with fake(recorded(name)) as service:
        outcome = geocoder(service, courtesy).ask("Stepanakert")
    assert outcome.suggestions == ()
    assert outcome.code == code
    assert outcome.problem.startswith("nominatim")


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (recorded("403"), "it refuses us"),
        (recorded("redirect_internal"), "it sends us to another address, which is not followed"),
        (
            reply(b"", status="401 Unauthorized"),
            "it refuses us: it does not know the user name or key of the settings",
        ),
        (reply(b"", status="402 Payment Required"), "it refuses us: it was asked too often today"),
        (reply(b"", status="500 Internal Server Error"), "it answered with an error"),
    ],
)
def test_a_refusal_is_told_in_our_own_sentence(courtesy, answer, sentence):
    with fake(answer) as service:
        outcome = geocoder(service, courtesy).ask("Shusha")
    assert outcome.problem == f"nominatim: {sentence}. The gazetteer still answers."


def test_silence_is_told_in_our_own_sentence(courtesy, tmp_path):
    with fake(recorded("ok"), delay=1.0) as service:
        outcome = geocoder(service, courtesy, timeout=0.2).ask("Shusha")
    assert outcome.problem == "nominatim: it did not answer in time. The gazetteer still answers."
    outcome = geocoder(service, Courtesy(tmp_path / "other.sqlite")).ask("Shusha")
    assert outcome.problem.startswith("nominatim: it cannot be reached")


@pytest.mark.parametrize(
    "body",
    [
        b" " * (LONGEST_ANSWER + 1),
        b"[" * 5_000,
        b"null",
        b"3",
        b'{"a": 1}',
        b'[{"lat": {}, "lon": []}]',
        b'["x"]',
    ],
)
def test_an_answer_of_another_form_is_refused_and_breaks_nothing(courtesy, body):
    with fake(reply(body)) as service:
        outcome = geocoder(service, courtesy).ask("Shusha")
    assert outcome.suggestions == ()


def test_an_empty_answer_is_no_problem_and_no_suggestion(courtesy):
    with fake(reply([])) as service:
        outcome = geocoder(service, courtesy).ask("Qwertyabad")
    assert (outcome.suggestions, outcome.problem) == ((), "")


def test_a_street_in_another_country_comes_with_doubts(courtesy):
    raw = {
        "lat": "41.7",
        "lon": "-83.5",
        "display_name": "Shusha Ave",
        "class": "highway",
        "address": {"country_code": "us"},
    }
    with fake(reply([raw])) as service:
        (found,) = geocoder(service, courtesy).ask("Shusha", countries=("AZ", "AM")).suggestions
    assert found.doubts == ("it is no place but a highway", "it lies in US")


def test_the_text_of_a_stranger_is_kept_as_text(courtesy):
    with fake(recorded("template_display_name")) as service:
        (found,) = geocoder(service, courtesy).ask("Shusha").suggestions
    assert "{{" in found.name


def test_nothing_ever_lands_at_zero_zero(courtesy):
    with fake(reply([{"lat": "0", "lon": "0", "display_name": "null island"}])) as service:
        assert geocoder(service, courtesy).ask("Shusha").suggestions == ()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("photon", {"features": [{"properties": {"name": "Shusha", "osm_key": "place", "osm_value": "town", "countrycode": "AZ"},
                                  "geometry": {"type": "Point", "coordinates": [46.75, 39.76]}}]}),
        ("geonames", {"geonames": [{"name": "Shusha", "toponymName": "Shusha", "lat": "39.76", "lng": "46.75", "countryCode": "AZ", "fcode": "PPL"}]}),
        ("nominatim", [{"lat": "39.76", "lon": "46.75", "display_name": "Shusha", "class": "place", "type": "town", "address": {"country_code": "az"}}]),
    ],
)  # fmt: skip
def test_every_service_is_read_alike(courtesy, name, body):
    with fake(reply(body)) as service:
        (found,) = geocoder(service, courtesy, name=name).ask("Shusha").suggestions
    assert (found.lon, found.lat, found.admin0) == (46.75, 39.76, "AZ")


def test_the_same_question_is_asked_once(courtesy):
    with fake(recorded("ok")) as service:
        asked = geocoder(service, courtesy)
        assert asked.ask("Stepanakert") == asked.ask("  Stepanakert ")
    assert len(service.asked) == 1


def test_after_429_nobody_asks_until_the_pause_is_over(courtesy, clock):
    with fake(reply(b"", status="429 Too Many Requests", Retry_After="120")) as service:
        asked = geocoder(service, courtesy)
        assert asked.ask("A").code == "GCD-01"
        for name in ("B", "C", "D"):
            assert "is not asked for" in asked.ask(name).problem
        assert len(service.asked) == 1
        clock.now += 121
        asked.ask("B")
    assert len(service.asked) == 2


def test_pauses_double_up_to_an_hour_and_end_with_a_good_answer(courtesy, clock):
    lengths = []
    for _ in range(9):
        courtesy.pause("s", "down")
        lengths.append(courtesy.silence("s")[0])
        clock.now += lengths[-1]
    assert lengths[:3] == [FIRST_PAUSE_S, 2 * FIRST_PAUSE_S, 4 * FIRST_PAUSE_S]
    assert lengths[-1] == LONGEST_PAUSE_S
    courtesy.remember("s", "q", "[]")
    courtesy.pause("s", "down")
    assert courtesy.silence("s")[0] == FIRST_PAUSE_S


def test_a_slow_service_is_given_up(courtesy):
    with fake(recorded("ok"), delay=1.5) as service:
        outcome = geocoder(service, courtesy, timeout=0.2).ask("Shusha")
    assert outcome.code == "GCD-02"


def test_twenty_sessions_together_ask_at_most_once_a_second(tmp_path):
    """Each session has its own connection to the shared file, as processes would; nobody really waits."""
    moments = []

    def session():
        moments.append(
            Courtesy(tmp_path / "courtesy.sqlite", sleep=lambda _: None).wait_for_turn("nominatim")
        )

    threads = [threading.Thread(target=session) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    gaps = [later - earlier for earlier, later in pairwise(sorted(moments))]
    assert len(moments) == 20
    assert min(gaps) >= INTERVAL_S - 1e-6


@pytest.mark.parametrize(
    ("meanwhile", "problem"),
    [
        (lambda other: other.pause("nominatim", "it asks for a pause (429)"), "is not asked for"),
        (lambda other: other.remember("nominatim", "B", "[]"), ""),
    ],
)
def test_who_waited_for_a_turn_heeds_what_the_service_said_meanwhile(tmp_path, clock, meanwhile, problem):
    other = Courtesy(tmp_path / "courtesy.sqlite", clock=clock, sleep=clock.sleep)
    waiting = Courtesy(tmp_path / "courtesy.sqlite", clock=clock, sleep=lambda _: meanwhile(other))
    other.wait_for_turn("nominatim")
    with fake(recorded("ok")) as service:
        outcome = geocoder(service, waiting).ask("B")
    assert problem in outcome.problem
    assert (outcome.suggestions, service.asked) == ((), [])


def test_two_requests_really_go_out_a_second_apart(tmp_path):
    with fake(reply([])) as service:
        asked = geocoder(service, Courtesy(tmp_path / "courtesy.sqlite"))
        asked.ask("A")
        asked.ask("B")
    assert service.asked[1] - service.asked[0] >= INTERVAL_S - 0.05


@pytest.mark.parametrize("name", ["", "  ", "x" * 201])
def test_a_name_that_is_none_is_not_asked_for(courtesy, name):
    with fake(recorded("ok")) as service, pytest.raises(ServiceError, match="1 to 200"):
        geocoder(service, courtesy).ask(name)
    assert service.asked == []
