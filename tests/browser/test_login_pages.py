"""A dashboard that asks for a login, in a real browser, before and after it."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from .conftest import Served, serve

SECRET = "a secret of more than thirty-two characters"
COOKIE = "_streamlit_user"


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("login")
    secrets = folder / "secrets.toml"
    secrets.write_text(f'[auth]\ncookie_secret = "{SECRET}"\n', "utf-8")
    running = serve(folder, "--secrets.files", str(secrets))
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.mark.parametrize("address", ["", "reports", "history", "?d=2020-12-20"])
def test_before_a_login_every_page_is_one_button(watched, served, address):
    page = watched().open(f"{served.url}/{address}").page
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)
    assert page.locator(".map-host, .stDataFrame").count() == 0


def test_after_a_login_the_map_and_its_frame_are_drawn_under_a_name(watched, served):
    seen = watched()
    person = {"is_logged_in": True, "email": "ada@example.org", "origin": served.url}
    cookie = create_signed_value(SECRET, COOKIE, json.dumps(person)).decode()
    seen.page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": served.url, "sameSite": "Lax"}])
    seen.open(served.url).wait_for_map()
    expect(seen.page.get_by_text("ada@example.org")).to_be_visible()
    expect(seen.page.get_by_role("button", name="Log out")).to_be_visible()
    seen.open(f"{served.url}/?embed=1").wait_for_map()
