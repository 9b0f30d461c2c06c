"""One running dashboard with its own store, and pages of headless Chromium that report every outside request."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@dataclass
class Served:
    """A running dashboard: its address and its store's address."""

    url: str
    store: str
    process: subprocess.Popen


@dataclass
class Watched:
    """A page with what it asked for and complained about."""

    page: Page
    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    sent: list[int] = field(default_factory=list)

    @property
    def frame(self):
        return next(frame for frame in self.page.frames if "/conflictmap/frame/" in frame.url)

    def open(self, address: str) -> "Watched":
        self.page.goto(address)
        return self

    def wait_for_map(self) -> "Watched":
        self.page.wait_for_selector(".map-host[data-drawn]", timeout=30_000)
        return self

    def shoot(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


def chromium() -> str:
    named = os.environ.get("CONFLICTMAP_CHROMIUM")
    found = named or next(
        filter(
            None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"))
        ),
        None,
    )
    if not found:
        pytest.fail(
            "No Chromium: run scripts/test once, or leave these tests out with scripts/test --no-browser."
        )
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def serve(folder: Path, *options: str) -> Served:
    port = free_port()
    store = f"sqlite:///{folder / 'store.sqlite'}"
    environment = {**os.environ, "CONFLICTMAP_STORE": store, "CONFLICTMAP_USER": "tester"}
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port), *options],
            cwd=ROOT, env=environment, stdout=log, stderr=log,
        )  # fmt: skip
    served = Served(f"http://127.0.0.1:{port}", store, process)
    wait_until(lambda: answers(f"{served.url}/conflictmap/healthz"), seconds=60)
    return served


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.headers.get_content_type() == "application/json"
    except (urllib.error.URLError, OSError):
        return False


def wait_until(is_so: Callable[[], bool], *, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"nothing within {seconds} s")
        time.sleep(0.1)


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> Iterator[Served]:
    running = serve(tmp_path_factory.mktemp("served"))
    yield running
    running.process.terminate()
    running.process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def watched(browser, served) -> Iterator[Callable[..., Watched]]:
    """Make watched pages; at the end none may have asked another host or thrown an error."""
    made: list[Watched] = []

    def make(*, width: int = 1366, height: int = 768, dark: bool = False) -> Watched:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        result = Watched(context.new_page())
        page = result.page
        page.set_default_timeout(20_000)
        page.on("request", lambda r: is_local(r.url) or result.outside.append(r.url))
        page.on("pageerror", lambda e: result.errors.append(str(e)))
        page.on("dialog", lambda d: (result.dialogs.append(d.message), d.dismiss()))
        page.on("websocket", lambda ws: ws.on("framesent", lambda data: result.sent.append(len(data))))
        made.append(result)
        return result

    yield make
    for result in made:
        result.page.context.close()
    assert [url for result in made for url in result.outside] == []
    assert [error for result in made for error in result.errors] == []
    assert [words for result in made for words in result.dialogs] == []


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:"))


def tick_first_row(seen: Watched) -> None:
    """Tick the first draft of a report: the grid is a canvas, so its cell is found by its place."""
    grid = seen.page.get_by_test_id("stDataFrame")
    grid.scroll_into_view_if_needed()
    seen.page.wait_for_timeout(500)
    box = grid.bounding_box()
    seen.page.mouse.click(box["x"] + 35, box["y"] + 52)
    seen.page.wait_for_timeout(1200)


def follow_to_map(seen: Watched) -> None:
    """From what was saved of a report to the map of its day, whose frame is another one."""
    seen.page.get_by_role("link", name="Show on the map").click()
    seen.page.locator(".report-host").wait_for(state="detached")
    seen.wait_for_map()
