"""The one way in for report files: bytes and a name become a text, or are refused in one sentence."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from geo.documents.checks import check_no_nul, checked_text
from geo.documents.paragraphs import first_line
from geo.errors import InputRefused
from geo.ingest.reading.encoding import LANGUAGES, is_utf8, read_decoding
from geo.ingest.reading.isolated import Folder, run_job
from geo.ingest.reading.labels import shown
from geo.ingest.reading.magic import WORDS
from geo.ingest.reading.refusals import empty_file
from geo.ingest.reading.scan import read_scan
from geo.ingest.reading.sniff import ending_of, read_content
from geo.ingest.reading.wire import Reply, notes_in
from geo.model import Note
from geo.settings import REPORT_LIMIT_MB

ENDINGS: Mapping[str, str] = {
    "txt": "text", "text": "text", "md": "text", "markdown": "text",
    "html": "html", "htm": "html", "xhtml": "html",
    "pdf": "pdf", "docx": "word",
}  # fmt: skip
"""What the end of a name says that a report is."""
_CONTENTS = {"csv": "text", "geojson": "text", "xml": "text", "html": "html", "pdf": "pdf", "word": "word"}
_ALSO_FITS = {("html", "text"), ("text", "html")}
"""A page may lack its first lines, and a page may be saved as .txt; both are read as pages."""
_JOBS = {"html": "html", "pdf": "pdf", "word": "docx"}
_ADVICE = {"ole": "save it as .docx", "rtf": "save it as .docx", "opendocument": "save it as .docx"}
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,3}=\s{0,3}[\"']?([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4_096


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report as text. ``published`` is an ISO day or empty; what a file does not state is empty.

    ``notes`` tell in which other form the file was read, and what of it was not.
    """

    text: str
    title: str = ""
    notes: tuple[Note, ...] = ()
    kind: str = "text"
    publisher: str = ""
    published: str = ""
    url: str = ""


def read_document(content: bytes, name: str, *, encoding: str = "") -> ReportText:
    """The text of a .txt, .md, .html, .pdf or .docx file; ``encoding`` answers which one a text file has.

    Paragraphs are separated by empty lines. What is no plain text is read in the worker, without network.

    Raises
    ------
    InputRefused
        The file is empty, too large, of another kind, damaged, locked, or holds no text.
    SettingError
        ``encoding`` is none that is known.
    """
    if not content:
        raise empty_file(name)
    if len(content) > REPORT_LIMIT_MB * 1_000_000:
        raise InputRefused(
            f"{shown(name)} has more than {REPORT_LIMIT_MB} MB, which is the limit of a report: split it.",
            code="LIM-01",
        )
    folder = Folder()
    path = folder.path / "report"
    path.write_bytes(content)
    kind = _kind(path, name)
    read = _read_text(path, content, kind, name, encoding)
    text = checked_text(read.text, name=name)
    return replace(read, text=text, title=read.title or _title(text), kind=kind)


def _kind(path: Path, name: str) -> str:
    """What the file is: its content and its name must agree."""
    content, ending = read_content(path), ending_of(name)
    found, named = _CONTENTS.get(content), ENDINGS.get(ending)
    if content == "binary" and named == "text" and is_utf8(path.read_bytes()):
        return named  # a text with many control characters is refused for them, not for its kind
    if named == "word" and content == "zip":
        raise InputRefused(
            f"{shown(name)} is no whole Word document: save it again as .docx, or paste its text.",
            code="DOC-01",
        )
    if found is None:
        advice = _ADVICE.get(content, "paste its text")
        raise InputRefused(f"{shown(name)} is {WORDS[content]}, which is no report: {advice}.", code="TYP-02")
    if named is None:
        return found
    if found != named and (named, found) not in _ALSO_FITS:
        raise InputRefused(
            f"{shown(name)} is {WORDS[content]} named .{ending}: give it its true ending.", code="TYP-01"
        )
    return "html" if found == "html" else named


def _read_text(path: Path, content: bytes, kind: str, name: str, encoding: str) -> ReportText:
    if kind == "text":
        text, notes = _decoded(path, content, name, encoding)
        return ReportText(text, notes=notes)
    notes = ()
    if kind == "html":
        text, notes = _decoded(path, content, name, encoding or _declared(content))
        check_no_nul(text, name=name)
        path.write_text(text, encoding="utf-8", newline="")
    reply = run_job(_JOBS[kind], path, name=name, answers={}).reply
    url = _label(reply, "url")
    return ReportText(
        text=str(reply["text"])
        .encode("utf-8", "replace")
        .decode("utf-8"),  # PDFs may hold halves of characters
        title=_label(reply, "title"),
        notes=(*notes, *notes_in(reply)),
        publisher=_label(reply, "publisher"),
        published=_label(reply, "published"),
        url=url if url.startswith(("https://", "http://")) else "",
    )


def _decoded(path: Path, content: bytes, name: str, encoding: str) -> tuple[str, tuple[Note, ...]]:
    """The text of the bytes; an encoding that was not declared is named in a note."""
    answers = {"encoding": encoding} if encoding else {}
    try:
        decoding = read_decoding(path, read_scan(path), name=name, answers=answers)
    except InputRefused as error:
        raise _broken(name, "Unicode") from error
    if decoding.questions:
        raise InputRefused(f"{decoding.questions[0].text} Save it as UTF-8, or paste it.", code="ENC-03")
    if decoding.loose:
        raise _broken(name, decoding.encoding)
    return content.decode(decoding.encoding).removeprefix("\ufeff"), decoding.notes


def _broken(name: str, encoding: str) -> InputRefused:
    return InputRefused(
        f"{shown(name)} has bytes that are not {encoding}: save it as plain text (UTF-8), or paste it.",
        code="ENC-04",
    )


def _declared(content: bytes) -> str:
    """The encoding that a page declares, if it is one of ours and fits; a mark or true UTF-8 goes before it."""
    stated = _DECLARED.search(content[:_HEAD])
    try:
        wanted = codecs.lookup(stated[1].decode("ascii")).name if stated else "utf-8"
        name = {codecs.lookup(each).name: each for each in LANGUAGES}.get(wanted, "")
        content.decode(name or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return ""
    return "" if name == "utf-8" or content.startswith(codecs.BOM_UTF8) else name


def _label(reply: Reply, key: str) -> str:
    """What the file states under a key, fit to stand in a line."""
    return shown(str(reply.get(key, "")), longest=300)


def _title(text: str) -> str:
    return shown(first_line(text), longest=300)
