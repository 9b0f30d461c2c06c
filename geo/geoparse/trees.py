"""The scorer that was trained: a sum of small decision trees, kept as JSON that a person can read."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.geoparse.accept import MIXED, Verdict, judge
from geo.geoparse.features import FEATURES, features_of
from geo.geoparse.objections import ADDRESSED, NAMED_AFTER
from geo.geoparse.surroundings import Around

Matrix = npt.NDArray[np.floating]
NEVER = frozenset(
    {"a people, not a place", "beside a hidden character", "a month or day", MIXED, NAMED_AFTER, ADDRESSED}
)
"""Objections of the rules that no sum of trees may overrule: they are true by what the words mean."""

RULED_KINDS = frozenset({"lower_case", "former_state", "suggested"})
LAST_LATIN = "\u024f"
SURE, FLOOR = 0.97, 0.6
"""What the rules say of a large area that nothing speaks against; so sure it then is at least, and so is "the village of X"."""
UNLISTED_DOUBT = 0.12
"""Names that no list has are the rarer, the more ordinary the news: our corpus has more of them than most reports."""


@dataclass(frozen=True, slots=True)
class Trees:
    """All trees as arrays of one shape, trees x nodes; ``value`` is in log odds.

    ``below`` and ``above`` count nodes through all trees; a leaf leads to itself.
    """

    feature: npt.NDArray[np.int32]
    threshold: Matrix
    below: npt.NDArray[np.int32]
    above: npt.NDArray[np.int32]
    value: Matrix
    start: float
    depth: int

    def log_odds(self, rows: Matrix) -> Matrix:
        """One number for each row of features; above 0 a place is more likely than not."""
        trees, size = self.value.shape
        # Nodes are counted through all trees, and cells through the whole table: one number finds each.
        root = np.arange(trees, dtype=np.int32) * np.int32(size)
        cell = np.arange(len(rows), dtype=np.int32)[:, np.newaxis] * np.int32(rows.shape[1])
        feature, threshold = self.feature.ravel(), self.threshold.ravel()
        below, above = self.below.ravel(), self.above.ravel()
        at = np.broadcast_to(root, (len(rows), trees))
        for _ in range(self.depth):
            goes_down = rows.take(cell + feature.take(at)) <= threshold.take(at)
            at = np.where(goes_down, below.take(at), above.take(at))
        made: Matrix = self.start + self.value.ravel().take(at).sum(axis=1)
        return made


class TreeScorer:
    """Asks the trees; what the rules forbid by the meaning of the words stays forbidden."""

    def __init__(self, trees: Trees) -> None:
        self._trees = trees

    def verdicts(self, arounds: Sequence[Around]) -> list[Verdict]:
        """One verdict for each span, in the same order."""
        if not arounds:
            return []
        judged = [judge(around) for around in arounds]
        rows = np.array([features_of(a, v) for a, v in zip(arounds, judged, strict=True)], np.float32)
        chances = 1 / (1 + np.exp(-self._trees.log_odds(rows)))
        return [
            ruled if _is_for_rules(around, ruled) else _together(around, ruled, float(chance))
            for around, ruled, chance in zip(arounds, judged, chances, strict=True)
        ]


def _together(around: Around, ruled: Verdict, chance: float) -> Verdict:
    """What the trees say; a country, unit or region to which no rule objects is not given up for them."""
    if around.span.kind == "unknown":
        chance = max(0.0, chance - UNLISTED_DOUBT)
    if (around.is_called_settlement and ruled.strength) or (around.is_big and ruled.strength >= SURE):
        chance = max(chance, FLOOR)
    return Verdict(ruled.span, chance, ruled.reason)


def _is_for_rules(around: Around, ruled: Verdict) -> bool:
    """Whether the rules have the last word: the trees have seen few names in small letters and none but Latin ones."""
    return ruled.reason in NEVER or around.span.kind in RULED_KINDS or around.name[0] > LAST_LATIN


@cache
def trained_scorer() -> TreeScorer:
    """The scorer with the packaged trees."""
    text = (resources.files("geo.geoparse") / "recogniser.json").read_text(encoding="utf-8")
    return TreeScorer(trees_of(json.loads(text)))


def trees_of(model: Mapping[str, Any]) -> Trees:
    """The trees of a model: ``features`` by name, ``start``, and ``trees`` as nested nodes.

    A node is a number (a leaf, log odds) or ``[feature, threshold, node, node]``: the first node is for values up
    to the threshold.

    Raises
    ------
    ValueError
        The model was trained on other features.
    """
    if tuple(model["features"]) != FEATURES:
        raise ValueError("recogniser.json was trained on other features: run `python -m training.train`.")
    laid = [_laid_out(tree) for tree in model["trees"]]
    size = max(len(nodes) for nodes in laid)
    padded = [nodes + [(0, 0.0, at, at, 0.0) for at in range(len(nodes), size)] for nodes in laid]
    columns = [np.array([[node[i] for node in nodes] for nodes in padded]) for i in range(5)]
    feature, threshold, below, above, value = columns
    first = np.arange(len(laid))[:, np.newaxis] * size
    return Trees(
        feature.astype(np.int32), threshold.astype(np.float32), (below + first).astype(np.int32),
        (above + first).astype(np.int32), value.astype(float), float(model["start"]),
        max(_depth(tree) for tree in model["trees"]),
    )  # fmt: skip


def _laid_out(tree: Any) -> list[tuple[int, float, int, int, float]]:
    """The nodes of one tree with the root first; a leaf leads to itself."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def place(node: Any) -> int:
        here = len(nodes)
        nodes.append((0, 0.0, here, here, 0.0))
        if isinstance(node, list):
            name, threshold, low, high = node
            nodes[here] = (FEATURES.index(name), threshold, place(low), place(high), 0.0)
        else:
            nodes[here] = (0, 0.0, here, here, float(node))
        return here

    place(tree)
    return nodes


def _depth(node: Any) -> int:
    return 1 + max(_depth(node[2]), _depth(node[3])) if isinstance(node, list) else 0
