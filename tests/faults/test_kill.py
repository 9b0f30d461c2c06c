"""kill -9 at any moment, and disks that fail: what was acknowledged is there, and nothing is there by half.

`scripts/faults` runs the whole campaign; this is a short one.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from geo.store.failpoints import POINTS
from geo.store.seed import open_store
from geo.store.sqlite import open_sqlite

pytestmark = pytest.mark.slow

ROWS = 300
CAMPAIGN = Path(__file__).with_name("campaign.py")


@pytest.fixture(scope="module")
def counted():
    command = [sys.executable, CAMPAIGN, "--kills", "120", "--each", "1"]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert said.stdout, said.stderr
    return json.loads(said.stdout)


def test_nothing_acknowledged_is_lost_and_nothing_is_torn(counted):
    assert (counted["lost"], counted["torn"], counted["unsound"]) == ([], [], [])


def test_the_kills_fall_before_and_after_the_writing(counted):
    kills = sum(counted["kills"].values())
    assert kills == 120
    assert 0.2 * kills < counted["in_flight"]
    assert 0.1 * kills < sum(counted["landed"].values())


def test_every_failpoint_is_reached_and_survived(counted):
    assert (counted["failpoints"], counted["missed"]) == (len(POINTS), [])


def test_a_store_opens_at_once_after_a_kill(counted):
    assert counted["reopen_p95_ms"] < 1_000


def landed(path):
    """How many rows of each import are in the store, after checking that its file is sound."""
    with closing(sqlite3.connect(path)) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert raw.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(open_sqlite(path)) as store:
        counts = Counter(event_id.rpartition("-")[0] for event_id in store.read("events")["event_id"])
        files = [entry.file for entry in store.history() if entry.action == "import"]
    assert sorted(files) == sorted(name for name in counts if name), "history and rows agree"
    return counts


def check_all_or_nothing(path, results, rows=ROWS):
    counts = landed(path)
    torn = {r["name"]: counts[r["name"]] for r in results if counts[r["name"]] not in {0, rows}}
    lost = [r["name"] for r in results if r["acknowledged"] and not counts[r["name"]]]
    assert (torn, lost) == ({}, [])
    return counts


@pytest.fixture
def store_path(tmp_path, repo):
    path = tmp_path / "store.sqlite"
    open_store(f"sqlite:///{path}", data_dir=repo / "data", recorded_by="tester").close()
    return path


def test_an_import_of_the_command_line_that_is_killed_is_in_whole_or_not_at_all(store_path, tmp_path):
    def begin(name):
        file = tmp_path / f"{name}.csv"
        lines = [f"{name}.csv-{n},2023-09-19,shelling" for n in range(ROWS)]
        file.write_text("\n".join(["event_id,event_date,event_type", *lines]), "utf-8")
        command = [
            sys.executable,
            "-m",
            "geo",
            "import",
            str(file),
            "--store",
            f"sqlite:///{store_path}",
            "--json",
        ]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def wait_for_writing(process):
        """Until the import has taken its first pages of the log, or has ended."""
        log = store_path.with_name("store.sqlite-wal")
        before = log.stat().st_size if log.exists() else 0
        while process.poll() is None and (log.stat().st_size if log.exists() else 0) <= before:
            time.sleep(0.0005)

    killed, spared = begin("a"), begin("b")
    wait_for_writing(killed)
    os.kill(killed.pid, signal.SIGKILL)
    results = []
    for name, process in (("a.csv", killed), ("b.csv", spared)):
        said, _ = process.communicate(timeout=60)
        results.append(
            {"name": name, "acknowledged": process.returncode == 0 and bool(json.loads(said)["import_id"])}
        )
    counts = check_all_or_nothing(store_path, results)
    assert counts["b.csv"] == ROWS
