"""Logging in: who sees nothing before it, whom the routes answer, and in whose name is recorded."""

import asyncio
import hashlib
import re

import pytest
import streamlit as st
from starlette.applications import Starlette
from starlette.responses import Response
from streamlit.runtime.secrets import Secrets, secrets_singleton
from streamlit.web.server.starlette import starlette_auth_routes as streamlit_auth
from test_pages import button
from test_routes import Client

from geo.errors import SettingError
from geo.workflows.learntnames import learn_name
from geo.workflows.remembered import answered_by
from ui import desk as shared
from ui.api import ROUTES
from ui.login import is_set_up, name_of
from ui.lookups import LOOKUP_ROUTES
from ui.middleware import EmbedLinks, Preload
from ui.parts import PART_ROUTES

SECRET = "a secret of more than thirty-two characters"
AUTH = {"auth": {"redirect_uri": "http://127.0.0.1/oauth2callback", "cookie_secret": SECRET}}
ADA = {"is_logged_in": True, "email": "ada@example.org", "name": "Ada"}
ROWS = "event_id,event_date,event_type,location\nA1,2022-03-01,Shelling,Shusha\n"
BULKY = "".join(hashlib.sha256(bytes([i])).hexdigest() for i in range(200))
"""Too long for one cookie, also when compressed."""
OPEN = {"/conflictmap/healthz", "/conflictmap/part/{name}"}
EVERY_ROUTE = [*ROUTES, *PART_ROUTES, *LOOKUP_ROUTES]


@pytest.fixture
def with_login(monkeypatch):
    monkeypatch.setattr(secrets_singleton, "_secrets", AUTH)


@pytest.fixture
def logged_in(app):
    """A session of Ada's."""
    app.secrets["auth"] = AUTH["auth"]
    app.user = ADA
    return app


@pytest.fixture
def client(app):
    return Client(EmbedLinks(Starlette(routes=EVERY_ROUTE)))


def cookie_of(person):
    """The cookies that Streamlit's own login sets for a person, as a browser sends them back."""
    answer = Response()
    asyncio.run(streamlit_auth._set_auth_cookie(answer, person, {}))
    return "; ".join(
        re.findall(r"^(_streamlit_user(?:_\d+)?=[^;]*)", "\n".join(set_by(answer)), re.MULTILINE)
    )


def set_by(answer):
    return [value.decode() for name, value in answer.raw_headers if name == b"set-cookie"]


def address_of(route):
    return re.sub(r"{\w+(:int)?}", "1", route.path)


def test_without_a_login_set_up_pages_and_routes_ask_nobody(app, client):
    assert not app.run().button or not any(b.label in {"Log in", "Log out"} for b in app.button)
    assert client.get("/conflictmap/words/1").status_code == 200
    assert shared.desk().who() == "tester"


def test_a_page_shows_somebody_unknown_one_button_and_no_data(app):
    app.secrets["auth"] = AUTH["auth"]
    app.run()
    assert [b.label for b in app.button] == ["Log in"]
    assert not app.get("bidi_component")
    assert not app.exception


def test_the_button_says_what_the_server_lacks_for_a_login(app):
    app.secrets["auth"] = AUTH["auth"]
    button(app.run(), "Log in").click().run()
    assert "conflictmap[login]" in app.error[0].value


def test_a_session_names_its_person_and_offers_to_log_out(logged_in):
    logged_in.run()
    assert logged_in.get("bidi_component")
    assert "ada@example.org" in [text.value for text in logged_in.sidebar.text]
    assert "Log out" in [b.label for b in logged_in.sidebar.button]


def test_import_and_undo_are_recorded_in_the_name_of_the_session(logged_in):
    logged_in.run().switch_page("screens/import_screen.py").run()
    logged_in.file_uploader(key="import_file").set_value([("a.csv", ROWS.encode(), "text/csv")]).run()
    button(logged_in, "Commit 1 row").click().run()
    button(logged_in, "Undo").click().run()
    store = shared.desk().store
    assert [(entry.action, entry.recorded_by) for entry in store.history()] == [
        ("undo", "ada@example.org"),
        ("import", "ada@example.org"),
        ("seed", "tester"),
    ]


def test_what_a_person_taught_is_kept_with_the_name(desk):
    desk.who = lambda: "ada@example.org"
    learn_name(desk, "Shushi", "shusha")
    assert answered_by(desk.settings, fingerprint="place:Shushi|") == "ada@example.org"


@pytest.mark.parametrize("route", EVERY_ROUTE, ids=lambda route: route.path)
def test_a_route_that_gives_data_answers_nobody_without_the_cookie(client, with_login, route):
    answer = client.get(address_of(route))
    assert (answer.status_code == 401) == (route.path not in OPEN)
    if route.path not in OPEN:
        assert answer.json() == {"error": "Log in first: open the dashboard's first page and press “Log in”."}


@pytest.mark.parametrize("person", [ADA, ADA | {"picture": BULKY}], ids=["one cookie", "several cookies"])
def test_the_cookie_that_streamlit_sets_opens_routes_and_embedded_map(client, with_login, person):
    cookie = cookie_of(person)
    assert ("; " in cookie) == ("picture" in person)
    assert client.get("/conflictmap/words/1", cookie=cookie).status_code == 200
    assert b"map-host" in client.get("/?embed=1", cookie=cookie).body


@pytest.mark.parametrize(
    "make",
    [
        lambda: "_streamlit_user=anything",
        lambda: cookie_of(ADA).replace("user=I", "user=J"),
        lambda: cookie_of(ADA | {"is_logged_in": False}),
        lambda: cookie_of({"email": "ada@example.org"}),
    ],
    ids=["no signature", "forged", "logged out", "no login"],
)
def test_no_other_cookie_opens_them(client, with_login, make):
    assert client.get("/conflictmap/words/1", cookie=make()).status_code == 401


def test_a_cookie_signed_with_another_secret_opens_nothing(client, with_login, monkeypatch):
    cookie = cookie_of(ADA)
    other = {"auth": AUTH["auth"] | {"cookie_secret": SECRET[::-1]}}
    monkeypatch.setattr(secrets_singleton, "_secrets", other)
    assert client.get("/conflictmap/words/1", cookie=cookie).status_code == 401


def test_the_embedded_map_shows_somebody_unknown_where_to_log_in(client, with_login):
    answer = client.get("/?embed=1")
    assert answer.status_code == 401
    assert b"Log in first" in answer.body
    assert b"map-host" not in answer.body


def test_a_probe_hears_that_the_store_answers_and_no_more(client, with_login):
    assert client.get("/conflictmap/healthz").json() == {"ok": True}


def test_the_page_names_no_data_to_somebody_unknown(client, with_login):
    shared.desk().store.revision()
    assert "link" not in Client(Preload(client.app)).get("/").headers


def test_a_secret_that_can_be_guessed_lets_nobody_in(client, monkeypatch):
    monkeypatch.setattr(secrets_singleton, "_secrets", {"auth": {"cookie_secret": ""}})
    answer = client.get("/conflictmap/words/1")
    assert answer.status_code == 503
    assert "cookie_secret" in answer.json()["error"]


def test_a_login_that_is_set_up_wrongly_is_said_on_the_page(app):
    app.secrets["auth"] = {"cookie_secret": "short"}
    assert "cookie" in app.run().error[0].value
    assert not app.get("bidi_component")


def test_a_secrets_file_that_cannot_be_read_lets_nobody_in(monkeypatch, tmp_path):
    file = tmp_path / "secrets.toml"
    file.write_text("[auth\n", "utf-8")
    monkeypatch.setattr(st, "secrets", Secrets())
    monkeypatch.setattr("ui.login.config.get_option", lambda _: [str(file)])
    with pytest.raises(SettingError, match=r"secrets\.toml cannot be read"):
        is_set_up()


@pytest.mark.parametrize(
    ("claims", "name"),
    [
        (ADA, "ada@example.org"),
        (ADA | {"email_verified": False}, "Ada"),
        ({"sub": "4711"}, "4711"),
        ({"email": " ", "name": None}, "unknown"),
        ({"name": "A\x1bda" + "x" * 200}, "A\N{REPLACEMENT CHARACTER}da" + "x" * 116),
    ],
)
def test_a_person_is_named_by_address_or_name_or_the_issuers_id(claims, name):
    assert name_of(claims) == name
