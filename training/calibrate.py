"""Fit the confidence: ``python -m training.calibrate [--wotr FILE] [--events FILE]`` writes ``geo/geoparse/confidence.json``.

The training documents are read by scorers that have not seen them: each fifth by one that was trained on the others. Of every
mention that is found we know whether the reading was right; the curve says how often that is so for such evidence.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression

from geo.gazetteer.lookup import Gazetteer
from geo.gazetteer.prior import SETTLEMENTS
from geo.geoparse.decide import EVIDENCE, evidence
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.parse import parse_text, rank, sought_by
from geo.geoparse.recognise import Scorer
from geo.geoparse.resolve import km_between
from geo.geoparse.trees import TreeScorer, trees_of
from geo.model import Place
from geo.settings import read_settings
from training.corpus import Document, Mark, marked_place, read_corpus
from training.train import all_examples, arguments, as_json, trained

CURVE = Path(__file__).resolve().parents[1] / "geo" / "geoparse" / "confidence.json"
FOLDS = 5
TOWN_KM, AREA_KM = 30.0, 161.0
"""A reading is right when it is this close to the marked place; the points of areas are conventions."""


def main() -> int:
    """Read, fit, write; print the calibration on the documents kept for testing."""
    asked = arguments(__doc__)
    gazetteer = Gazetteer(read_settings().gazetteer)
    documents = [document for document in read_corpus() if not document.is_for_testing]
    rows, right = [], []
    for fold in range(FOLDS):
        unseen = documents[fold::FOLDS]
        seen = [document for document in documents if document not in unseen]
        examples = all_examples(gazetteer, seen, wotr=asked.wotr, events=asked.events)
        scorer = TreeScorer(trees_of(json.loads(as_json(trained(examples)))))
        for numbers, was_right in judged(unseen, gazetteer, scorer):
            rows.append(numbers)
            right.append(was_right)
    curve = LogisticRegression(C=100).fit(np.array(rows), np.array(right))
    slopes = dict(zip(EVIDENCE, (round(float(s), 4) for s in curve.coef_[0]), strict=True))
    made = {"about": "see training/calibrate.py", "start": round(float(curve.intercept_[0]), 4), **slopes}
    CURVE.write_text(json.dumps(made) + "\n", encoding="utf-8")
    print(f"{len(rows):,} mentions, {np.mean(right):.1%} right: {made}")
    places = sum(len(document.places) for document in documents)
    _print_thresholds(curve.predict_proba(np.array(rows))[:, 1], np.array(right), places)
    return 0


def _print_thresholds(shown: npt.NDArray[np.float64], right: npt.NDArray[np.bool_], places: int) -> None:
    """What each review threshold would show in error, and ask, as a share of the marked places."""
    for threshold in (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9):
        wrong = ((shown >= threshold) & ~right).sum() / places
        print(
            f"  from {threshold:.2f}: {wrong:.1%} shown and wrong, {(shown < threshold).sum() / places:.1%} asked"
        )


def judged(
    documents: Sequence[Document], gazetteer: Gazetteer, scorer: Scorer
) -> Iterator[tuple[tuple[float, ...], bool]]:
    """For each mention that has a reading its evidence and whether the reading is right."""
    lexicon = Lexicon(gazetteer)
    for document in documents:
        sought, _ = sought_by(document.text, lexicon, scorer)
        rank(document.text, sought, lexicon)
        for item in sought:
            if item.named.ranked:
                mark = mark_at(document, item.mention.start, item.mention.end)
                best = item.named.ranked[0].place
                yield evidence(item), mark is not None and is_right(best, mark, gazetteer)


@dataclass(frozen=True, slots=True)
class Calibration:
    """How well confidences tell how often readings are right.

    ``bins`` are (lower edge, mean confidence, share right, mentions); ``error`` is the expected calibration error, the mean distance of
    the two, weighted by mentions. ``silent_wrong`` are mentions shown as resolved and wrong, ``asked`` those left to
    a person, both as a share of the marked ``places``.
    """

    mentions: int
    places: int
    bins: tuple[tuple[float, float, float, int], ...]
    error: float
    silent_wrong: float
    asked: float


def calibration(documents: Sequence[Document], gazetteer: Gazetteer) -> Calibration:
    """The calibration of the packaged scorer and curve on documents."""
    shown, right, wrong, asked = [], [], 0, 0
    for document in documents:
        for resolution in parse_text(document.text, gazetteer).resolutions:
            best = resolution.best
            if best is None:
                continue
            mark = mark_at(document, resolution.mention.start, resolution.mention.end)
            was_right = mark is not None and is_right(best, mark, gazetteer)
            shown.append(resolution.confidence)
            right.append(was_right)
            wrong += resolution.status == "resolved" and not was_right
            asked += resolution.status == "review"
    places = sum(len(document.places) for document in documents)
    bins = tuple(_bins(np.array(shown), np.array(right)))
    error = sum(abs(mean - share) * count for _, mean, share, count in bins) / len(shown)
    return Calibration(len(shown), places, bins, error, wrong / places, asked / places)


def _bins(
    shown: npt.NDArray[np.float64], right: npt.NDArray[np.bool_]
) -> Iterator[tuple[float, float, float, int]]:
    """Ten bins of equal width; empty ones are left out."""
    for low in np.arange(10) / 10:
        inside = (shown >= low) & ((shown < low + 0.1) | (low == 0.9))
        if inside.any():
            yield float(low), float(shown[inside].mean()), float(right[inside].mean()), int(inside.sum())


def mark_at(document: Document, start: int, end: int) -> Mark | None:
    """The marked place that a stretch touches."""
    return next((mark for mark in document.places if mark.start < end and start < mark.end), None)


def is_right(found: Place, mark: Mark, gazetteer: Gazetteer) -> bool:
    """Whether a reading is the marked place, or so close to it that a map tells the same."""
    if mark.label == found.place_id:
        return True
    marked = marked_place(mark, gazetteer)
    reach = TOWN_KM if found.kind in SETTLEMENTS and marked.kind in (*SETTLEMENTS, "") else AREA_KM
    return km_between(found, marked) <= reach


if __name__ == "__main__":
    raise SystemExit(main())
