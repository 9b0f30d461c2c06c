"""A page in headless Chromium and what it costs: used by the benches that look at pages."""

import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, Route

MODULES = Path(__file__).resolve().parent.parent / "web" / "node_modules"
LIMIT_S = 120
PAUSE_MS = 150
"""Between two moves, so that each is drawn by itself."""
Row = dict[str, float]


def opened(browser: Browser, address: str, selector: str, *, needs_packages: bool = False) -> Any:
    """A page at the address, drawn; what some ask of content networks comes from the npm packages."""
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    page.set_default_timeout(LIMIT_S * 1000)
    page.sent, page.received = [], [0]  # type: ignore[attr-defined]

    def count(socket: Any) -> None:
        socket.on("framesent", lambda data: page.sent.append(len(data)))  # type: ignore[attr-defined]
        socket.on("framereceived", lambda data: page.received.__setitem__(0, page.received[0] + len(data)))  # type: ignore[attr-defined]

    page.on("websocket", count)
    page.on("response", lambda answer: page.received.__setitem__(0, page.received[0] + size_of(answer)))  # type: ignore[attr-defined]
    if needs_packages:  # every request is looked at then, which takes its time
        page.route(
            lambda url: not url.startswith(("http://127.0.0.1", "file:", "data:", "blob:")), from_packages
        )
    page.goto(address, wait_until="commit")
    page.wait_for_selector(selector, timeout=LIMIT_S * 1000, state="attached")
    return page


def since_navigation(page: Any) -> float:
    """Seconds since the browser began to go to the page."""
    return float(page.evaluate("performance.now()")) / 1000


def size_of(answer: Any) -> int:
    return int(answer.headers.get("content-length", 0)) if "/conflictmap/" in answer.url else 0


def from_packages(route: Route) -> None:
    name = route.request.url.rpartition("/")[2]
    found = next(MODULES.glob(f"leaflet*/dist/**/{name}"), None)
    if found is None:
        found = next(MODULES.glob(f"leaflet*/dist/{name.replace('.min', '')}"), None)
    if found:
        route.fulfill(path=found)
    elif name == "leaflet.awesome-markers.js":
        route.fulfill(
            body="L.AwesomeMarkers = {icon: () => new L.Icon.Default()};"
        )  # cheaper than the real one
    elif name.endswith(("js", "css")):
        route.fulfill(body="")
    else:
        route.abort()


def two_frames(act: str) -> str:
    """From an act to the second picture of the screen after it, in milliseconds."""
    return (
        f"() => new Promise((done) => {{ const begun = performance.now(); {act};"
        "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - begun))); })"
    )


LISTEN = """() => {
    window.moves = [];
    addEventListener("pointermove", ({ buttons }) => {
        const begun = performance.now();
        const shown = () => window.moves.push(performance.now() - begun);
        if (buttons) requestAnimationFrame(() => requestAnimationFrame(shown));
    }, true);
}"""


def dragged(page: Any, frame: Any, selector: str, *, moves: int) -> list[float]:
    """Drag over an element of a frame: from each move to the second picture of the screen after it, in milliseconds."""
    frame.evaluate(LISTEN)
    box = frame.query_selector(selector).bounding_box()
    x, y = box["x"] + box["width"] - 3, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, moves + 1):
        page.mouse.move(x - 6 * step, y)
        page.wait_for_timeout(PAUSE_MS)
    page.mouse.up()
    page.wait_for_timeout(PAUSE_MS)
    return list(frame.evaluate("window.moves"))


def described(ready: float, moves: list[float], pans: list[float], page: Any) -> Row:
    row = {"ready s": ready, "MB sent": page.received[0] / 1e6, "page MB": page_mb(page)}
    if moves:
        row |= {"move ms": statistics.median(moves), "p95 ms": sorted(moves)[int(0.95 * (len(moves) - 1))]}
    return row | ({"pan ms": statistics.median(pans)} if pans else {})


def page_mb(page: Any) -> float:
    """Memory of the scripts of the page and of its map's frame."""
    heaps = []
    for frame in page.frames:
        try:
            heaps.append(frame.evaluate("performance.memory ? performance.memory.usedJSHeapSize : 0"))
        except Error:
            continue
    return max(heaps, default=0) / 1e6


def peak_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + LIMIT_S
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"not drawn within {LIMIT_S} s")
        time.sleep(0.01)
