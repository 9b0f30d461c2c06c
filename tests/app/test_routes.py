"""The routes that the map asks: what they answer, and what they refuse."""

import asyncio
import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette

from ui import desk as shared
from ui.api import MOST_LINES, ROUTES
from ui.lookups import LOOKUP_ROUTES, MOST_ANSWERS
from ui.middleware import EmbedLinks, Preload
from ui.parts import PART_ROUTES


@dataclass
class Answer:
    """What came back from one request."""

    status_code: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)


class Client:
    """Asks an ASGI application directly: no server, no socket."""

    def __init__(self, app):
        self.app = app

    def get(self, address, *, cookie=""):
        parts = urlsplit(address)
        scope = {
            "type": "http", "method": "GET", "path": parts.path, "raw_path": parts.path.encode(), "root_path": "",
            "query_string": parts.query.encode("latin-1"), "headers": [(b"cookie", cookie.encode("latin-1"))] if cookie else [], "scheme": "http",
            "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1), "http_version": "1.1",
        }  # fmt: skip
        said = []

        async def receive():
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            said.append(message)

        asyncio.run(self.app(scope, receive, send))
        headers = {key.decode(): value.decode("latin-1") for key, value in said[0]["headers"]}
        return Answer(said[0]["status"], headers, b"".join(part.get("body", b"") for part in said[1:]))


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICTMAP_STORE", f"sqlite:///{tmp_path_factory.mktemp('routes') / 'store.sqlite'}")
        shared.desk.cache_clear()
        yield Client(EmbedLinks(Starlette(routes=[*ROUTES, *PART_ROUTES, *LOOKUP_ROUTES])))
        shared.desk.cache_clear()


def test_lines_come_in_the_order_asked_for(client):
    rows = client.get("/conflictmap/lines/1?i=5,2").json()["rows"]
    assert [row["index"] for row in rows] == [5, 2]
    assert all(row["title"] and row["day"] for row in rows)


def test_no_list_is_longer_than_the_frame_may_ask(client):
    wanted = ",".join("1" for _ in range(5_000))
    assert len(client.get(f"/conflictmap/lines/1?i={wanted}").json()["rows"]) == MOST_LINES


@pytest.mark.parametrize(
    "address",
    [
        "lines/1", "lines/1?i=", "lines/1?i=x", "lines/1?i=99999999", "lines/1?i=1;2",
        "diff/1", "diff/1?from=2020-01-01", "diff/1?from=2021-01-01&to=2020-01-01", "diff/1?from=x&to=y",
        "diff/1?from=0001-01-01&to=9999-12-31",
        "here/1", "here/1?lon=1&lat=x&day=2020-01-01", "here/1?lon=nan&lat=1&day=2020-01-01",
        "here/1?lon=500&lat=1&day=2020-01-01", "here/1?lon=1&lat=1&day=then", "here/1?lon=inf&lat=1&day=2020-01-01",
    ],
)  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused_with_a_reason(client, address):
    answer = client.get(f"/conflictmap/{address}")
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("kind", ["frame", "words", "areas", "events", "lines", "diff", "here", "event"])
def test_a_change_that_does_not_exist_yet_has_no_answer(client, kind):
    tail = {"frame": "/x", "event": "/0"}.get(kind, "")
    assert client.get(f"/conflictmap/{kind}/99{tail}").status_code == 404


def test_the_difference_of_two_days_has_outlines_and_words(client):
    found = client.get("/conflictmap/diff/1?from=2020-09-26&to=2020-12-20").json()
    assert "Azerbaijan gained" in found["words"]
    assert found["shapes"][0].keys() == {"geometry", "colour", "edge"}


def test_areas_are_numbers_and_outlines_without_a_word(client):
    areas = client.get("/conflictmap/areas/1").json()
    numbers = [area["area"] for area in areas]
    assert numbers == sorted(set(numbers))
    assert {frozenset(area) for area in areas} == {frozenset({"area", "geometry"})}


def test_a_link_to_embed_gives_the_map_alone_with_the_view_of_the_link(client):
    answer = client.get("/?embed=1&d=2020-12-20&vs=2020-09-26")
    assert answer.status_code == 200
    data = json.loads(re.search(r'id="data">(.*?)</script>', answer.body.decode()).group(1))
    assert (data["view"]["as_of"], data["view"]["versus"], data["view"]["bare"]) == (
        "2020-12-20",
        "2020-09-26",
        True,
    )


@pytest.mark.parametrize(
    "query",
    [
        "d=</script><script>alert(1)</script>",
        "pick=<img src=x onerror=alert(1)>",
        "x=%22onload=%22",
        "d=${1}",
    ],
)
def test_a_hostile_link_to_embed_is_named_as_text_and_runs_nothing(client, query):
    page = client.get(f"/?embed=1&{query}").body.decode()
    assert page.count("<script") == 2
    assert "<img" not in page
    assert "was ignored" in page or "&amp;" in page or "pick=" in page


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("d=2020-01-01&d=2021-01-01", "given twice"),
        ("pick=nosuch", "no event has this id"),
        ("d=2020-13-01", "was ignored"),
    ],
)
def test_a_wrong_parameter_of_an_embedded_map_is_named_and_left_out(client, query, named):
    page = client.get(f"/?embed=1&{query}").body.decode()
    assert named in page
    data = json.loads(re.search(r'id="data">(.*?)</script>', page).group(1))
    assert (data["view"]["as_of"], data["view"]["picked"]) == ("2024-06-12", -1)


@pytest.mark.parametrize("address", ["/conflictmap/healthz?embed=1", "/nonsense?embed=1"])
def test_only_the_page_itself_can_be_embedded(client, address):
    assert b"map-host" not in client.get(address).body


def test_the_embedded_page_may_run_no_inline_script(client):
    policy = client.get("/?embed=1").headers["content-security-policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'self'")


def test_the_pages_headers_name_what_the_map_will_ask_for_first(client):
    shared.desk()
    link = Client(Preload(client.app)).get("/?d=2020-12-20").headers["link"]
    named = re.findall(r"<(.*?)>; rel=preload; as=fetch; crossorigin", link)
    assert len(named) == 3
    assert {client.get(address).status_code for address in named} == {200}


def test_a_link_to_an_earlier_state_of_knowledge_and_other_pages_name_nothing(client):
    for address in ("/?known=1", "/reports", "/conflictmap/words/1"):
        assert "link" not in Client(Preload(client.app)).get(address).headers


def test_only_the_files_of_the_bare_map_are_given_out(client):
    assert client.get("/conflictmap/part/bare.js").status_code == 200
    for name in ("panel.js", "..%2f..%2fapp.py", "../bare.js"):
        assert client.get(f"/conflictmap/part/{name}").status_code == 404


def test_places_are_found_by_name_and_by_a_similar_one(client):
    exact = client.get("/conflictmap/places?q=Goris").json()["places"]
    assert (exact[0]["id"], exact[0]["exact"]) == ("goris", True)
    assert len(exact) <= MOST_ANSWERS
    similar = client.get("/conflictmap/places?q=Askerann").json()["places"]
    assert "askeran" in {place["id"] for place in similar}
    assert not similar[0]["exact"]


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=%27%20OR%201=1--", f"?q={'x' * 5000}"])
def test_a_name_that_nobody_bears_finds_no_place(client, query):
    assert client.get(f"/conflictmap/places{query}").json() == {"places": []}


def test_a_region_has_an_outline_and_a_town_or_an_invented_place_has_none(client):
    assert client.get("/conflictmap/shape?place=nk").json()["shape"]["type"].endswith("Polygon")
    for place in ("goris", "../../etc/passwd", ""):
        assert client.get(f"/conflictmap/shape?place={place}").json() == {"shape": None}
