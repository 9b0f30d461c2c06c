"""How well and how fast reports are read, beside geotext, flashgeotext and a naive look-up in GeoNames' list.

Usage: .venv/bin/python bench/geoparse.py [CORPUS.jsonl ...] [--no-growth]. Without a file the documents of
data/corpus that are kept for testing are read; a file holds one document a line: text, toponyms (start, end, lat, lon) and, where not
all are marked, "partial": true. Mentions of the types Demonym, Language and Homonym do not count. The peers are put into var/bench.
Every parser is a process of its own, so that memory and CPU time are its own.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.peers.geoparsers import PACKAGES, PEERS  # noqa: E402
from bench.peers.install import install  # noqa: E402
from geo.settings import read_settings  # noqa: E402

NOT_PLACES = {"Demonym", "Language", "Homonym"}
RADIUS_KM = 161
Mention = dict[str, Any]
Parser = Callable[[str], list[Mention]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path, nargs="*")
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--as", dest="way", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        print(json.dumps(measured(options.way, options.corpora[0])))
        return
    install(*PACKAGES)
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder) / "data-corpus-test.jsonl"
        write_own(own)
        for corpus in options.corpora or [own]:
            report(corpus)
        print_calibration()
        if not options.no_growth:
            print_growth(Path(folder))


def report(corpus: Path) -> None:
    """One line for each parser: what it finds, where it puts it, and what it costs."""
    print(f"\n{corpus.name}")
    print(
        f"{'parser':14} {'overlap F1':>10} {'exact F1':>9} {'found@161':>9} {'acc@161':>8} "
        f"{'docs/s':>8} {'MB/s':>6} {'ready s':>8} {'peak MB':>8}"
    )
    for way in ("trees", "rules", *PEERS):
        command = [sys.executable, __file__, str(corpus), "--as", way]
        row = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        numbers = [
            f"{row[name]:.3f}" if row[name] is not None else "-"
            for name in ("overlap", "exact", "found", "acc")
        ]
        print(
            f"{way:14} {numbers[0]:>10} {numbers[1]:>9} {numbers[2]:>9} {numbers[3]:>8} "
            f"{row['docs_s']:8.0f} {row['mb_s']:6.2f} {row['ready_s']:8.2f} {row['peak_mb']:8.0f}"
        )


def measured(way: str, corpus: Path) -> dict[str, Any]:
    """Read a corpus with one parser in this process."""
    begun = time.process_time()
    parse = PEERS[way]() if way in PEERS else ours(way)
    parse("Paris and Baku.")
    ready = time.process_time() - begun
    documents = read(corpus)
    begun = time.process_time()
    answers = [parse(document["text"]) for document in documents]
    seconds = time.process_time() - begun
    letters = sum(len(document["text"].encode()) for document in documents)
    return {
        **scored(documents, answers),
        "docs_s": len(documents) / seconds,
        "mb_s": letters / seconds / 1e6,
        "ready_s": ready,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def ours(way: str) -> Parser:
    from geo.gazetteer.lookup import Gazetteer
    from geo.geoparse.parse import parse_text
    from geo.geoparse.recognise import Rules
    from geo.geoparse.trees import trained_scorer

    gazetteer = Gazetteer(read_settings().gazetteer)
    scorer = Rules() if way == "rules" else trained_scorer()

    def parse(text: str) -> list[Mention]:
        found = []
        for r in parse_text(text, gazetteer, scorer=scorer).resolutions:
            where = r.spot or r.best
            point = {"lat": where.lat, "lon": where.lon} if where else {"lat": None, "lon": None}
            found.append({"start": r.mention.start, "end": r.mention.end, **point})
        return found

    return parse


def read(corpus: Path) -> list[dict[str, Any]]:
    with corpus.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def scored(documents: list[dict[str, Any]], answers: list[list[Mention]]) -> dict[str, float | None]:
    """Recognition with any overlap and exactly, found within 161 km, and the share right of those that were found."""
    found = exact = right = placed = marked = told = located = 0
    for document, answer in zip(documents, answers, strict=True):
        gold = [t for t in document["toponyms"] if t.get("type") not in NOT_PLACES]
        others = [t for t in document["toponyms"] if t.get("type") in NOT_PLACES]
        kept = [a for a in answer if not any(touches(a, o) for o in others)]
        if document.get("partial"):
            kept = [a for a in kept if any(touches(a, g) for g in gold)]
        pairs = paired(gold, kept)
        found += len(pairs)
        exact += sum((g["start"], g["end"]) == (a["start"], a["end"]) for g, a in pairs)
        both = [(g, a) for g, a in pairs if g.get("lat") is not None]
        right += sum(is_near(g, a) for g, a in both)
        placed += len(both)
        marked += len(gold)
        told += len(kept)
        located += sum(g.get("lat") is not None for g in gold)
    without = found - placed  # paired with a mention whose position nobody wrote down
    return {
        "overlap": 2 * found / (marked + told),
        "exact": 2 * exact / (marked + told),
        "found": 2 * right / (located + told - without) if right else None,
        "acc": right / placed if placed and right else None,
    }


def touches(a: Mention, b: Mention) -> bool:
    return a["start"] < b["end"] and b["start"] < a["end"]


def paired(gold: list[Mention], answer: list[Mention]) -> list[tuple[Mention, Mention]]:
    """One to one: the same stretch first, then any overlap, in text order."""
    free = {(a["start"], a["end"]): a for a in answer}
    pairs = [(g, free.pop((g["start"], g["end"]))) for g in gold if (g["start"], g["end"]) in free]
    done = {id(g) for g, _ in pairs}
    for g in gold:
        if id(g) not in done and (spot := next((s for s, a in free.items() if touches(a, g)), None)):
            pairs.append((g, free.pop(spot)))  # noqa: PERF401  each pair takes its answer away
    return pairs


def is_near(gold: Mention, answer: Mention) -> bool:
    from geo.crs import distance_km

    if answer.get("lat") is None:
        return False
    return (
        float(distance_km(gold["lon"], gold["lat"], to_lon=answer["lon"], to_lat=answer["lat"])) <= RADIUS_KM
    )


def write_own(path: Path) -> None:
    """The test documents of our own corpus with the positions of their places."""
    from geo.gazetteer.lookup import Gazetteer
    from training.corpus import marked_place, read_corpus

    gazetteer = Gazetteer(read_settings().gazetteer)

    def row(document: Any) -> str:
        marked = [(mark, marked_place(mark, gazetteer)) for mark in document.places]
        places = [{"start": m.start, "end": m.end, "lat": p.lat, "lon": p.lon} for m, p in marked]
        return json.dumps({"text": document.text, "toponyms": places})

    rows = [row(document) for document in read_corpus() if document.is_for_testing]
    path.write_text("\n".join(rows), encoding="utf-8")


def print_calibration() -> None:
    """How often a confidence is right, on the documents kept for testing."""
    from geo.gazetteer.lookup import Gazetteer
    from training.calibrate import calibration
    from training.corpus import read_corpus

    kept = [document for document in read_corpus() if document.is_for_testing]
    with Gazetteer(read_settings().gazetteer) as gazetteer:
        figures = calibration(kept, gazetteer)
    print(f"\nconfidence on {len(kept)} test documents, {figures.mentions:,} mentions with a reading")
    for low, shown, right, count in figures.bins:
        print(f"  from {low:.1f}: shown {shown:.2f}, right {right:.2f} ({count})")
    print(
        f"  expected calibration error {figures.error:.3f}; shown as resolved and wrong: "
        f"{figures.silent_wrong:.1%} of the {figures.places:,} places; left to a person: {figures.asked:.1%}"
    )


def print_growth(folder: Path) -> None:
    """CPU seconds as the text grows, on one news-like text repeated with changes, and for texts made to hurt."""
    from geo.gazetteer.lookup import Gazetteer
    from geo.geoparse.parse import parse_text
    from training.corpus import read_corpus

    gazetteer = Gazetteer(read_settings().gazetteer)
    prose = "\n\n".join(document.text for document in read_corpus())
    print("\ntext length, CPU seconds, mentions")
    for size in (1_000, 10_000, 100_000, len(prose)):
        print("  {:>9,} {:8.3f} {:>7,}".format(size, *costs(lambda s=size: parse_text(prose[:s], gazetteer))))
    hurtful = {
        "one word of 1,000,000 letters": "a" * 1_000_000,
        "68,000 mentions": "Shusha Stepanakert " * 34_000,
        "200,000 brackets": "(" * 200_000 + "Shusha" + ")" * 200_000,
        "300,000 capitals": "Aa " * 300_000,
        "60,000 distances": "12 km north of Shusha " * 60_000,
    }
    for name, text in hurtful.items():
        print("  {:30} {:8.3f} {:>7,}".format(name, *costs(lambda t=text: parse_text(t, gazetteer))))
    print("gazetteer size, CPU seconds for the same 100,000 letters")
    for people in (0, 5_000, 100_000):
        from geo.gazetteer.build import write_gazetteer

        path = folder / f"{people}.sqlite"
        data = read_settings().data_dir
        counts = write_gazetteer(path, data_dir=data, progress=lambda _: None, smallest_population=people)
        with Gazetteer(path) as smaller:
            seconds, mentions = costs(lambda g=smaller: parse_text(prose[:100_000], g))
        print(f"  {counts['places']:>9,} places {seconds:8.3f} {mentions:>7,}")


def costs(parse: Callable[[], Any]) -> tuple[float, int]:
    begun = time.process_time()
    parsed = parse()
    return time.process_time() - begun, len(parsed.resolutions)


if __name__ == "__main__":
    main()
