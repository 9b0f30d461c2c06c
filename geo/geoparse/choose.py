"""Of overlapping spans, the set that does not overlap and weighs most (weighted interval scheduling)."""

from bisect import bisect_right
from collections.abc import Sequence

from geo.geoparse.accept import Verdict

# What a verdict must exceed to count, and what each further word adds: longer names win.
THRESHOLD = 0.33
WORD_BONUS = 0.15


def choose(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The chosen verdicts in text order."""
    accepted = sorted(
        (v for v in verdicts if v.strength > THRESHOLD), key=lambda v: (v.span.last, v.span.first)
    )
    ends = [v.span.last for v in accepted]
    totals, takes = [0.0], [False]
    for index, verdict in enumerate(accepted):
        free = bisect_right(ends, verdict.span.first, 0, index)
        taken = totals[free] + _weight(verdict)
        takes.append(taken > totals[-1])
        totals.append(max(taken, totals[-1]))
    return _walk_back(accepted, ends, takes)


def _weight(verdict: Verdict) -> float:
    # Times the length, so that "South Caucasus" outweighs "South" and "Caucasus" together.
    length = verdict.span.last - verdict.span.first
    return (verdict.strength - THRESHOLD) * length * (1 + WORD_BONUS * (length - 1))


def _walk_back(accepted: Sequence[Verdict], ends: Sequence[int], takes: Sequence[bool]) -> list[Verdict]:
    chosen = []
    index = len(accepted)
    while index > 0:
        if takes[index]:
            verdict = accepted[index - 1]
            chosen.append(verdict)
            index = bisect_right(ends, verdict.span.first, 0, index - 1)
        else:
            index -= 1
    return chosen[::-1]
