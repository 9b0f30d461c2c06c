"""Event drafts of a report: proposed from its sentences, completed by a person, turned into rows."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from geo.drafting.draft import draft_events, evidence_of
from geo.drafting.identity import Identity
from geo.drafting.model import Draft, Drafted, Evidence, When
from geo.drafting.sentences import paragraphs, sentences
from geo.drafting.where import TOO_LARGE
from geo.model import Resolution
from geo.workflows.byhand import hand_precision, hand_spot, stored_id
from geo.workflows.desk import Desk
from geo.workflows.reporting import (
    NOT_A_PLACE,
    NamedPlace,
    chosen_place,
    name_id,
    precision_of,
)

NO_EVENT = "no word for an event was found beside it"
_BARE = 0.25
"""Factor of the confidence of a place whose sentence names no event."""


def drafted(
    desk: Desk,
    text: str,
    places: Sequence[NamedPlace],
    choices: Mapping[str, str],
    *,
    report_day: date | None = None,
) -> Drafted:
    """The events that a report seems to tell of, at the places that were found or chosen.

    ``choices`` maps a name's key (see :func:`geo.workflows.reporting.name_id`) to a place_id or to
    :data:`geo.workflows.reporting.NOT_A_PLACE`; ``report_day`` is the day of the report where it is known.
    """
    settled = [resolution for named in places for resolution in settled_resolutions(desk, named, choices)]
    return draft_events(text, settled, report_day=report_day, actors=desk.actor_names)


def bare_places(
    desk: Desk, text: str, places: Sequence[NamedPlace], choices: Mapping[str, str], made: Sequence[Draft]
) -> list[Draft]:
    """A draft without type and day for each settled place that no other draft uses; a country says too little."""
    used = {draft.place.place_id for draft in made}
    found: dict[str, Resolution] = {}
    for named in places:
        for resolution in settled_resolutions(desk, named, choices)[:1]:
            place = resolution.place
            if place is not None and place.kind not in TOO_LARGE and place.place_id not in used:
                found.setdefault(place.place_id, resolution)
    identity = Identity(text)
    resolutions = sorted(found.values(), key=lambda resolution: resolution.mention.start)
    evidence = _evidence_at(text, [resolution.mention.start for resolution in resolutions])
    return [_bare(identity, *pair) for pair in zip(resolutions, evidence, strict=True)]


def settled_resolutions(desk: Desk, named: NamedPlace, choices: Mapping[str, str]) -> list[Resolution]:
    """The mentions of a name with the place that a person chose; none where it is no place."""
    if choices.get(name_id(named)) == NOT_A_PLACE:
        return []
    place = chosen_place(desk, named, choices)
    if place is None or place == named.first.place:
        return list(named.resolutions)
    spot = hand_spot(choices.get(name_id(named), ""))
    precision = hand_precision(spot) if spot else precision_of(named, place)
    return [
        replace(
            resolution,
            status="resolved",
            place=place,
            method="chosen",
            confidence=1.0,
            geo_precision=max(precision, resolution.geo_precision) if precision < 3 else precision,
            spot=spot,
        )
        for resolution in named.resolutions
    ]


def event_row(draft: Draft, edited: Mapping[str, Any]) -> dict[str, Any]:
    """The event that a draft becomes; ``edited`` holds what the person sees and may have changed.

    Keys of ``edited``: ``day``, ``event_type``, ``fatalities_low``, ``fatalities_high``, ``description``,
    ``confidence``; ``actor1`` and ``actor2`` if they may be changed. A changed day is a day: the draft's span and precision hold only for the day proposed.
    """
    day: date = edited["day"]
    as_proposed = day == draft.when.first
    lon, lat = _position(draft.resolution)
    return {
        "event_id": draft.event_id,
        "event_date": day.isoformat(),
        "date_end": draft.when.last.isoformat() if as_proposed and draft.when.last else None,
        "time_precision": draft.when.precision if as_proposed else 1,
        "event_type": edited["event_type"],
        "actor1": edited.get("actor1", draft.actors_in("by")),
        "actor2": edited.get("actor2", draft.actors_in("with")),
        "fatalities_low": edited["fatalities_low"],
        "fatalities_high": edited["fatalities_high"],
        "toponym": draft.resolution.mention.name,
        "place_id": stored_id(draft.place),
        "lat": lat,
        "lon": lon,
        "geo_precision": draft.resolution.geo_precision,
        "description": edited["description"] or "",
        "confidence": edited["confidence"],
    }


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft as the command line prints it; an open end of a number is null, never 0."""
    when, deaths, injuries = draft.when, draft.deaths, draft.injuries
    lon, lat = _position(draft.resolution)
    return {
        "event_id": draft.event_id,
        "event_date": when.first.isoformat() if when.first else None,
        "date_end": when.last.isoformat() if when.last else None,
        "time_precision": when.precision,
        "event_type": draft.event_type,
        "toponym": draft.resolution.mention.name,
        "place_id": draft.place.place_id,
        "lat": lat,
        "lon": lon,
        "geo_precision": draft.resolution.geo_precision,
        "fatalities_low": deaths.low if deaths else None,
        "fatalities_high": deaths.high if deaths else None,
        "injuries_low": injuries.low if injuries else None,
        "injuries_high": injuries.high if injuries else None,
        "actors": [{"name": actor.name, "role": actor.role} for actor in draft.actors],
        "notes": list(draft.notes),
        "question": " ".join(draft.questions),
        "confidence": draft.confidence,
        "evidence": draft.evidence[0].text,
        "sentences": [{"start": e.start, "end": e.end, "text": e.text} for e in draft.evidence],
    }


def passed_json(found: Drafted) -> list[dict[str, Any]]:
    """The sentences with a word for an event of which no draft was made, each with the reason."""
    return [
        {
            "start": p.evidence.start,
            "end": p.evidence.end,
            "word": p.word,
            "reason": p.reason,
            "text": p.evidence.text,
        }
        for p in found.passed
    ]


def _position(resolution: Resolution) -> tuple[float | None, float | None]:
    """Where to pin an event (lon, lat): beside the place where the text says so, nowhere for a region."""
    where = resolution.spot or resolution.place
    if where is None or (resolution.geo_precision == 3 and resolution.spot is None):
        return None, None
    return where.lon, where.lat


def _evidence_at(text: str, positions: Sequence[int]) -> list[Evidence]:
    """The sentence at each of some rising positions."""
    every = list(sentences(text, paragraphs(text)))
    ends = [sentence.end for sentence in every]
    return [evidence_of(every[min(bisect_right(ends, position), len(every) - 1)]) for position in positions]


def _bare(identity: Identity, resolution: Resolution, evidence: Evidence) -> Draft:
    assert resolution.place is not None  # noqa: S101 - only settled places come here
    return Draft(
        event_id=identity.event_id(resolution.mention.start),
        event_type=None,
        when=When(None, None, 1, question="No day is named: when did it happen?"),
        place=resolution.place,
        resolution=resolution,
        deaths=None,
        injuries=None,
        actors=(),
        evidence=(evidence,),
        notes=(NO_EVENT,),
        confidence=round(_BARE * resolution.confidence, 2),
    )
