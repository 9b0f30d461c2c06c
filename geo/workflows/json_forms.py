"""Decisions as the JSON that the command line prints; keys are a contract and only grow."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from geo.ingest.cases import Case
from geo.model import Candidate, ImportReport, Place, Question, Resolution
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


def toponym_json(resolution: Resolution) -> dict[str, Any]:
    """One mention; offsets are Unicode code points. A region has its ``area`` and no pin of its own."""
    place = resolution.place
    return {
        "start": resolution.mention.start,
        "end": resolution.mention.end,
        "name": resolution.mention.name,
        "status": resolution.status,
        "place_id": place.place_id if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
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


def case_json(case: Case) -> dict[str, Any]:
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


def entry_json(entry: Entry) -> dict[str, Any]:
    """One line of the history."""
    counts: Mapping[str, int] = entry.counts
    return {**asdict(entry), "counts": dict(counts)}
