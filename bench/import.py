"""What an import costs, beside pandas + geopandas.sjoin + to_sql on the same file, and an append of 10,000 rows.

Usage: .venv/bin/python bench/import.py [--rows 10000 100000 1000000] [--no-peer-from 5000000]. Every measurement is
a process of its own: CPU seconds (user + system) and peak memory are the operating system's own figures.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.acled import write_events  # noqa: E402

APPENDED, REPEATED = 10_000, 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--no-peer-from", type=int, default=5_000_000)
    parser.add_argument("--job", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.job:
        JOBS[options.job[0]](*map(Path, options.job[1:]))
        return
    print(f"{'what':34} {'rows':>9} {'CPU s':>8} {'wall s':>8} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in options.rows:
            measure(Path(folder), rows, with_peer=rows < options.no_peer_from)


def measure(folder: Path, rows: int, *, with_peer: bool) -> None:
    """Print the lines of one size."""
    file = folder / "events.csv"
    write_events(rows, file)
    ours = run("import", "conflictmap import", rows, file, folder / "store.sqlite")
    run("again", "the same file again", rows, file, folder / "store.sqlite")
    more = folder / "more.csv"
    write_append(file, more, rows)
    append = run("append", f"append {APPENDED:,} ({REPEATED:,} known)", rows, more, folder / "store.sqlite")
    join = run("join", "admin join alone", rows, file)
    if with_peer:
        peer = run("peer", "pandas + sjoin + to_sql", rows, file, folder / "peer.sqlite")
        peer_append = run("peer_append", "pandas concat + drop_duplicates", rows, file, more)
        sjoin = run("sjoin", "geopandas.sjoin alone", rows, file)
        same = join["digest"] == sjoin["digest"]
        print(
            f"  ratios at {rows:,}: import {peer['cpu'] / ours['cpu']:.2f}x the peer's CPU, append "
            f"{peer_append['cpu'] / append['cpu']:.1f}x, join {sjoin['cpu'] / join['cpu']:.1f}x; "
            f"join results {'identical' if same else 'DIFFER'}"
        )
    for left in folder.glob("*"):
        if left.is_file():
            left.unlink()


def run(job: str, label: str, rows: int, *paths: Path) -> dict[str, Any]:
    """Run a job in a process of its own and print its line."""
    begun = time.monotonic()
    command = [sys.executable, str(Path(__file__)), "--job", job, *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"{label:34} {rows:9,} failed: {done.stderr.strip().splitlines()[-1][:90]}")
        return {"cpu": float("nan"), "digest": ""}
    used = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{label:34} {rows:9,} {used['cpu']:8.2f} {time.monotonic() - begun:8.1f} {used['peak_mb']:8.0f}",
        flush=True,
    )
    return used


def write_append(file: Path, more: Path, rows: int) -> None:
    """Ten thousand rows, of which some are known already and unchanged."""
    write_events(APPENDED, more)
    with file.open(encoding="utf-8") as known:
        header, *lines = [known.readline() for _ in range(REPEATED + 1)]
    text = more.read_text("utf-8").splitlines(keepends=True)[1:]
    fresh = [f"N{line}" for line in text[: APPENDED - REPEATED]]
    more.write_text("".join([header, *lines, *fresh]), "utf-8")


def tell(*, since: float = 0.0, until: float | None = None, digest: str = "") -> None:
    """Print the CPU seconds that the process used between two readings of :func:`cpu_seconds`, and its peak."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cpu = (cpu_seconds() if until is None else until) - since
    print(json.dumps({"cpu": cpu, "peak_mb": peak_mb, "digest": digest}))


def cpu_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def import_job(file: Path, store: Path) -> None:
    """The whole of `conflictmap import`, start-up included."""
    from geo.settings import read_settings
    from geo.workflows.desk import Desk
    from geo.workflows.importing import commit_import, preview_import

    desk = Desk(read_settings(store=f"sqlite:///{store}"))
    preview = preview_import(desk, file, name=file.name)
    if preview.questions:
        raise SystemExit(f"a question is open: {preview.questions[0].text}")
    commit_import(desk, preview)
    tell()


def append_job(file: Path, store: Path) -> None:
    """An import into a dashboard that is up: its libraries, layers and gazetteer are in memory."""
    from geo.settings import read_settings
    from geo.workflows.desk import Desk
    from geo.workflows.importing import commit_import, preview_import
    from geo.workflows.placing import ground_of

    desk = Desk(read_settings(store=f"sqlite:///{store}"))
    desk.store.revision()
    ground_of(desk)
    since = cpu_seconds()
    report = commit_import(desk, preview_import(desk, file, name=file.name))
    if (report.added, report.unchanged) != (APPENDED - REPEATED, REPEATED):
        raise SystemExit(f"{report.added} added, {report.unchanged} unchanged")
    tell(since=since)


def again_job(file: Path, store: Path) -> None:
    from geo.settings import read_settings
    from geo.workflows.desk import Desk
    from geo.workflows.importing import preview_import

    report = preview_import(Desk(read_settings(store=f"sqlite:///{store}")), file, name=file.name).report
    if report.added or report.changed:
        raise SystemExit(f"{report.added} added, {report.changed} changed")
    tell()


def peer_job(file: Path, database: Path) -> None:
    """What one would write with pandas and geopandas: read, join, write, without any check."""
    import sqlite3

    import geopandas as gpd
    import pandas as pd

    events = pd.read_csv(file)
    points = gpd.GeoDataFrame(
        events, geometry=gpd.points_from_xy(events.longitude, events.latitude), crs=4326
    )
    joined = gpd.sjoin(points, _admin1(), how="left", predicate="intersects")
    joined = joined[~joined.index.duplicated()]
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        pd.DataFrame(joined.drop(columns="geometry")).to_sql("events", connection, index=False)
        connection.execute("CREATE UNIQUE INDEX by_id ON events (event_id_cnty)")
    tell()


def peer_append_job(file: Path, more: Path) -> None:
    """Append by reading all, concatenating and dropping duplicates; the reading of the old file is not counted."""
    import pandas as pd

    events = pd.read_csv(file)
    since = cpu_seconds()
    both = pd.concat([events, pd.read_csv(more)]).drop_duplicates("event_id_cnty", keep="last")
    both.to_csv(file.with_suffix(".appended"), index=False)
    tell(since=since)


def join_job(file: Path) -> None:
    from geo.boundaries.assign import AdminLayers, assign, read_admin_layers
    from geo.settings import read_settings

    lon, lat = _points(file)
    layers = read_admin_layers(read_settings().data_dir)
    world = AdminLayers(layers.world, _nothing(layers.districts), layers.exceptions.iloc[:0])
    since = cpu_seconds()
    answer = assign(lon, lat, layers=world)
    until = cpu_seconds()
    tell(since=since, until=until, digest=_digest(answer["admin1"].fillna("").astype(str)))


def sjoin_job(file: Path) -> None:
    import geopandas as gpd

    lon, lat = _points(file)
    admin1 = _admin1()
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
    since = cpu_seconds()
    joined = gpd.sjoin(points, admin1, how="left", predicate="intersects")
    joined = joined[~joined.sort_values("index_right", kind="stable").index.duplicated()].sort_index()
    until = cpu_seconds()
    tell(since=since, until=until, digest=_digest(joined["name"].fillna("")))


def _admin1():
    from geo.boundaries.layers import read_layer
    from geo.settings import read_settings

    return read_layer("admin1", data_dir=read_settings().data_dir)[["name", "geometry"]]


def _points(file: Path):
    import pandas as pd

    table = pd.read_csv(file, usecols=["longitude", "latitude"])
    return table["longitude"].to_numpy(), table["latitude"].to_numpy()


def _nothing(units):
    """A layer without units: the peer knows no finer districts."""
    import numpy as np
    import shapely

    none = np.array([], dtype=object)
    return type(units)(admin0=none, name=none, tree=shapely.STRtree([]), owner=np.array([], dtype=np.intp))


def _digest(names) -> str:
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


JOBS = {
    "import": import_job,
    "append": append_job,
    "again": again_job,
    "peer": peer_job,
    "peer_append": peer_append_job,
    "join": join_job,
    "sjoin": sjoin_job,
}

if __name__ == "__main__":
    os.environ.pop("CONFLICTMAP_STORE", None)
    main()
