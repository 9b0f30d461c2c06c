"""kill -9 at any moment: an import is in whole or not at all, and what was called saved is there."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from geo.store.seed import open_store
from geo.store.sqlite import open_sqlite

pytestmark = pytest.mark.slow

ROWS = 300
SEED_OF_CHANCE = 20230919
SCRIPT = Path(__file__).with_name("forked_imports.py")


@pytest.fixture(scope="module")
def killer():
    """Runs imports and kills them; its process has the libraries loaded, so that a kill hits the writing."""
    with subprocess.Popen(
        [sys.executable, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:

        def run(store, repo, jobs, at_once=1):
            order = {
                "store": f"sqlite:///{store}",
                "data_dir": str(repo / "data"),
                "jobs": jobs,
                "at_once": at_once,
            }
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return json.loads(process.stdout.readline())

        yield run
        process.stdin.close()


def job(name, delay=None, rows=ROWS):
    return {"name": name, "rows": rows, "delay": delay}


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


def test_an_import_that_is_killed_is_in_whole_or_not_at_all(killer, store_path, repo):
    chance = random.Random(SEED_OF_CHANCE)
    whole = killer(store_path, repo, [job(f"calm{n}") for n in range(3)])
    longest = max(result["seconds"] for result in whole)
    jobs = [job(f"kill{n:03}", chance.uniform(0, 1.3 * longest)) for n in range(60)]
    results = whole + killer(store_path, repo, jobs, at_once=2)
    counts = check_all_or_nothing(store_path, results)
    killed_before = [r for r in results if not r["acknowledged"]]
    assert len(killed_before) >= 5, "the kills must hit imports that were still at work"
    assert sum(bool(counts[r["name"]]) for r in results) >= 5, "some imports must have got through"


def test_an_import_that_is_killed_right_after_it_was_acknowledged_is_there(killer, store_path, repo):
    results = killer(store_path, repo, [job(f"said{n}") for n in range(10)], at_once=2)
    assert all(result["acknowledged"] for result in results)
    assert all(check_all_or_nothing(store_path, results)[r["name"]] == ROWS for r in results)


def test_a_store_whose_creation_is_killed_is_not_there_or_fully_seeded(killer, tmp_path, repo):
    chance = random.Random(SEED_OF_CHANCE)
    calm = killer(tmp_path / "calm.sqlite", repo, [job("calm", rows=0)])
    with closing(open_sqlite(tmp_path / "calm.sqlite")) as store:
        seeded = len(store.read("events"))
    there = 0
    for n in range(25):
        path = tmp_path / f"store{n}.sqlite"
        (result,) = killer(path, repo, [job("seed", chance.uniform(0, 1.3 * calm[0]["seconds"]), rows=0)])
        assert path.exists() or not result["acknowledged"]
        if path.exists():
            there += 1
            with closing(open_sqlite(path)) as store:
                assert (store.revision(), len(store.read("events"))) == (1, seeded)
    assert 0 < there < 25, "the kills must fall before and after the store appears"


def test_after_a_killed_creation_the_next_start_makes_the_store(killer, tmp_path, repo):
    path = tmp_path / "store.sqlite"
    killer(path, repo, [job("seed", 0.03, rows=0)])
    with closing(open_store(f"sqlite:///{path}", data_dir=repo / "data", recorded_by="tester")) as store:
        assert store.revision() == 1


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
