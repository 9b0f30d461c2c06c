"""Imports in processes that die: each is a fork of this one, so that it is killed while it writes, not while it starts.

Reads one JSON job a line: {"store", "data_dir", "jobs": [{"name", "rows", "delay"}], "at_once"}; ``delay`` is in
seconds until kill -9, null lets the process end by itself. Prints one JSON list of {"name", "acknowledged", "seconds"}.
"""

import json
import os
import select
import signal
import sys
import time
from pathlib import Path

from geo.schema import as_frame
from geo.store.base import Change
from geo.store.seed import open_store


def import_rows(job, store_address, data_dir):
    rows = [
        {
            "event_id": f"{job['name']}-{n}",
            "event_date": "2023-09-19",
            "event_type": "shelling",
            "description": "x" * 200,
        }
        for n in range(job["rows"])
    ]
    store = open_store(store_address, data_dir=data_dir, recorded_by="tester")
    if not rows:
        return store.revision()
    change = Change(
        action="import", recorded_by="tester", rows={"events": as_frame("events", rows)}, file=job["name"]
    )
    return store.commit(change).import_id


def start(job, store_address, data_dir):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writer, json.dumps(import_rows(job, store_address, data_dir)).encode())
        finally:
            os._exit(0)
    os.close(writer)
    return {"job": job, "child": child, "reader": reader, "begun": time.monotonic()}


def finish(running):
    """Wait for the acknowledgement or the moment to kill, whichever comes first; kill in either case."""
    delay = running["job"]["delay"]
    left = None if delay is None else max(0.0, running["begun"] + delay - time.monotonic())
    ready, _, _ = select.select([running["reader"]], [], [], left)
    seconds = time.monotonic() - running["begun"]
    os.kill(running["child"], signal.SIGKILL)
    os.waitpid(running["child"], 0)
    said = os.read(running["reader"], 1000)  # what was written before the kill still counts as said
    os.close(running["reader"])
    return {
        "name": running["job"]["name"],
        "acknowledged": bool(said),
        "seconds": seconds,
        "ended": bool(ready),
    }


def main():
    for line in sys.stdin:
        order = json.loads(line)
        results, jobs = [], list(order["jobs"])
        while jobs:
            batch, jobs = jobs[: order["at_once"]], jobs[order["at_once"] :]
            running = [start(job, order["store"], Path(order["data_dir"])) for job in batch]
            results += [finish(one) for one in sorted(running, key=lambda r: r["job"]["delay"] or 0)]
        print(json.dumps(results), flush=True)


main()
