"""Drafts that tell of the same event become one, with all their sentences."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from geo.drafting.counts import DEATHS, INJURIES, Casualties, joined
from geo.drafting.model import Draft, Evidence, Tally

MOST_SENTENCES_KEPT = 20
_Key = tuple[str | None, date | None, date | None, str, str]


def merged(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft for each type, day and place, in the order of the first; numbers are held against each other."""
    groups: dict[_Key, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(_key(draft), []).append(draft)
    return [_one(group) for group in groups.values()]


def _key(draft: Draft) -> _Key:
    open_words = draft.when.words.lower() if draft.when.first is None else ""
    return draft.event_type, draft.when.first, draft.when.last, open_words, draft.place.place_id


def _one(group: Sequence[Draft]) -> Draft:
    first = group[0]
    if len(group) == 1:
        return first
    evidence = tuple({draft.evidence[0].start: draft.evidence[0] for draft in group}.values())
    deaths, death_notes = _joined_tallies([draft.deaths for draft in group], DEATHS)
    injuries, injury_notes = _joined_tallies([draft.injuries for draft in group], INJURIES)
    notes = [note for draft in group[:MOST_SENTENCES_KEPT] for note in draft.notes]
    notes += [*death_notes, *injury_notes, *_too_many(evidence)]
    return replace(
        first,
        deaths=deaths,
        injuries=injuries,
        actors=tuple(dict.fromkeys(actor for draft in group[:MOST_SENTENCES_KEPT] for actor in draft.actors)),
        evidence=evidence[:MOST_SENTENCES_KEPT],
        notes=tuple(dict.fromkeys(notes)),
        confidence=max(draft.confidence for draft in group),
    )


def _joined_tallies(tallies: Sequence[Tally | None], kind: str) -> tuple[Tally | None, tuple[str, ...]]:
    return joined([Casualties(kind, tally, 0) for tally in tallies if tally is not None], kind)


def _too_many(evidence: Sequence[Evidence]) -> list[str]:
    if len(evidence) <= MOST_SENTENCES_KEPT:
        return []
    return [f"{len(evidence):,} sentences tell of it; the first {MOST_SENTENCES_KEPT} are kept"]
