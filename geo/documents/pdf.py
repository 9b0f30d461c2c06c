"""The text of a PDF, page by page, its lines joined to paragraphs again."""

import re
import time
from typing import TYPE_CHECKING

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError

from geo.documents.paragraphs import one_line, rejoined
from geo.errors import InputRefused
from geo.ingest.reading.labels import shown
from geo.ingest.reading.wire import Reply, said
from geo.model import Note
from geo.settings import MAX_REPORT_CHARACTERS

if TYPE_CHECKING:
    from geo.ingest.reading.worker import Job

MOST_PAGES = 500
_SHARE = 0.7
"""Share of the worker's time after which no further page is begun, so that what was read is not lost."""
_FEWEST_LETTERS = 12
"""Fewer letters than this are a stamp on a picture, not a text."""
_NO_TITLE = re.compile(r"(?:microsoft word - .*|untitled.*|.*\.(?:docx?|pdf|indd|qxd))?", re.IGNORECASE)


def work(job: "Job") -> Reply:
    """In the worker: read the pages, or refuse a file that is locked, scanned or damaged."""
    try:
        reader = PdfReader(job.path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise _locked(job.name)
        count = len(reader.pages)
        pages = _pages(reader, count, seconds=_SHARE * job.limits.seconds)
        title = _title(reader)
    except (DependencyError, FileNotDecryptedError) as error:
        raise _locked(job.name) from error
    except (InputRefused, MemoryError, RecursionError):
        raise
    except Exception as error:  # a broken PDF makes its reader fail in ways that nobody has listed
        raise InputRefused(
            f"{shown(job.name)} is a PDF that cannot be read, it is damaged: save it again, or paste its text.",
            code="PDF-01",
        ) from error
    text = rejoined(pages)
    if sum(sign.isalpha() for sign in text) < _FEWEST_LETTERS:
        raise InputRefused(
            f"{shown(job.name)} holds no text, its {count:,} pages are pictures: make the text readable (OCR) first, "
            "or paste it.",
            code="PDF-03",
        )
    notes = [
        Note("PDF-05", f"{len(pages):,} pages of a PDF were joined to paragraphs; page numbers were left out")
    ]
    if len(pages) < count:
        notes.append(
            Note(
                "PDF-04",
                f"only the first {len(pages):,} of {count:,} pages were read: split the file",
                "incomplete",
            )
        )
    return {"text": text, "title": title} | said(notes)


def _pages(reader: PdfReader, count: int, *, seconds: float) -> list[str]:
    started, size = time.process_time(), 0
    pages: list[str] = []
    for number in range(min(count, MOST_PAGES)):
        pages.append(reader.pages[number].extract_text())
        size += len(pages[-1])
        if time.process_time() - started > seconds or size > MAX_REPORT_CHARACTERS:
            break
    return pages


def _title(reader: PdfReader) -> str:
    """The title that the file states, empty if a program filled in the file's name."""
    stated = reader.metadata.title if reader.metadata else None
    words = one_line(str(stated or ""))
    return "" if _NO_TITLE.fullmatch(words) else words[:300]


def _locked(name: str) -> InputRefused:
    return InputRefused(
        f"{shown(name)} is protected by a password: save it without one, or paste its text.", code="PDF-02"
    )
