"""A report as the desk in the browser gets it: its mentions, what each may mean and why, all as JSON."""

import json
from collections.abc import Iterable
from typing import Any

from geo.geoparse.parse import ParsedText
from geo.model import Candidate, Place, Resolution
from geo.vocab import POINT_KINDS
from geo.workflows.desk import Desk
from geo.workflows.reasons import method_words, term_words

_UNIT_WORDS = {"admin1": "province", "admin2": "district"}


def report_view(desk: Desk, parsed: ParsedText) -> dict[str, Any]:
    """Marks in the order of the text; readings, places and words once each, whatever the number of marks.

    Offsets count code points. A mark's ``reading`` is the number of its list of candidates.
    """
    readings: dict[str, int] = {}
    marks = [_mark(resolution, readings) for resolution in parsed.resolutions]
    candidates = [c for r in parsed.resolutions for c in r.alternatives]
    chosen = [r.place for r in parsed.resolutions if r.place is not None]
    codes = {code for c in candidates for code in c.terms}
    return {
        "marks": marks,
        "readings": [json.loads(text) for text in readings],
        "places": _places(desk, (*(c.place for c in candidates), *chosen)),
        "terms": {code: term_words(code) for code in sorted(codes)},
        "methods": {
            method: method_words(method) for method in sorted({r.method for r in parsed.resolutions})
        },
    }


def place_view(desk: Desk, place: Place) -> dict[str, Any]:
    """A place as lists and maps of the desk show it."""
    where = ", ".join(filter(None, (place.admin1, place.admin0)))
    return {
        "id": place.place_id,
        "name": place.name,
        "kind": _UNIT_WORDS.get(place.kind, place.kind),
        "where": where,
        "lon": round(place.lon, 4),
        "lat": round(place.lat, 4),
        "point": place.kind in POINT_KINDS and place.place_id not in desk.areas,
        "shape": place.place_id in desk.areas,
    }


def _mark(resolution: Resolution, readings: dict[str, int]) -> dict[str, Any]:
    reading = json.dumps([_candidate(c) for c in resolution.alternatives])
    spot = resolution.spot
    return {
        "start": resolution.mention.start,
        "end": resolution.mention.end,
        "name": resolution.mention.name,
        "group": resolution.mention.name.casefold(),
        "status": resolution.status,
        "place": resolution.place.place_id if resolution.place else "",
        "method": resolution.method,
        "confidence": resolution.confidence,
        "precision": resolution.geo_precision,
        "reading": readings.setdefault(reading, len(readings)),
        "spot": {"lon": spot.lon, "lat": spot.lat, "km": spot.radius_km, "why": spot.why} if spot else None,
    }


def _candidate(candidate: Candidate) -> dict[str, Any]:
    return {
        "place": candidate.place.place_id,
        "terms": dict(candidate.terms),
        "score": round(candidate.score, 2),
    }


def _places(desk: Desk, places: Iterable[Place]) -> dict[str, dict[str, Any]]:
    return {place.place_id: place_view(desk, place) for place in places}
