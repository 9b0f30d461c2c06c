"""Reports from files: one JSON object a document."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from geo.documents.read import read_document
from geo.drafting.days import report_days
from geo.drafting.identity import text_digest
from geo.errors import InputRefused
from geo.workflows.desk import Desk
from geo.workflows.drafting import draft_json, drafted, passed_json
from geo.workflows.json_forms import toponym_json
from geo.workflows.jsonlines import unreadable
from geo.workflows.reporting import named_places, parse_report


def parsed_documents(
    desk: Desk, paths: Sequence[Path], *, context: Sequence[str] = (), report_date: date | None = None
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """The documents that could be read, and the files that could not, each with its error.

    Raises
    ------
    InputRefused
        None of several could be read, or the only one.
    """
    read: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    for path in paths:
        try:
            read.append(parsed_document(desk, path, context=context, report_date=report_date))
        except InputRefused as error:
            if len(refused) + 1 == len(paths):
                raise
            refused.append({"file": path.name, "code": error.code, "error": str(error)})
    return read, refused


def parsed_document(
    desk: Desk, path: Path, *, context: Sequence[str] = (), report_date: date | None = None
) -> dict[str, Any]:
    """The toponyms, days and event drafts of one report file; offsets count in ``text`` where the file is no text.

    Raises
    ------
    InputRefused
        The file cannot be read as text.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error
    report = read_document(content, path.name)
    text = report.text
    parsed = parse_report(desk, text, context=context)
    day = report_date or (date.fromisoformat(report.published) if report.published else None)
    found = drafted(desk, text, named_places(parsed), {}, report_day=day)
    return {
        "doc_id": path.name,
        "kind": report.kind,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "url": report.url,
        "sha256": text_digest(text),
        "text": text if report.kind != "text" else None,
        "notes": [{"code": note.code, "text": note.text, "weight": note.weight} for note in report.notes],
        "toponyms": [toponym_json(resolution) for resolution in parsed.resolutions],
        "days": [day.isoformat() for day in report_days(text)],
        "events": [draft_json(draft) for draft in found.drafts],
        "passed": passed_json(found),
        "notices": [*(notice.sentence for notice in parsed.notices), *found.notices],
    }
