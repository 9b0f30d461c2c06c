"""Finds the names that are a letter or two away from what was written.

An edit inserts, deletes or replaces one letter of the name's key or swaps two neighbours; similarity
is 1 minus the edits as a share of the longer key.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from typing import Any, NamedTuple

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from geo.gazetteer.blocks import SEVERAL, Block, country_number, step_prior
from geo.gazetteer.letters import letter_rows, most_bits, signature, unpacked
from geo.gazetteer.nearness import MOST_GAIN, with_nearness
from geo.gazetteer.rows import likeliest_first
from geo.model import Candidate

MOST_EDITS, SHORT_NAME = 2, 4
"""Two edits at most, one in names of up to four letters: two would turn them into any other."""
SHORTEST = 2
PER_EDIT = -2.5
"""What an edit costs: a place must be about thirty times likelier to be meant all the same."""
PER_STRANGE_LETTER = -2.3
"""A letter that the name does not have costs more: it could have been any, so it tells less than a swap or a gap."""
MACHINE_SPELLING = -1.5
"""Nobody misspells a code (GYD) or a romanisation by machine (gwry), which stand among GeoNames' names."""
PER_UNWRITTEN = -0.25
ROUNDING = 0.001
"""Scores are rounded, so the highest that one can be needs this much room."""

Rows = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
_BLOCK = """SELECT width, length, keys, signatures, countries, priors FROM key_blocks
    WHERE length = ? ORDER BY width"""


class SimilarKey(NamedTuple):
    """A key of the gazetteer near the one asked for, and the highest score that its places can have."""

    key: str
    terms: Mapping[str, float]
    highest: float


def similar_keys(rows: Rows, key: str, *, country: str | None = None) -> list[SimilarKey]:
    """Every key that is one or two edits away, the most promising first; none for a key without letters."""
    if not any(letter.isalpha() for letter in key):
        return []
    number = country_number(country or "")
    found = [similar for block in _blocks(rows, key) for similar in _in_block(block, key, number)]
    return sorted(found, key=lambda s: (-s.highest, s.key))


def best_similar(
    keys: Iterable[SimilarKey],
    candidates: Callable[[str], Iterable[Candidate]],
    *,
    country: str | None,
    near: tuple[float, float] | None,
    limit: int,
) -> list[Candidate]:
    """The best places under those keys, each once; keys must come with the most promising first."""
    found: dict[str, Candidate] = {}
    for similar in keys:
        highest = similar.highest + (0.0 if near is None else MOST_GAIN)
        if _settled(found, limit, highest):
            break
        within = [c for c in candidates(similar.key) if country in (None, c.place.admin0)]
        for candidate in with_nearness([_with_similarity(c, similar) for c in within], near):
            known = found.get(candidate.place.place_id)
            if known is None or candidate.score > known.score:
                found[candidate.place.place_id] = candidate
    return sorted(found.values(), key=likeliest_first)[:limit]


def continued(candidate: Candidate, written: str, whole: str) -> Candidate:
    """The candidate with what it loses because only the beginning of its key was written."""
    terms = {
        "similarity": round(len(written) / len(whole), 4),
        "unwritten": PER_EDIT + PER_UNWRITTEN * (len(whole) - len(written)),
    }
    return _with_terms(candidate, terms)


def most_edits(written: int, listed: int) -> int:
    """How many edits may lie between keys of two lengths."""
    if min(written, listed) < SHORTEST:
        return 0
    return 1 if min(written, listed) <= SHORT_NAME else MOST_EDITS


def is_machine_spelling(name: str) -> bool:
    """Whether it is a code in capitals or a romanisation without any."""
    return name.isascii() and (name.islower() or (name.isupper() and len(name) <= SHORT_NAME))


def _blocks(rows: Rows, key: str) -> Iterator[Block]:
    """The blocks that can hold a similar key, one at a time: together they take a few megabytes."""
    for length in range(max(len(key) - MOST_EDITS, SHORTEST), len(key) + MOST_EDITS + 1):
        if abs(length - len(key)) <= most_edits(len(key), length):
            yield from (Block(*row) for row in rows(_BLOCK, (length,)))


def _in_block(block: Block, key: str, country: int) -> Iterator[SimilarKey]:
    allowed = most_edits(len(key), block.length)
    listed = np.frombuffer(block.signatures, "<u8")
    bits = most_bits(allowed, abs(block.length - len(key)))
    near_enough = np.bitwise_count(listed ^ signature(key)) <= bits
    if country != SEVERAL:
        countries = np.frombuffer(block.countries, "<u2")
        near_enough &= (countries == country) | (countries == SEVERAL)
    kept = np.flatnonzero(near_enough)
    if not len(kept):
        return
    letters = letter_rows(block.keys, block.width, block.length)[kept]
    texts = unpacked(letters.tobytes(), block.width, block.length)
    for text, edits, place in process.extract_iter(
        key, texts, scorer=DamerauLevenshtein.distance, processor=None, score_cutoff=allowed
    ):
        if edits:
            prior = step_prior(block.priors[kept[place]])
            yield _similar_key(key, text, int(edits), prior)


def _similar_key(written: str, listed: str, edits: int, prior: float) -> SimilarKey:
    terms = {
        "similarity": round(1 - edits / max(len(written), len(listed)), 4),
        "edits": PER_EDIT * edits + PER_STRANGE_LETTER * _strange_letters(written, listed),
    }
    return SimilarKey(listed, terms, prior + sum(terms.values()) + ROUNDING)


def _strange_letters(written: str, listed: str) -> int:
    """How many of the written letters the listed name does not have."""
    rest = listed
    for letter in written:
        rest = rest.replace(letter, "", 1)
    return len(written) - len(listed) + len(rest)


def _settled(found: dict[str, Candidate], limit: int, highest: float) -> bool:
    """Whether no place still to come can be among the best."""
    if len(found) < limit:
        return False
    scores = nlargest(limit, (c.score for c in found.values()))
    return not scores or scores[-1] > highest


def _with_similarity(candidate: Candidate, similar: SimilarKey) -> Candidate:
    terms = dict(similar.terms)
    if is_machine_spelling(candidate.matched_name):
        terms["machine_spelling"] = MACHINE_SPELLING
    return _with_terms(candidate, terms)


def _with_terms(candidate: Candidate, terms: Mapping[str, float]) -> Candidate:
    return replace(
        candidate,
        score=round(candidate.score + sum(terms.values()), 4),
        terms={**candidate.terms, **terms},
    )
