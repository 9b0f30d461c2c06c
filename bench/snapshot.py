"""How long a day's snapshot with all its figures takes, beside pandas boolean masks that give the same figures.

Usage: .venv/bin/python bench/snapshot.py [--sizes 10000,100000,1000000,5000000] [--queries N].
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo import vocab  # noqa: E402
from geo.eventwindow import event_window  # noqa: E402
from geo.interval import day_number  # noqa: E402
from geo.settings import read_settings  # noqa: E402
from geo.snapshot import Snapshot, snapshot_at  # noqa: E402
from geo.store.eventcolumns import NO_FIGURE, NOT_STATED, EventColumns  # noqa: E402
from geo.store.readmodel import ReadModel  # noqa: E402
from geo.view import Filters  # noqa: E402
from geo.workflows.desk import Desk  # noqa: E402
from geo.workflows.panel import LONGEST_LIST  # noqa: E402

SIZES = "10000,100000,1000000,5000000"
FIRST_DAY, YEARS = date(1990, 1, 1), 35
FILTERS = (
    Filters(),
    Filters(types=frozenset({"battle"})),
    Filters(parties=frozenset({"azerbaijan"})),
    Filters(types=frozenset({"shelling", "battle"}), confidences=frozenset({"high"})),
)
WINDOWS: tuple[Callable[[date], date], ...] = (
    lambda as_of: as_of,
    lambda as_of: as_of - timedelta(days=29),
    lambda as_of: as_of - timedelta(days=364),
    lambda _: date.min,
)


@dataclass(frozen=True)
class Query:
    """One thing that a page asks."""

    as_of: date
    first: date
    filters: Filters


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default=SIZES)
    parser.add_argument("--queries", type=int, default=480)
    arguments = parser.parse_args()
    rng = np.random.default_rng(7)
    queries = [asked(rng, n) for n in range(arguments.queries)]
    sizes = [int(size) for size in arguments.sizes.split(",")]
    ground = ground_of_the_data()
    measured: dict[str, list[tuple[float, float]]] = {}
    print(f"{'events':>9} {'what':36} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8}")
    for size in sizes:
        model = replace(ground, events=made(size, rng))
        begun = time.process_time()
        sums = model.events.sums
        built, room = time.process_time() - begun, kept_bytes(sums, model.events) / 1e6
        frame = frame_of(model.events)
        few = queries if size <= 1_000_000 else queries[::4]
        ways = {
            "snapshot with all figures": (queries, partial(snapshot_figures, model)),
            "the same and its newest 200 events": (queries, partial(newest, model)),
            "figures of the events only": (queries, partial(event_figures, model)),
            "pandas masks, events only": (few, partial(by_masks, frame, model)),
        }
        for query in few[:: max(1, len(few) // 24)]:
            assert snapshot_figures(model, query) == by_masks(frame, model, query)
        for name, (some, way) in ways.items():
            ms, cpu = timed(way, some)
            p95 = float(np.percentile(ms, 95))
            measured.setdefault(name, []).append((p95, cpu))
            print(f"{size:9,} {name:36} {np.median(ms):8.2f} {p95:8.2f} {cpu:8.2f}")
        print(f"{'':9} sums: {len(sums.groups)} groups, made in {built:.2f} CPU s, {room:.1f} MB")
    for name, values in measured.items() if len(sizes) > 1 else ():
        of_p95, of_cpu = np.polyfit(np.log(sizes), np.log(values), 1)[0]
        print(f"growth, slope in log-log: p95 {of_p95:5.2f}, CPU {of_cpu:5.2f}  {name}")


def asked(rng: np.random.Generator, number: int) -> Query:
    """A day at random, in each mode with each filter in turn."""
    as_of = FIRST_DAY + timedelta(days=int(rng.integers(0, YEARS * 365)))
    window, filters = WINDOWS[number % len(WINDOWS)], FILTERS[number // len(WINDOWS) % len(FILTERS)]
    return Query(as_of, window(as_of), filters)


def made(size: int, rng: np.random.Generator) -> EventColumns:
    """Events of 35 years: half of them in sixty offensives, a tenth with a vague span, many in few towns."""
    first, span = day_number(FIRST_DAY), YEARS * 365
    offensive = rng.choice(rng.integers(0, span, 60), size) + rng.integers(0, 60, size)
    start = first + np.where(rng.random(size) < 0.5, offensive, rng.integers(0, span, size))
    start = np.sort(start).astype(np.int32)
    long = rng.choice([0, 6, 30, 364], size, p=[0.9, 0.06, 0.035, 0.005]).astype(np.int32)
    towns = rng.uniform((44, 38), (48, 41), (max(10, size * 2 // 5), 2))
    town = (rng.pareto(1, size) * len(towns) / 50).astype(np.int64) % len(towns)
    best = np.where(rng.random(size) < 0.3, NO_FIGURE, rng.poisson(1, size)).astype(np.int32)
    parties = np.array([1, 2, 3, 4, 6, 8, 16, 18, 32, 64], np.uint32)
    types = len(vocab.EVENT_TYPES)
    return EventColumns(
        ids=np.empty(size, object),
        start=start,
        end=start + long,
        vague=long > 0,
        type=rng.choice(types, size, p=np.geomspace(1, 0.01, types) / np.geomspace(1, 0.01, types).sum()).astype(np.uint8),
        confidence=rng.choice([0, 1, 2, NOT_STATED], size, p=[0.5, 0.3, 0.1, 0.1]).astype(np.uint8),
        parties=rng.choice(parties, size),
        lon=towns[town, 0],
        lat=towns[town, 1],
        precision=rng.choice([1, 2, 3], size, p=[0.7, 0.2, 0.1]).astype(np.uint8),
        area=np.full(size, -1, np.int32),
        low=np.where(rng.random(size) < 0.5, NO_FIGURE, best).astype(np.int32),
        best=best,
        high=np.where(best == NO_FIGURE, NO_FIGURE, best + 1).astype(np.int32),
        longest=int(long.max()),
    )  # fmt: skip


def ground_of_the_data() -> ReadModel:
    """The zones, lines and posts that come with the project: a snapshot has them too."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(read_settings({"CONFLICTMAP_STORE": f"sqlite:///{folder}/store.sqlite"}))
        model = desk.model()
        desk.store.close()
    return model


def shown_by(model: ReadModel, query: Query) -> Snapshot:
    return snapshot_at(model, as_of=query.as_of, first=query.first, filters=query.filters)


def snapshot_figures(model: ReadModel, query: Query) -> dict[str, Any]:
    shown = shown_by(model, query)
    f = shown.fatalities
    return {
        "events": shown.events_shown, "possible": shown.events_possible, "unplaced": shown.unplaced,
        "low": f.low, "best": f.best, "high": f.high,
        "without_best": f.without_best, "without_figures": f.without_figures,
        "by_type": dict(shown.by_type),
    }  # fmt: skip


def newest(model: ReadModel, query: Query) -> Any:
    return shown_by(model, query).window.newest(LONGEST_LIST)


def event_figures(model: ReadModel, query: Query) -> Any:
    first, last = day_number(query.first), day_number(query.as_of)
    return event_window(model, first=first, last=last, filters=query.filters).figures


def frame_of(columns: EventColumns) -> pd.DataFrame:
    """What a page without a read model would hold: a frame with missing figures as missing."""
    names = ("start", "end", "vague", "type", "confidence", "parties", "lon", "precision", "area")
    dead = {name: getattr(columns, name).astype(float) for name in ("low", "best", "high")}
    stated = {name: np.where(values == NO_FIGURE, np.nan, values) for name, values in dead.items()}
    return pd.DataFrame({name: getattr(columns, name) for name in names} | stated)


def by_masks(frame: pd.DataFrame, model: ReadModel, query: Query) -> dict[str, Any]:
    first, last, filters = day_number(query.first), day_number(query.as_of), query.filters
    keep = (frame["start"] <= last) & (frame["end"] >= first)
    codes, levels = vocab.codes(vocab.EVENT_TYPES), vocab.codes(vocab.CONFIDENCES)
    if filters.types:
        keep &= frame["type"].isin([codes.index(code) for code in filters.types])
    if filters.confidences:
        keep &= frame["confidence"].isin([levels.index(code) for code in filters.confidences])
    if filters.parties:
        bits = sum(1 << n for n, code in enumerate(model.party_codes) if code in filters.parties)
        keep &= (frame["parties"] & np.uint32(bits)) != 0
    shown = frame[keep]
    low, best, high = shown["low"], shown["best"], shown["high"]
    silent = low.isna() & best.isna() & high.isna()
    pinned = shown["lon"].notna() & (shown["precision"] != 3)
    beyond = (shown["start"] < first) | (shown["end"] > last)
    return {
        "events": len(shown), "possible": int((shown["vague"] & beyond).sum()),
        "unplaced": int((~pinned & (shown["area"] < 0)).sum()),
        "low": int(low.fillna(best).sum()), "best": int(best.sum()),
        "high": int(high.fillna(best).fillna(low).sum()),
        "without_best": int((best.isna() & ~silent).sum()), "without_figures": int(silent.sum()),
        "by_type": {codes[n]: int(count) for n, count in shown["type"].value_counts().items()},
    }  # fmt: skip


def timed(way: Callable[[Query], Any], queries: list[Query]) -> tuple[list[float], float]:
    """Milliseconds of each query, and the CPU milliseconds of one on average."""
    way(queries[0])
    taken, begun = [], time.process_time()
    for query in queries:
        start = time.perf_counter()
        way(query)
        taken.append((time.perf_counter() - start) * 1e3)
    return taken, (time.process_time() - begun) * 1e3 / len(queries)


def kept_bytes(sums: Any, columns: EventColumns) -> int:
    """Bytes of the arrays that the sums keep besides the columns themselves."""
    found, left = {}, [sums]
    while left:
        value = left.pop()
        if isinstance(value, np.ndarray):
            found[id(value)] = value.nbytes
        elif not isinstance(value, EventColumns):
            names = [*getattr(value, "__dict__", {}), *getattr(type(value), "__slots__", ())]
            left += [getattr(value, name) for name in names]
    return sum(size for key, size in found.items() if key != id(columns.start))


if __name__ == "__main__":
    main()
