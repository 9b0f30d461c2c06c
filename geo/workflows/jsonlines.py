"""Many reports as JSON Lines, one answer a line; imports little, so that the first answer comes at once."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geo.errors import InputRefused
from geo.gazetteer.lookup import Gazetteer
from geo.geoparse.parse import parse_text
from geo.geoparse.suggest import Suggester
from geo.workflows.json_forms import toponym_json


def parsed_lines(
    gazetteer: Gazetteer,
    path: Path,
    *,
    given: bool = False,
    context: Sequence[str] = (),
    suggest: Suggester | None = None,
) -> Iterator[dict[str, Any]]:
    """The toponyms of each document of a JSON Lines file, one after the other.

    ``given`` resolves exactly the toponyms that a document names; ``suggest`` proposes further names.

    Raises
    ------
    InputRefused
        The file cannot be read, or a line is not a document; the message names it.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with file:
        for number, line in enumerate(file, 1):
            if line.strip():
                doc_id, text, spans = _document(line, f"{path.name}, line {number}", given=given)
                found = parse_text(text, gazetteer, context=context, given=spans, suggest=suggest)
                yield {
                    "doc_id": doc_id,
                    "toponyms": [toponym_json(resolution) for resolution in found.resolutions],
                    "notices": [notice.sentence for notice in found.notices],
                }


def unreadable(path: Path, error: OSError) -> InputRefused:
    """The refusal of a file that cannot be opened."""
    return InputRefused(f"{path} cannot be read ({error.strerror}): check the name.", code="unreadable")


def _document(line: bytes, where: str, *, given: bool) -> tuple[Any, str, list[tuple[int, int]] | None]:
    """The id, the text and, where they are wanted, the spans of the toponyms of a line."""
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
    return doc_id, text, spans
