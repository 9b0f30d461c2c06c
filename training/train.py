"""Train the recogniser: ``python -m training.train [--wotr FILE] [--events FILE]`` writes ``geo/geoparse/recogniser.json``.

It learns from the training part of our own corpus, from copies of it with other names, and from two sets under the MIT licence when their
files are given: military reports of the American Civil War (WOTR) and sentences about conflicts (Halterman), of which every
other one is kept for measuring. Nothing else is used.
"""

import argparse
import json
import math
import random
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sklearn.ensemble import GradientBoostingClassifier

from geo.gazetteer.lookup import Gazetteer
from geo.geoparse.features import FEATURES
from geo.geoparse.lexicon import Lexicon
from geo.settings import read_settings
from training.corpus import Document, read_corpus
from training.examples import Examples, Gold, examples_of, gold_of, joined, read_gold
from training.names import names_of
from training.swaps import swapped

MODEL = Path(__file__).resolve().parents[1] / "geo" / "geoparse" / "recogniser.json"
TREES, LEAVES, RATE, SMALLEST_LEAF = 200, 10, 0.07, 20
COPIES = 2
WEIGHTS = {"own": 1.0, "copies": 0.5, "wotr": 0.1, "events": 0.3, "taught": 1.0}
SEED = 20231


def main() -> int:
    """Read, train, write; print how many examples there were."""
    asked = arguments(__doc__)
    gazetteer = Gazetteer(read_settings().gazetteer)
    documents = [document for document in read_corpus() if not document.is_for_testing]
    examples = all_examples(gazetteer, documents, wotr=asked.wotr, events=asked.events)
    MODEL.write_text(as_json(trained(examples)), encoding="utf-8")
    print(f"{len(examples.rows):,} spans, {examples.is_place.sum():,} places: {MODEL.name} has {TREES} trees")
    return 0


def all_examples(
    gazetteer: Gazetteer, documents: Sequence[Document], *, wotr: Path | None, events: Path | None
) -> Examples:
    """Everything that may be learnt from: these documents of ours, copies of them, and the sets of others."""
    lexicon = Lexicon(gazetteer)
    parts = [
        examples_of(map(gold_of, documents), lexicon, weight=WEIGHTS["own"]),
        examples_of(copies(documents, gazetteer), lexicon, weight=WEIGHTS["copies"]),
    ]
    if wotr:
        parts.append(examples_of(read_gold(wotr), lexicon, weight=WEIGHTS["wotr"]))
    if events:
        every_other = islice(read_gold(events), 0, None, 2)
        parts.append(examples_of(every_other, lexicon, weight=WEIGHTS["events"], taught=WEIGHTS["taught"]))
    return joined(parts)


def copies(documents: Sequence[Document], gazetteer: Gazetteer) -> Iterator[Gold]:
    """The documents with other names, each :data:`COPIES` times."""
    chance = random.Random(SEED)  # noqa: S311  names for training, no secret
    names = names_of(gazetteer, chance)
    for _ in range(COPIES):
        for document in documents:
            yield gold_of(swapped(document, names, chance))


def trained(examples: Examples) -> GradientBoostingClassifier:
    """A sum of small trees."""
    model = GradientBoostingClassifier(
        n_estimators=TREES, max_leaf_nodes=LEAVES, learning_rate=RATE, min_samples_leaf=SMALLEST_LEAF,
        subsample=0.7, max_features=0.5, max_depth=None, random_state=SEED,
    )  # fmt: skip
    return model.fit(examples.rows, examples.is_place, sample_weight=examples.weight)


def as_json(model: GradientBoostingClassifier) -> str:
    """The model as :func:`geo.geoparse.trees.trees_of` reads it, one tree a line."""
    share = float(model.init_.class_prior_[1])
    trees = [_node(estimator.tree_, 0, model.learning_rate) for estimator in model.estimators_[:, 0]]
    head = {
        "about": "see training/train.py",
        "features": list(FEATURES),
        "start": round(math.log(share / (1 - share)), 5),
    }
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in trees)
    return f'{json.dumps(head, indent=1)[:-2]},\n "trees": [\n{lines}\n]}}\n'


def _node(tree: Any, at: int, rate: float) -> Any:
    low, high = int(tree.children_left[at]), int(tree.children_right[at])
    if low < 0:
        return round(float(tree.value[at, 0, 0]) * rate, 4)
    name, threshold = FEATURES[tree.feature[at]], round(float(tree.threshold[at]), 6)
    return [name, threshold, _node(tree, low, rate), _node(tree, high, rate)]


def arguments(about: str | None) -> argparse.Namespace:
    """The files of others that may be learnt from, where they are at hand."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--wotr", type=Path, help="wotr_test.jsonl")
    parser.add_argument("--events", type=Path, help="event_location.jsonl")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
