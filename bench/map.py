"""The map beside its peers: until it can be used, what a move of the slider costs, what travels, what memory.

Usage: .venv/bin/python bench/map.py [--events 1000 10000 100000 1000000] [--plot FILE.png]. Needs Chromium, a
finished set-up and, once, the package index for a peer that is no part of this project (streamlit-folium, put
into var/bench). All in one run on the same points; a peer that needs more than two minutes is left out from
there on. Times are medians, in a browser without a graphics card.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Error, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.acled import write_events  # noqa: E402
from bench.browsing import (  # noqa: E402
    LIMIT_S,
    Row,
    described,
    dragged,
    opened,
    peak_mb,
    since_navigation,
    two_frames,
    wait_for,
)
from bench.peers.install import EXTRA, install  # noqa: E402
from bench.start import listening  # noqa: E402
from tests.browser.conftest import FLAGS, chromium, free_port  # noqa: E402

MOVES, LOADS = 24, 5
PEERS = ROOT / "bench" / "peers"
VIEW = "mode=since&at=30,15,2.5"
COLUMNS = (
    "ready s",
    "page s",
    "move ms",
    "p95 ms",
    "filter ms",
    "pan ms",
    "B/move",
    "MB sent",
    "page MB",
    "server MB",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[1_000, 10_000, 100_000, 1_000_000])
    parser.add_argument("--plot", type=Path)
    options = parser.parse_args()
    install("streamlit-folium==0.27.4")
    results: dict[str, dict[int, Row]] = {}
    print(f"{'what':34} {'events':>9} " + " ".join(f"{name:>9}" for name in COLUMNS))
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=[*FLAGS, "--enable-precise-memory-info"]
        )
        for count in options.events:
            file, points = Path(folder) / f"events-{count}.csv", Path(folder) / f"points-{count}.npz"
            write_events(count, file)
            write_points(file, points)
            for name, measure in MEASURES.items():
                if results.get(name, {}).get("late"):  # type: ignore[call-overload]
                    continue
                row = attempt(lambda: measure(browser, file, points))  # noqa: B023  called at once
                results.setdefault(name, {})[count if row else "late"] = row  # type: ignore[index]
                cells = (
                    " ".join(f"{row.get(c, float('nan')):9,.1f}" for c in COLUMNS)
                    if row
                    else f"more than {LIMIT_S} s"
                )
                print(f"{name:34} {count:9,} {cells}", flush=True)
        browser.close()
    if options.plot:
        plot(results, options.plot)


def attempt(measure: Callable[[], Row]) -> Row | None:
    try:
        return measure()
    except (Error, subprocess.TimeoutExpired, TimeoutError) as error:
        print(f"  {str(error).splitlines()[0][:150]}", file=sys.stderr)
        return None


def write_points(file: Path, points: Path) -> None:
    import pandas as pd

    frame = pd.read_csv(file, usecols=["event_date", "latitude", "longitude"])
    days = frame["event_date"].to_numpy("datetime64[D]").astype(np.int64)
    np.savez(points, lon=frame["longitude"], lat=frame["latitude"], day=days)


@contextmanager
def served(
    script: Path, *arguments: str, environment: dict[str, str] | None = None
) -> Iterator[tuple[str, int]]:
    """A running Streamlit page: its address and process id."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port",
        str(port),
        "--",
        *arguments,
    ]
    paths = {"PYTHONPATH": str(EXTRA)}
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **paths, **(environment or {})},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not listening(port):
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/", process.pid
    finally:
        process.terminate()
        process.wait()


@contextmanager
def our_server(file: Path) -> Iterator[tuple[str, int]]:
    """Our dashboard on a store of its own with the events of the file."""
    environment = {"CONFLICTMAP_STORE": f"sqlite:///{file.with_suffix('.sqlite')}"}
    if not file.with_suffix(".sqlite").exists():
        command = [sys.executable, "-m", "geo", "import", str(file)]
        whole = {**os.environ, **environment}
        subprocess.run(command, cwd=ROOT, env=whole, check=True, capture_output=True, timeout=600)
    with served(ROOT / "app.py", environment=environment) as running:
        yield running


def ours(browser: Browser, file: Path, _: Path) -> Row:
    """All events on the map and the whole world in sight: the heaviest view there is."""
    with our_server(file) as (address, pid):
        opened(browser, f"{address}?{VIEW}", ".map-host[data-drawn]").context.close()
        return our_page(browser, f"{address}?{VIEW}") | {"server MB": peak_mb(pid)}


def embedded(browser: Browser, file: Path, _: Path) -> Row:
    """The same map alone, as it stands in a page of somebody else: no panel, no session."""
    with our_server(file) as (address, _pid):
        opened(browser, f"{address}?embed=1&{VIEW}", ".map-host[data-drawn]").context.close()
        return our_page(browser, f"{address}?embed=1&{VIEW}")


def our_page(browser: Browser, address: str) -> Row:
    loads = [ready_and_whole(browser, address) for _ in range(LOADS)]
    ready, whole = (statistics.median(times) for times in zip(*loads, strict=True))
    page = opened(browser, address, ".map-host[data-drawn]")
    page.wait_for_timeout(2_000)
    frame = next(f for f in page.frames if "/conflictmap/frame/" in f.url)
    axis = "document.querySelector('.axis')"
    press = f"{axis}.dispatchEvent(new KeyboardEvent('keydown', {{key: 'ArrowLeft', shiftKey: true, bubbles: true}}))"
    moves = dragged(page, frame, ".axis", moves=MOVES)
    page.wait_for_timeout(1_500)
    page.sent.clear()  # type: ignore[attr-defined]
    frame.evaluate(two_frames(press))
    page.wait_for_timeout(1_500)
    sent = sum(page.sent)  # type: ignore[attr-defined]
    map_ = "window[Object.keys(window).find((key) => key.startsWith('map_'))]"
    pans = [frame.evaluate(two_frames(f"{map_}.panBy([40, 0], {{animate: false}})")) for _ in range(5)]
    press_type = "document.querySelector('button.legend-row').click()"
    filters = [frame.evaluate(two_frames(press_type)) for _ in range(6)]
    row = described(ready, moves, pans, page) | {
        "page s": whole,
        "B/move": sent,
        "filter ms": statistics.median(filters),
    }
    page.context.close()
    return row


def ready_and_whole(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the map is drawn, by the page's own mark, and until the page stands around it."""
    page = opened(browser, address, ".map-host[data-drawn]")
    whole = since_navigation(page)  # whoever asks from outside for the map waits for Streamlit's start
    ready = page.evaluate("performance.getEntriesByName('map drawn')[0].startTime") / 1000
    page.context.close()
    return ready, whole


def streamlit_slider(script: str, is_drawn: Callable[[Page], bool]) -> Callable[[Browser, Path, Path], Row]:
    def measure(browser: Browser, _: Path, points: Path) -> Row:
        with served(PEERS / script, str(points)) as (address, pid):
            page = opened(browser, address, "i.shown", needs_packages=True)
            wait_for(lambda: is_drawn(page))
            ready = since_navigation(page)
            thumb = page.get_by_role("slider")
            moves = []
            for _ in range(4):
                before, started = page.locator("i.shown").inner_text(), time.monotonic()
                thumb.press("ArrowLeft")
                wait_for(lambda: page.locator("i.shown").inner_text() != before and is_drawn(page))  # noqa: B023
                moves.append(1000 * (time.monotonic() - started))
            row = described(ready, moves, [], page) | {"server MB": peak_mb(pid)}
            row["B/move"] = page.received[0] / 5  # type: ignore[attr-defined]
            page.context.close()
            return row

    return measure


def folium_is_drawn(page: Page) -> bool:
    """As many circles in the map's own frame as the page says."""
    wanted = page.locator("i.shown").inner_text()
    frame = next((f for f in page.frames if "streamlit_folium" in f.url), None)
    counted = "window.map ? Object.values(window.map._layers).filter((l) => l._point || l._latlng).length : 0"
    try:
        return frame is not None and str(frame.evaluate(counted)) == wanted
    except Error:  # the frame is just being replaced
        return False


def canvas_is_drawn(page: Page) -> bool:
    return page.locator("[data-testid='stDeckGlJsonChart'] canvas").count() > 0


def folium_page(kind: str) -> Callable[[Browser, Path, Path], Row]:
    """A page without a slider: until it can be used, and what a pan costs."""

    def measure(browser: Browser, _: Path, points: Path) -> Row:
        file = points.with_suffix(".html")
        command = [sys.executable, str(PEERS / "folium_pages.py"), kind, str(points), str(file)]
        subprocess.run(command, check=True, timeout=LIMIT_S)
        page = opened(browser, file.as_uri(), "body[data-done]", needs_packages=True)
        ready = since_navigation(page)
        map_ = "window[Object.keys(window).find((key) => key.startsWith('map_'))]"
        pans = [page.evaluate(two_frames(f"{map_}.panBy([40, 0], {{animate: false}})")) for _ in range(5)]
        row = described(ready, [], pans, page) | {"MB sent": file.stat().st_size / 1e6}
        page.context.close()
        return row

    return measure


MEASURES: dict[str, Callable[[Browser, Path, Path], Row]] = {
    "conflictmap, all events": ours,
    "conflictmap, embedded": embedded,
    "st.slider + st_folium": streamlit_slider("st_folium_slider.py", folium_is_drawn),
    "st.slider + pydeck": streamlit_slider("pydeck_slider.py", canvas_is_drawn),
    "folium MarkerCluster": folium_page("MarkerCluster"),
    "folium FastMarkerCluster": folium_page("FastMarkerCluster"),
}


def plot(results: dict[str, dict[int, Row]], file: Path) -> None:
    """Growth of the cost of a move and of the time until the map can be used, both axes logarithmic."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, 4), layout="constrained")
    for axes, column in zip(figure.subplots(1, 2), ("move ms", "ready s"), strict=True):
        for name, rows in results.items():
            points = [(n, row[column]) for n, row in rows.items() if row and column in row]
            if points:
                axes.loglog(*zip(*points, strict=True), marker="o", label=name)
        axes.set(xlabel="events", ylabel=column)
        axes.grid(alpha=0.3)
        axes.legend(fontsize=7)
    figure.savefig(file)


if __name__ == "__main__":
    main()
