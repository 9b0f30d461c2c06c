"""Many reports as JSON Lines, one answer a line; imports little, so that the first answer comes at once."""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geo.errors import InputRefused
from geo.gazetteer.lookup import Gazetteer
from geo.geoparse.parse import parse_text
from geo.geoparse.suggest import Suggester
from geo.workflows.json_forms import toponym_json

STANDARD_INPUT = Path("-")


def parsed_lines(
    gazetteer: Gazetteer,
    lines: Iterable[bytes],
    *,
    name: str,
    given: bool = False,
    context: Sequence[str] = (),
    suggest: Suggester | None = None,
) -> Iterator[dict[str, Any]]:
    """The toponyms of each document, one after the other; ``name`` is said of what the lines come from.

    ``given`` resolves exactly the toponyms that a document names; ``suggest`` proposes further names. A line that
    is no document gives its ``line`` and ``error`` instead, and the others are read.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            doc_id, text, spans = _document(line, given=given)
            found = parse_text(text, gazetteer, context=context, given=spans, suggest=suggest)
        except InputRefused as error:
            yield {"line": number, "error": f"{name}, line {number}: {error}", "code": error.code}
            continue
        yield {
            "doc_id": doc_id,
            "toponyms": [toponym_json(resolution) for resolution in found.resolutions],
            "notices": [notice.sentence for notice in found.notices],
        }


@contextmanager
def opened_lines(path: Path) -> Iterator[tuple[Iterable[bytes], str]]:
    """The lines of a file, or of standard input for ``-``, and what to call them.

    Raises
    ------
    InputRefused
        The file cannot be read.
    """
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer, "standard input"
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise unreadable(path, error) from error
    with file:
        yield file, path.name


def unreadable(path: Path, error: OSError) -> InputRefused:
    """The refusal of a file that cannot be opened."""
    return InputRefused(f"{path} cannot be read ({error.strerror}): check the name.", code="unreadable")


def _document(line: bytes, *, given: bool) -> tuple[Any, str, list[tuple[int, int]] | None]:
    """The id, the text and, where they are wanted, the spans of the toponyms of a line."""
    try:
        document = json.loads(line)
    except ValueError as error:
        raise InputRefused(f"it is not JSON ({error}).", code="bad_document") from error
    if (
        not isinstance(document, dict)
        or "doc_id" not in document
        or not isinstance(document.get("text"), str)
    ):
        raise InputRefused("it is not an object with doc_id and a text.", code="bad_document")
    return document["doc_id"], document["text"], _spans(document.get("toponyms")) if given else None


def _spans(toponyms: Any) -> list[tuple[int, int]]:
    spans = []
    for toponym in toponyms if isinstance(toponyms, list) else [None]:
        start, end = (toponym.get("start"), toponym.get("end")) if isinstance(toponym, dict) else (None, None)
        if type(start) is not int or type(end) is not int:  # true and 1.5 are no positions
            raise InputRefused(
                "--given needs toponyms as a list of objects with start and end as whole numbers.",
                code="span",
            )
        spans.append((start, end))
    return spans
