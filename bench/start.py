"""How long from `streamlit run` to a drawn map, beside a Streamlit page that says one word (the floor).

Usage: .venv/bin/python bench/start.py [--runs N]. Needs Chromium and a finished set-up (scripts/test).
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from tests.browser.conftest import FLAGS, chromium, free_port  # noqa: E402

PEER = 'import streamlit as st\nst.html(\'<div class="map-host" data-drawn="yes">word</div>\')\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER)
        for name, script in (("conflictmap, map drawn", ROOT / "app.py"), ("one word (floor)", peer)):
            seconds = [cold_start(browser, script, Path(folder)) for _ in range(runs)]
            spread = f"{min(seconds):5.2f} {statistics.median(seconds):5.2f} {max(seconds):5.2f}"
            print(f"{name:26} s min/median/max over {runs}: {spread}")
        browser.close()


def cold_start(browser: Browser, script: Path, folder: Path) -> float:
    """Seconds from starting the process to the element that says that all is drawn."""
    port = free_port()
    store = folder / f"store-{port}.sqlite"
    page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
    begun = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)],
        cwd=ROOT, env={**os.environ, "CONFLICTMAP_STORE": f"sqlite:///{store}"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        while not listening(port):
            time.sleep(0.02)
        page.goto(f"http://127.0.0.1:{port}/", wait_until="commit")
        page.wait_for_selector(".map-host[data-drawn]", timeout=60_000)
        return time.monotonic() - begun
    finally:
        page.context.close()
        process.terminate()
        process.wait()


def listening(port: int) -> bool:
    """Whether the server accepts connections; asking the browser would keep it busy."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


if __name__ == "__main__":
    main()
