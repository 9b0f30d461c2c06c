"""Reports from files: one JSON object a document, streamed where there are many."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from geo.errors import InputRefused
from geo.geoparse.dates import report_days
from geo.geoparse.parse import parse, parse_text
from geo.workflows.desk import Desk
from geo.workflows.json_forms import toponym_json
from geo.workflows.reporting import drafts, named_places, report_text


def parsed_document(
    desk: Desk, path: Path, *, context: Sequence[str] = (), report_date: date | None = None
) -> dict[str, Any]:
    """The toponyms, days and event drafts of one report file.

    Raises
    ------
    InputRefused
        The file cannot be read as text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error
    text = report_text(content, name=path.name)
    parsed = parse_text(text, desk.gazetteer, context=context)
    proposals = drafts(desk, text, named_places(parsed), {})
    return {
        "doc_id": path.name,
        "toponyms": [toponym_json(resolution) for resolution in parsed.resolutions],
        "days": [day.isoformat() for day in report_days(text)],
        "events": [
            {
                "event_id": draft.event_id,
                "event_date": day.isoformat() if (day := draft.event_date or report_date) else None,
                "toponym": draft.name,
                "place_id": draft.place.place_id,
                "geo_precision": draft.geo_precision,
                "evidence": draft.evidence,
            }
            for draft in proposals
        ],
        "notices": [notice.sentence for notice in parsed.notices],
    }


def parsed_lines(
    desk: Desk, path: Path, *, given: bool = False, context: Sequence[str] = ()
) -> Iterator[dict[str, Any]]:
    """The toponyms of each document of a JSON Lines file, one after the other.

    Raises
    ------
    InputRefused
        The file cannot be read, or a line is not a document; the message names it.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise _unreadable(path, error) from error
    with file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield _parsed_line(desk, line, f"{path.name}, line {number}", given=given, context=context)


def _unreadable(path: Path, error: OSError) -> InputRefused:
    return InputRefused(f"{path} cannot be read ({error.strerror}): check the name.", code="unreadable")


def _parsed_line(
    desk: Desk, line: bytes, where: str, *, given: bool, context: Sequence[str]
) -> dict[str, Any]:
    try:
        document = json.loads(line)
        doc_id, text = document["doc_id"], document["text"]
        if not isinstance(text, str):
            raise TypeError("its text is no string")
        spans = [(int(t["start"]), int(t["end"])) for t in document["toponyms"]] if given else None
    except (ValueError, KeyError, TypeError) as error:
        raise InputRefused(
            f"{where} is not a document with doc_id and text ({error}).", code="bad_document"
        ) from error
    found = parse(text, desk.gazetteer, context=context, given=spans)
    return {"doc_id": doc_id, "toponyms": [toponym_json(resolution) for resolution in found]}
