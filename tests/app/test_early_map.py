"""The map in Streamlit's own page: written in whole, for those who may see it, and only when it costs no wait."""

import asyncio
import json
import re

import pytest
from starlette.responses import HTMLResponse

from ui import desk as shared
from ui.early import EarlyMap

PAGE = b"<html><body><div id='root'></div></body></html>"


class Page:
    """Streamlit's page as its server would send it, and what was asked of it."""

    def __init__(self):
        self.asked = {}

    async def __call__(self, scope, receive, send):
        self.asked = dict(scope["headers"])
        await HTMLResponse(PAGE, headers={"etag": '"1"', "cache-control": "no-cache"})(scope, receive, send)

    def get(self, address, *, method="GET"):
        path, _, query = address.partition("?")
        scope = {
            "type": "http", "method": method, "path": path, "query_string": query.encode(), "root_path": "",
            "headers": [(b"accept-encoding", b"gzip"), (b"if-none-match", b'"1"'), (b"cookie", b"a=b")],
        }  # fmt: skip
        said = []

        async def send(message):
            said.append(message)

        asyncio.run(EarlyMap(self)(scope, None, send))
        headers = {name.decode(): value.decode() for name, value in said[0]["headers"]}
        return headers, b"".join(part.get("body", b"") for part in said[1:])


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONFLICTMAP_STORE", f"sqlite:///{tmp_path_factory.mktemp('early') / 'store.sqlite'}")
        shared.desk.cache_clear()
        shared.desk().model()
        yield
        shared.desk.cache_clear()


def test_the_page_comes_with_the_map_of_its_link(warm):
    page = Page()
    headers, body = page.get("/?d=2020-12-20&type=battle")
    assert body.startswith(PAGE.removesuffix(b"</body></html>"))
    assert int(headers["content-length"]) == len(body)
    (text,) = re.findall(rb'id="conflictmap-early">(.*?)</script>', body)
    view = json.loads(text)["view"]
    assert (view["as_of"], view["filters"]["types"], view["bare"]) == ("2020-12-20", ["battle"], False)


def test_an_answer_that_is_written_into_is_asked_for_whole_and_kept_by_nobody(warm):
    page = Page()
    headers, _ = page.get("/")
    assert page.asked == {b"cookie": b"a=b"}
    assert "etag" not in headers


def test_words_of_a_link_cannot_end_the_script(warm):
    _, body = Page().get("/?d=%3C/script%3E%3Cscript%3Ealert(1)%3C/script%3E&pick=%3C/script%3E")
    assert body.count(b"</script>") == 2
    assert b"alert" not in body


@pytest.mark.parametrize("address", ["/reports", "/?known=1", "/conflictmap/words/1"])
def test_other_pages_and_earlier_states_of_knowledge_are_left_as_they_are(warm, address):
    assert Page().get(address)[1] == PAGE


def test_a_page_whose_map_would_have_to_be_made_first_is_not_kept_waiting(warm, monkeypatch):
    monkeypatch.setattr("geo.workflows.desk.Desk.has_model", lambda *_: False)
    assert Page().get("/")[1] == PAGE


def test_nobody_sees_the_map_before_the_login(warm, monkeypatch):
    monkeypatch.setattr("ui.asked.refusal", lambda _: "log in first")
    assert Page().get("/")[1] == PAGE
