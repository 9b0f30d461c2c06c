"""What the recogniser learns from: every span that could be a name, its numbers, and whether it is a place."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from geo.geoparse.accept import Verdict, judge
from geo.geoparse.features import features_of
from geo.geoparse.lexicon import Lexicon
from geo.geoparse.objections import A_PERSON
from geo.geoparse.recognise import spans_around
from geo.geoparse.surroundings import Around
from training.corpus import Document


@dataclass(frozen=True, slots=True)
class Gold:
    """A text and the stretches of it that are places; ``is_partial`` when not all places are marked."""

    text: str
    places: tuple[tuple[int, int], ...]
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class Examples:
    """Rows of features, whether each is a place, and how much it counts."""

    rows: npt.NDArray[np.float64]
    is_place: npt.NDArray[np.bool_]
    weight: npt.NDArray[np.float64]


def gold_of(document: Document) -> Gold:
    """The places of one of our own documents."""
    return Gold(document.text, tuple((mark.start, mark.end) for mark in document.places))


def read_gold(path: Path) -> Iterator[Gold]:
    """The documents of a corpus file: one JSON object a line with text, toponyms and, perhaps, partial."""
    with path.open(encoding="utf-8") as handle:
        for line in handle:
            document = json.loads(line)
            places = tuple((t["start"], t["end"]) for t in document["toponyms"])
            yield Gold(document["text"], places, bool(document.get("partial")))


def examples_of(golds: Iterable[Gold], lexicon: Lexicon, *, weight: float, taught: float = 0.0) -> Examples:
    """The spans of all texts.

    Of a partly marked text only those that are marked, and, with the weight ``taught``, those that the rules reject: there
    the rules are the teacher, since nobody marked what is no place.
    """
    rows: list[tuple[float, ...]] = []
    is_place: list[bool] = []
    weights: list[float] = []
    for gold in golds:
        for around in spans_around(gold.text, lexicon)[0]:
            ruled = judge(around)
            hit = (around.first.start, around.last.end) in gold.places
            if hit or not gold.is_partial or (taught and _is_rejected(around, ruled, gold)):
                rows.append(features_of(around, ruled))
                is_place.append(hit)
                weights.append(weight if hit or not gold.is_partial else taught)
    return Examples(np.array(rows, np.float64), np.array(is_place), np.array(weights))


def _is_rejected(around: Around, ruled: Verdict, gold: Gold) -> bool:
    """Whether the rules have a reason against a span that touches no marked place; knowing nothing is none."""
    start, end = around.first.start, around.last.end
    if ruled.strength or any(start < e and s < end for s, e in gold.places):
        return False
    return around.span.kind not in ("unknown", "sound") or ruled.reason == A_PERSON


def joined(parts: Iterable[Examples]) -> Examples:
    """All rows of several sets; empty ones add nothing."""
    kept = [part for part in parts if len(part.rows)]
    return Examples(
        *(np.concatenate([getattr(part, name) for part in kept]) for name in ("rows", "is_place", "weight"))
    )
