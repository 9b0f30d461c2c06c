"""How many planted misspellings any search could answer: the best five by the very odds with which they were made.

Usage: .venv/bin/python bench/ceiling.py [--file FILE] [--queries N] [--seeds N ...].
The ceiling knows what no search can: which names were drawn, how often, and how letters were changed. It ranks
each place by the probability that its name gave what is written; "expected" is what these odds promise.
"""

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from bench.gazetteer import LENGTHS, NAMES, SHARE_OF_TOWNS, TOWN, alphabets, ids, misspelt  # noqa: E402
from geo.gazetteer.lookup import Gazetteer  # noqa: E402
from geo.gazetteer.normalise import name_key, script_language  # noqa: E402
from geo.gazetteer.similar import is_machine_spelling, similar_keys  # noqa: E402
from geo.settings import read_settings  # noqa: E402

EDITS = 4
"""Insertion, deletion, replacement and swap are equally likely, and so is each letter of the name."""


class Odds:
    """The odds by which :func:`bench.gazetteer.misspelt` draws and changes names."""

    def __init__(self, names: list[Any]) -> None:
        usable = [row for row in names if len(name_key(row[0])) >= 3 and not is_machine_spelling(row[0])]
        self._letters = {tag: Counter(letters) for tag, letters in alphabets(usable).items()}
        towns = sum(row[3] > TOWN for row in usable)
        share = {True: SHARE_OF_TOWNS / towns, False: (1 - SHARE_OF_TOWNS) / (len(usable) - towns)}
        self._bearers: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
        for name, place_id, _, population in usable:
            bearer = place_id, script_language(name), share[population > TOWN]
            self._bearers[name_key(name)].append(bearer)

    def of_places(self, gazetteer: Gazetteer, written: str) -> dict[str, float]:
        """The probability of each place that its name gave what is written."""
        found: dict[str, float] = defaultdict(float)
        for key in (similar.key for similar in similar_keys(gazetteer._rows, written)):
            given = cache(lambda script, key=key: self._given(key, written, script))
            for place_id, script, share in self._bearers.get(key, ()):
                found[place_id] += share * given(script)
        total = sum(found.values())
        return {place_id: odds / total for place_id, odds in found.items()}

    def _given(self, key: str, written: str, script: str) -> float:
        """The probability that a name with this key is written so: one edit, from 6 letters on one or two."""
        once = self._once(key, written, script)
        if len(key) <= 5:
            return once
        twice = sum(
            odds * self._once(text, written, script) for text, odds in self._edited(key, written, script)
        )
        return (once + twice) / 2

    def _once(self, key: str, written: str, script: str) -> float:
        if abs(len(key) - len(written)) > 1:
            return 0.0
        return sum(odds for text, odds in self._edited(key, written, script) if text == written)

    def _edited(self, key: str, written: str, script: str) -> Iterator[tuple[str, float]]:
        """What one edit makes of a key, of new letters only those that are written."""
        letters, each = self._letters[script], 1 / EDITS / max(len(key), 1)
        for place, letter in enumerate(key):
            head, tail = key[:place], key[place + 1 :]
            yield head + tail, each
            yield head + tail[:1] + letter + tail[1:], each
            for new in set(written):
                odds = each * letters[new] / letters.total()
                yield head + new + key[place:], odds
                yield head + new + tail, odds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--file", type=Path, default=read_settings().gazetteer)
    parser.add_argument("--queries", type=int, default=2000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13, 14])
    arguments = parser.parse_args()
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    with Gazetteer(arguments.file) as gazetteer:
        names = gazetteer._rows(NAMES, ())
        odds = Odds(names)
        for seed in arguments.seeds:
            for planted in misspelt(gazetteer, names, random.Random(seed), arguments.queries)[0]:
                of_places = odds.of_places(gazetteer, planted.written)
                best = sorted(of_places, key=lambda place: -of_places[place])[:5]
                found = ids(gazetteer.similar(planted.written))
                [length] = [n for n, (low, high) in LENGTHS.items() if low <= len(planted.key) <= high]
                promised = [sum(of_places.get(place, 0.0) for place in five) for five in (best, found)]
                rows[length].append((planted.place_id in best, planted.place_id in found, *promised))
    print(f"{'names':24} {'n':>6} {'ceiling':>8} {'similar':>8} {'expected':>9} {'similar':>8}")
    for length in LENGTHS:
        ceiling, similar, expected, promised = (sum(of) / len(of) for of in zip(*rows[length], strict=True))
        print(
            f"{length:24} {len(rows[length]):6} {ceiling:8.3f} {similar:8.3f} {expected:9.3f} {promised:8.3f}"
        )


if __name__ == "__main__":
    main()
