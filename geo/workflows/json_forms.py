"""Decisions as the JSON that the command line prints; keys are a contract and only grow."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from geo.model import Candidate, ImportReport, Place, Question, Resolution

if TYPE_CHECKING:  # a stream of reports needs neither the store nor the readers of tables
    from geo.geocode.online import Suggestion
    from geo.ingest.cases import Case
    from geo.store.base import Entry

LANGUAGES = ("az", "hy", "ru", "en")


def place_json(place: Place) -> dict[str, Any]:
    """A place of the gazetteer; ``names`` by language."""
    return {
        "place_id": place.place_id,
        "name": place.name,
        "names": {**{language: [] for language in LANGUAGES}, **{k: list(v) for k, v in place.names.items()}},
        "lat": place.lat,
        "lon": place.lon,
        "kind": place.kind,
        "admin0": place.admin0,
        "admin1": place.admin1,
        "population": place.population,
        "area": place.area,
        "source": place.source,
    }


def candidate_json(candidate: Candidate, place: Place) -> dict[str, Any]:
    """A candidate with its full place and why it stands where it stands."""
    return place_json(place) | {
        "score": round(candidate.score, 3),
        "matched_name": candidate.matched_name,
        "terms": dict(candidate.terms),
    }


def suggestion_json(suggestion: "Suggestion", service: str) -> dict[str, Any]:
    """What an online service offers for a name, with the keys of a candidate; null where only the gazetteer knows."""
    return {
        "place_id": None,
        "name": suggestion.name,
        "names": {language: [] for language in LANGUAGES},
        "lat": suggestion.lat,
        "lon": suggestion.lon,
        "kind": suggestion.kind,
        "admin0": suggestion.admin0,
        "admin1": "",
        "population": None,
        "area": "",
        "source": suggestion.credit,
        "score": None,
        "matched_name": suggestion.name,
        "terms": {},
        "method": "online",
        "service": service,
        "doubts": list(suggestion.doubts),
    }


def toponym_json(resolution: Resolution) -> dict[str, Any]:
    """One mention; offsets are Unicode code points. A region has its ``area`` and no pin of its own.

    ``lat`` and ``lon`` are where to look. They are ``approximate``, with a ``radius_km`` where one can be told, when the
    text does not speak of the place itself or the name is open: then they are the best reading's, and ``status`` says so.
    """
    place, spot = resolution.place, resolution.spot
    where = spot or resolution.best
    return {
        "start": resolution.mention.start,
        "end": resolution.mention.end,
        "name": resolution.mention.name,
        "status": resolution.status,
        "place_id": place.place_id if place else None,
        "lat": where.lat if where else None,
        "lon": where.lon if where else None,
        "approximate": spot is not None or place is None,
        "radius_km": spot.radius_km if spot else None,
        "where": spot.why if spot else "",
        "kind": place.kind if place else None,
        "admin0": place.admin0 if place else None,
        "area": place.area if place else None,
        "geo_precision": resolution.geo_precision,
        "confidence": resolution.confidence,
        "method": resolution.method,
        "alternatives": [
            {
                "place_id": c.place.place_id,
                "name": c.place.name,
                "lat": c.place.lat,
                "lon": c.place.lon,
                "score": round(c.score, 3),
            }
            for c in resolution.alternatives
        ],
    }


def import_json(report: ImportReport) -> dict[str, Any]:
    """The ledger of an import."""
    return {**asdict(report), "mapping": dict(report.mapping)}


def question_json(question: Question) -> dict[str, Any]:
    """An open question with the answers that it offers."""
    return asdict(question)


def case_json(case: "Case") -> dict[str, Any]:
    """A name that waits for a person: in how many rows, what it may mean, and the key of the answer."""
    return {
        "key": case.key,
        "name": case.name,
        "country": case.country,
        "rows": case.rows,
        "line": case.line,
        "alternatives": [
            {"place_id": c.place.place_id, "name": c.place.name, "lat": c.place.lat, "lon": c.place.lon}
            for c in case.alternatives
        ],
    }


def entry_json(entry: "Entry") -> dict[str, Any]:
    """One line of the history."""
    counts: Mapping[str, int] = entry.counts
    return {**asdict(entry), "counts": dict(counts)}
