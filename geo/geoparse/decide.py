"""From ranked readings to a decision: resolved, left to a person, or unknown; and how sure that is."""

import json
import math
from collections.abc import Sequence
from functools import cache
from importlib import resources

from geo.gazetteer.prior import PRIOR_TERMS, SETTLEMENTS
from geo.geoparse import weights
from geo.geoparse.resolve import km_between
from geo.geoparse.sought import Sought
from geo.model import Candidate, Place, Resolution

MOST_ALTERNATIVES = 5
_SUREST, _WIDEST = 0.99, 5.0
Numbers = tuple[float, ...]
EVIDENCE = ("belief", "lead", "readings", "country", "prior", "context")
"""What :func:`evidence` tells of a mention.

The log odds that it is a place; the lead of the best reading over the next elsewhere; how many readings there are (their
logarithm); whether the best is a country; and the two halves of its score, without and with the text around.
"""


def decided(item: Sought) -> Resolution:
    """The status of one mention."""
    ranked = item.named.ranked
    alternatives = tuple(ranked[:MOST_ALTERNATIVES])
    if not ranked:
        return Resolution(item.mention, "not_found", None, item.method, 0.0, 3)
    best = ranked[0]
    confidence = confidence_of(evidence(item))
    precision = geo_precision(best.place, is_near=item.is_near)
    if item.named.wants_area and best.place.kind in SETTLEMENTS:
        # Only its town is known; a district drawn as a pin on its capital would be wrong.
        return Resolution(
            item.mention, "review", None, "area of a town", min(confidence, 0.5), 3, alternatives
        )
    if margin_of(ranked) < weights.REVIEW_MARGIN:
        return Resolution(
            item.mention, "review", None, "several readings", confidence, precision, alternatives
        )
    if confidence < weights.REVIEW_CONFIDENCE:
        return Resolution(item.mention, "review", None, "doubtful", confidence, precision, alternatives)
    return Resolution(item.mention, "resolved", best.place, item.method, confidence, precision, alternatives)


def evidence(item: Sought) -> Numbers:
    """What the confidence is told from, in the order of :data:`EVIDENCE`."""
    belief = min(max(item.belief, 1 - _SUREST), _SUREST)
    ranked = item.named.ranked
    terms = ranked[0].terms
    prior = sum(value for name, value in terms.items() if name in PRIOR_TERMS)
    context = sum(value for name, value in terms.items() if name not in PRIOR_TERMS)
    return (
        math.log(belief / (1 - belief)),
        min(margin_of(ranked), _WIDEST),
        math.log(len(ranked)),
        float(ranked[0].place.kind == "country"),
        min(prior, _WIDEST),
        min(context, _WIDEST),
    )


def confidence_of(numbers: Numbers) -> float:
    """How often such a reading is right, from 0 to 1.

    A logistic curve (Platt 1999) over :func:`evidence`, fitted by ``training/calibrate.py`` on documents that the scorer had not
    seen. With it, of the mentions shown with 0.9 nine in ten are right.
    """
    start, slopes = _curve()
    log_odds = start + sum(slope * number for slope, number in zip(slopes, numbers, strict=True))
    return round(1 / (1 + math.exp(-log_odds)), 2)


@cache
def _curve() -> tuple[float, Numbers]:
    text = (resources.files("geo.geoparse") / "confidence.json").read_text(encoding="utf-8")
    curve = json.loads(text)
    return curve["start"], tuple(curve[name] for name in EVIDENCE)


def geo_precision(place: Place, *, is_near: bool = False) -> int:
    """ACLED's code of an event there: 1 town, 2 near a town, 3 an area."""
    if place.kind in (*SETTLEMENTS, "site"):
        return 2 if is_near else 1
    return 3


def margin_of(ranked: Sequence[Candidate]) -> float:
    """How far the best reading leads over the next that would put the mark somewhere else."""
    best = ranked[0]
    rivals = [c for c in ranked[1:] if not _same_spot(best.place, c.place)]
    if rivals:
        return best.score - rivals[0].score
    return weights.ALONE_MARGIN + max(-1.0, min(best.score, 2.0))


def _same_spot(a: Place, b: Place) -> bool:
    """Whether the second is so close, or so much the first one's own unit, that both tell the same story."""
    if a.kind in SETTLEMENTS and b.kind in SETTLEMENTS:
        return km_between(a, b) < weights.SAME_SPOT_KM
    inside = a.admin0 == b.admin0 and a.admin1 == b.admin1 and a.admin1 != ""
    return inside and {a.kind, b.kind} & {"admin1"} != set()
