"""The text of a Word document (.docx): paragraphs and table rows in their order."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn

from geo.documents.paragraphs import joined_blocks, one_line
from geo.errors import InputRefused
from geo.ingest.reading.container import check_container, check_counted, open_container
from geo.ingest.reading.labels import shown
from geo.ingest.reading.wire import Reply, said
from geo.model import Note
from geo.settings import MAX_REPORT_CHARACTERS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

_MOST_MEMBERS = 2_000
_DAMAGED = "DOC-01"
_DECLARATION = b"<!DOCTYPE"
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_WORDS, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), frozenset([qn("w:br"), qn("w:cr")])
_INSERTED, _DELETED = qn("w:ins"), qn("w:del")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset([_FALLBACK, _DELETED, qn("w:pPr"), qn("w:rPr"), qn("w:instrText")])
"""Parts of a paragraph that are no text, or stand there a second time for older programs."""


def work(job: "Job") -> Reply:
    """In the worker: check the container, then read the document."""
    with open_container(job.path, name=job.name, damaged=_DAMAGED) as archive:
        members = archive.infolist()
        check_container(members, name=job.name, most=_MOST_MEMBERS)
        declared = check_counted(archive, members, name=job.name, damaged=_DAMAGED, mark=_DECLARATION)
    if declared:
        raise InputRefused(
            f"{shown(job.name)} has a DOCTYPE, which can make a reader fetch or multiply things: save it again.",
            code="XML-01",
        )
    try:
        document = docx.Document(str(job.path))
        body = document.element.body
        text = joined_blocks(_within_limit(_blocks(body)))
        title = one_line(document.core_properties.title or "")[:300]
    except (InputRefused, MemoryError, RecursionError):
        raise
    except Exception as error:  # a broken document makes its reader fail in ways that nobody has listed
        raise InputRefused(
            f"{shown(job.name)} is a Word document that cannot be read: save it again as .docx, or paste its text.",
            code=_DAMAGED,
        ) from error
    changed = next(body.iter(_INSERTED, _DELETED), None) is not None
    notes = [Note("DOC-02", "tracked changes were read as if they were accepted")] if changed else []
    return {"text": text, "title": title} | said(notes)


def _blocks(body: Any) -> Iterator[str]:
    """Paragraphs, and each row of a table as one; the content of controls counts as the body's own."""
    stack = [*reversed(body)]
    while stack:
        element = stack.pop()
        if element.tag == _PARAGRAPH:
            yield _text(element)
        elif element.tag == _TABLE:
            yield from (_row(row) for row in element.iter(_ROW))
        else:
            stack.extend(reversed(element))


def _row(row: Any) -> str:
    cells = [cell for cell in row.iter(_CELL) if _owner(cell) is row]
    texts = (
        one_line(" ".join(_text(each) for each in cell.iter(_PARAGRAPH) if _cell_of(each) is cell))
        for cell in cells
    )
    return " | ".join(text for text in texts if text)


def _owner(cell: Any) -> Any:
    """The row in which a cell stands; a table in a cell has rows of its own."""
    return next(cell.iterancestors(_ROW), None)


def _cell_of(paragraph: Any) -> Any:
    return next(paragraph.iterancestors(_CELL), None)


def _text(paragraph: Any) -> str:
    """The text of a paragraph, of its links, insertions and text boxes, too."""
    parts: list[str] = []
    stack = [*reversed(paragraph)]
    while stack:
        element = stack.pop()
        if element.tag == _WORDS:
            parts.append(element.text or "")
        elif element.tag == _TAB:
            parts.append(" ")
        elif element.tag in _BREAKS:
            parts.append("\n")
        elif element.tag not in _LEFT_OUT:
            stack.extend(reversed(element))
            if element.tag == _PARAGRAPH:  # of a text box
                parts.append(" ")
    return "\n".join(filter(None, (one_line(line) for line in "".join(parts).split("\n"))))


def _within_limit(blocks: Iterator[str]) -> Iterator[str]:
    size = 0
    for block in blocks:
        yield block
        size += len(block)
        if size > MAX_REPORT_CHARACTERS:
            return
